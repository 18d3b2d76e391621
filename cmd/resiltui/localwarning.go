package main

import (
	"strings"
	"sync/atomic"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

// localWarning is a folder that tells once, at the first of them, of reads that came
// to nothing for want of something on this machine.
type localWarning struct {
	say  func(line string) // may block
	told atomic.Bool
}

// manyFiles is what it says.
const manyFiles = sensors.TextTooManyFiles + ": endpoints are not read, and it counts against none; raise `ulimit -n` or watch fewer"

// Fold looks at a call. It never waits.
func (w *localWarning) Fold(e *event.Event) {
	if e.Kind != event.CallEnded || !e.Call.Admitted || !strings.HasPrefix(e.Call.Err, sensors.TextTooManyFiles) {
		return
	}
	if w.told.CompareAndSwap(false, true) {
		go w.say(manyFiles)
	}
}
