// Package clock is the time of a run: all code that waits or reads the time
// does so through [Clock].
//
// There are two implementations. [Virtual] is a deterministic scheduler: one task
// runs at a time, in (time, sequence) order, and time jumps to the next wake-up; a
// [Pacer] slows it down to a multiple of real time. [Wall] is monotonic real time
// with ordinary goroutines. The engine uses only [Clock], and behaves the same on
// both.
//
// The package knows nothing of policies, sensors or screens, and it does not know
// the time of day: times are durations since the start of the run.
package clock

import (
	"context"
	"errors"
	"time"
)

// ErrStopped is returned by Sleep and Wait of a task whose clock was stopped.
// The task must return. If it waits again, it panics on Virtual, because it
// would block the owner for ever; on Wall it gets the same error again.
var ErrStopped = errors.New("clock stopped")

// Clock has the time and lets tasks wait. All methods are safe for concurrent
// use on Wall; on Virtual all but Now are called from its tasks.
type Clock interface {
	// Now is the time since the clock was made. It never goes back, and no
	// change of the system's time moves it.
	Now() time.Duration

	// Sleep waits for d, or until the deadline that WithTimeout put on ctx, or
	// until ctx ends, whichever comes first. It returns nil when d has passed,
	// context.DeadlineExceeded when the deadline came first, the context's
	// error when ctx ended, and ErrStopped when the clock was stopped. A d of 0
	// or less returns at once. Where d ends at the very instant of the
	// deadline, the result is nil: the sleep wins.
	Sleep(ctx context.Context, d time.Duration) error

	// WithTimeout gives ctx a deadline of d from now on this clock. Under
	// Virtual it costs no timer: Sleep and Wait check the deadline themselves,
	// and Err of the new context reports it once Now has reached it. The cancel
	// function must be called when the work is done.
	WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)

	// Group returns an empty group of tasks.
	Group() Group
}

// Group starts tasks and waits for them, as sync.WaitGroup does. Waiting for a
// group without tasks returns at once. Only one task at a time may wait on a
// group.
type Group interface {
	// Go starts fn as a new task. A fn that ends by runtime.Goexit counts as
	// ended. A panic in fn that fn does not recover ends the task and is raised
	// again, as a *PanicError, in the caller of Wait. Only the first panic of a
	// group is kept.
	Go(fn func())

	// Wait returns nil when every task of the group has ended, or earlier with
	// the error that Sleep would give when ctx's deadline comes or ctx ends;
	// the tasks then continue without the caller.
	Wait(ctx context.Context) error
}
