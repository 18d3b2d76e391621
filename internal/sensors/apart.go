package sensors

import (
	"context"
	"errors"
)

// Apart runs a job with the [Worker] of the kind in a separate process, which may
// crash or be killed without harm, and returns its answer. The error is that of ctx,
// [ErrTooSlow] or [ErrLost], or says why the process could not be started. It is safe
// for concurrent use.
type Apart func(ctx context.Context, job []byte) (answer []byte, err error)

// Worker does a job of a kind in a separate process, because what it runs or reads may
// never end or may use up all memory. It must not panic.
type Worker func(job []byte) (answer []byte)

// The errors of a job that needs too much. They are never changed.
var (
	// ErrTooSlow is a job that was killed after a time that only a faulty one takes.
	ErrTooSlow = errors.New("it takes too long")
	// ErrLost is a job that ended its process, as a rule by the memory it took.
	ErrLost = errors.New("it takes too much memory")
)
