package stats

import (
	"os"
	"runtime/debug"
)

const (
	// manySensors is the number of sensors above which memory matters more than
	// time.
	manySensors = 100
	// gcPercent is the GC percent then, instead of 100.
	gcPercent = 40
)

// TuneGC makes the garbage collector run more often in a program with many sensors.
// Their aggregator and history are most of its memory and live long, and otherwise the
// heap would grow to twice their size. With few sensors there is little to gain, and
// it would cost time at every frame. A set GOGC is respected.
func TuneGC(sensors int) {
	if sensors > manySensors && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
}
