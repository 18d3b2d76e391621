package main

import (
	"testing"
	"testing/synctest"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

func TestThatFilesAreLackingIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		said := 0
		w := &localWarning{say: func(string) { said++ }}
		call := func(text string, admitted bool) {
			w.Observe(&event.Event{Kind: event.CallEnded, Call: event.Call{Admitted: admitted, Err: text}})
			synctest.Wait()
		}
		w.Observe(&event.Event{Kind: event.RunStarted})
		call("connection refused", true)
		call("599 "+sensors.TextTooManyFiles, true) // a server's words
		call(sensors.TextTooManyFiles, false)
		if said != 0 {
			t.Errorf("it was told of nothing %d times", said)
		}
		call(sensors.TextTooManyFiles, true)
		call(sensors.TextTooManyFiles+", retry budget spent", true)
		if said != 1 {
			t.Errorf("it was told %d times", said)
		}
	})
}
