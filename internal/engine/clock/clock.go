// Package clock is the time of a run: whoever waits or reads the time does so
// through [Clock].
//
// There are two implementations. [Virtual] is a deterministic scheduler: one task
// runs at a time, in (time, sequence) order, and time jumps to the next wake-up; a
// [Pacer] slows it down to a multiple of real time. [Wall] is monotonic real time
// with ordinary goroutines. The engine is written once, against [Clock], and
// behaves the same on both.
//
// The package knows nothing of policies, sensors or screens, and it is no clock for
// the time of day: times are durations since the start of the run.
package clock

import (
	"context"
	"errors"
	"time"
)

// ErrStopped is returned by Sleep and Wait of a task whose clock was stopped.
// The task must return. On Virtual one that waits again panics, because it would
// hold its owner up for ever; on Wall it gets the same error again.
var ErrStopped = errors.New("clock stopped")

// Clock tells the time and lets tasks wait. All methods are safe for
// concurrent use on Wall; on Virtual all but Now are called from its tasks.
type Clock interface {
	// Now is the time since the clock was made. It never goes back, and no
	// change of the system's time moves it.
	Now() time.Duration

	// Sleep waits for d, or until the deadline that WithTimeout put on ctx, or
	// until ctx ends, whichever comes first. It returns nil when d has passed,
	// context.DeadlineExceeded when the deadline came first, the context's
	// error when ctx ended, and ErrStopped when the clock was stopped. A d of 0
	// or less returns at once. d and a deadline at the same instant: the sleep
	// has won, and the result is nil.
	Sleep(ctx context.Context, d time.Duration) error

	// WithTimeout gives ctx a deadline of d from now on this clock. Under
	// Virtual it costs no timer: Sleep and Wait look at the deadline
	// themselves, and Err of the new context reports it once Now has reached
	// it. The cancel function must be called when the work is done.
	WithTimeout(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)

	// Group returns an empty group of tasks.
	Group() Group
}

// Group starts tasks and waits for them, as sync.WaitGroup does. The zero
// number of tasks is done at once. One task waits on a group at a time.
type Group interface {
	// Go starts fn as a task of its own. A fn that ends by runtime.Goexit
	// counts as ended. A panic in fn that fn does not recover ends the task
	// and is raised again, as a *PanicError, in the caller of Wait. Only the
	// first panic of a group is kept.
	Go(fn func())

	// Wait returns nil when every task of the group has ended, or earlier with
	// the error that Sleep would give when ctx's deadline comes or ctx ends;
	// the tasks then go on by themselves.
	Wait(ctx context.Context) error
}
