package stats

import (
	"os"
	"runtime/debug"
)

const (
	// manySensors is from how many sensors on memory is worth more than time.
	manySensors = 100
	// thriftyPercent is how far the heap then grows beyond what is in use before it
	// is looked through, in place of 100.
	thriftyPercent = 40
)

// Thrift has the collector of garbage run more often in a program with many sensors,
// whose tally and history are most of its memory and live long: the heap would
// else grow to twice of them. With few sensors there is little to gain, and it would
// cost time at every frame. What GOGC says is left alone.
func Thrift(sensors int) {
	if sensors > manySensors && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(thriftyPercent)
	}
}
