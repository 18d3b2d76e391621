// Package apart does jobs in processes of their own, which may be lost: what takes too
// long or too much memory there is killed, and neither the program nor its terminal
// feels it.
//
// A [Pool] starts the program itself once more, as a worker, which [Asked] tells and
// [Serve] is. A worker does one job after the other, and is started when the first one
// comes. The package does not know what the jobs are: they are bytes, and so are the
// answers. It is for work that can be bounded in no other way, since it runs code that
// the user wrote on data from elsewhere; everything else is done within the program.
package apart

import "time"

const (
	// MaxMemory is how many bytes a worker may use.
	MaxMemory = 256 << 20
	// MaxTime is how long a job may take.
	MaxTime = 250 * time.Millisecond
	// MaxAnswer is the most bytes of an answer.
	MaxAnswer = 64 << 10
)

// size is how many workers there are at most. A job takes a few milliseconds.
const size = 2

// asked is the environment variable that makes the program a worker, and greeting
// what a worker says first: so the pool knows one from whatever else was started.
const (
	asked    = "RESILTUI_APART"
	greeting = "resiltui apart 1"
)
