package sensors

import (
	"context"
	"errors"
)

// Apart has a job done by the [Worker] of the kind, in a process that may be lost, and
// returns its answer. The error is that of ctx, [ErrTooSlow] or [ErrLost], or says why
// there is no such process. It is safe for concurrent use.
type Apart func(ctx context.Context, job []byte) (answer []byte, err error)

// Worker does a job of a kind in a process of its own: what it runs or reads is
// nothing that one could trust to end, or to be content with the memory that there is.
// It must not panic.
type Worker func(job []byte) (answer []byte)

// What becomes of a job that asks for too much. They are never changed.
var (
	// ErrTooSlow is a job that was killed after a time that only a faulty one takes.
	ErrTooSlow = errors.New("it takes too long")
	// ErrLost is a job that ended its process, as a rule by the memory it took.
	ErrLost = errors.New("it takes too much memory")
)
