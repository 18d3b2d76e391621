package main

import (
	"strings"
	"sync/atomic"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

// localWarning is an observer that warns once, at the first read that failed because
// this machine lacks something, not because of the endpoint.
type localWarning struct {
	say  func(line string) // may block
	told atomic.Bool
}

// manyFiles is the text of the warning.
const manyFiles = sensors.TextTooManyFiles + ": endpoints are not read, and it counts against none; raise `ulimit -n` or watch fewer"

// Observe checks a call. It never blocks.
func (w *localWarning) Observe(e *event.Event) {
	if e.Kind != event.CallEnded || !e.Call.Admitted || !strings.HasPrefix(e.Call.Err, sensors.TextTooManyFiles) {
		return
	}
	if w.told.CompareAndSwap(false, true) {
		go w.say(manyFiles)
	}
}
