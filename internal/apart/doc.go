// Package apart runs jobs in separate worker processes. A worker that takes too much
// time or memory is killed, without any effect on the program and its terminal.
//
// A [Pool] starts the program itself once more as a worker; [Asked] says whether this
// process is one, and [Serve] does its work. A worker does one job after the other,
// and is started for the first job. The package does not know what the jobs are: jobs
// and answers are bytes. It is for work that cannot be limited in any other way,
// because it runs code of the user on data from outside; everything else runs within
// the program.
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

// size is the maximum number of workers. A job takes a few milliseconds.
const size = 2

// workerName and workerVariable are the name of the program and the environment variable
// that together make it a worker. greeting is what a worker writes first, so that the
// pool does not mistake another program for one.
const (
	workerName     = "resiltui-apart"
	workerVariable = "RESILTUI_APART"
	greeting       = "resiltui apart 1"
)
