package clock

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// Lane is the clock of work that shares no state with other tasks: it reads and
// changes only its own data, and all its waits are sleeps. Such work need not
// wait for its time. It is run at once, from start to end, on a local time that
// each Sleep moves forward. What it publishes is held back (Hold) until the
// clock has reached the moment at which it happened. So it needs no coroutine,
// and its results still come in exactly the order of a task's steps: the
// wake-ups are the same as those of a task, with the same sequence numbers.
//
// Go runs one function of a lane; outside of it a Lane is the Virtual that it
// was made of. All methods but Now are called from the tasks of the clock and
// from the function that Go was given. Now may be called from any goroutine, and
// is ahead of the Virtual while that function runs.
//
// The data of a call is kept in the Lane itself, close together: with thousands
// of lanes, cache misses would take most of the time.
type Lane struct {
	clock  *Virtual
	teller Teller

	// local is the time within the function that is running, or idle.
	local atomic.Int64
	fn    func()        // what is to be run; nil once it has started
	group *virtualGroup // of the function in progress; nil while there is none
	wakes []wake        // of the function in progress, in order; in few while they fit
	woken int           // how many of them have come
	panic *PanicError   // of the function that has run
	told  bool          // it was given ErrStopped once
	few   [6]wake
	spare *laneCtx // the laneCtx to use next; nil while it is in use; own at first
	own   laneCtx
}

// Teller publishes what a lane has held back.
type Teller interface {
	// Release is called for each Hold that returned true, in their order, when its
	// time has come. It must not wait.
	Release()
}

// wake is one wake-up that a lane has run ahead of.
type wake struct {
	at   time.Duration
	held int // how many things that happened at that time are held back
}

var _ Clock = (*Lane)(nil)

// Begin makes l, which is empty, a lane of the clock. A lane is embedded in its
// Teller, so that both are close together in memory.
func (l *Lane) Begin(v *Virtual, t Teller) {
	l.clock, l.teller = v, t
	l.local.Store(idle)
	l.wakes = l.few[:0]
	l.own.lane, l.own.cancel = l, l.own.end
	l.spare = &l.own
}

// idle is the local time of a lane that does not run.
const idle = -1

// Go runs fn on the lane as a task of g, which must be a group of the lane's
// clock. A lane runs one function at a time; the second panics. A panic of fn is
// raised again by Wait, like that of any task, when the clock reaches the moment
// at which it happened.
func (l *Lane) Go(g Group, fn func()) {
	if l.group != nil {
		panic("clock: a lane runs one function at a time")
	}
	group, ok := g.(*virtualGroup)
	if !ok || group.clock != l.clock {
		panic("clock: a lane runs in a group of its own clock")
	}
	if l.clock.unwound.Load() {
		return
	}
	group.pending++
	l.clock.lanes++
	l.fn, l.group = fn, group
	l.wakes, l.woken, l.panic, l.told = l.wakes[:0], 0, nil, false
	l.clock.enqueue(entry{at: l.clock.Now(), lane: l})
}

// Hold reports whether what happens now must be held back because the clock has
// not reached this moment yet. If so, Release of the Teller is called once when
// it has.
func (l *Lane) Hold() bool {
	if l.local.Load() == idle || len(l.wakes) == 0 {
		return false
	}
	l.wakes[len(l.wakes)-1].held++
	return true
}

// Now implements Clock.
func (l *Lane) Now() time.Duration {
	if now := l.local.Load(); now != idle {
		return time.Duration(now)
	}
	return l.clock.Now()
}

// Group implements Clock. A function on a lane can neither start tasks nor wait
// for them: it panics.
func (l *Lane) Group() Group {
	if l.local.Load() != idle {
		panic("clock: a function on a lane starts no tasks")
	}
	return l.clock.Group()
}

// Sleep implements Clock: it moves the lane's local time forward. A function
// that would sleep for ever, without a deadline, must not be run on a lane.
func (l *Lane) Sleep(ctx context.Context, d time.Duration) error {
	now := time.Duration(l.local.Load())
	if now == idle {
		return l.clock.Sleep(ctx, d)
	}
	if l.clock.mustReturn(&l.told) {
		return ErrStopped
	}
	until := l.deadlineOf(ctx)
	if err := l.ended(ctx, until); err != nil {
		if d <= 0 && until == now && errors.Is(err, context.DeadlineExceeded) {
			return nil // a tie of the two
		}
		return err
	}
	if d <= 0 {
		return nil
	}
	at := later(now, d)
	cut := until < at
	at = min(at, until)
	l.wakes = append(l.wakes, wake{at: at})
	l.local.Store(int64(at))
	if cut {
		return l.ended(ctx, until)
	}
	return nil
}

// ended is the error of ctx, with its deadline, at the lane's time; nil while
// it has not ended.
func (l *Lane) ended(ctx context.Context, deadline time.Duration) error {
	if deadline <= l.Now() {
		// Contexts derived from a laneCtx end only when look sees its end.
		if c := l.above(ctx); c != nil {
			_ = c.look(nil)
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if deadline <= l.Now() {
		return context.DeadlineExceeded
	}
	return nil
}

// run is the first step: it runs the function to its end, ahead of the clock.
func (l *Lane) run() {
	fn := l.fn
	l.fn = nil
	l.local.Store(int64(l.clock.Now()))
	defer func() { // also after a Goexit, which ends the calling goroutine too; see drive
		l.local.Store(idle)
		l.panic = asPanic(recover())
		if len(l.wakes) == 0 || l.clock.stopping.Load() {
			l.end()
			return
		}
		l.clock.enqueue(entry{at: l.wakes[0].at, lane: l})
	}()
	fn()
}

// wake is every other step. The wake-up stays first in the queue until all is
// released, so that it comes again if a Release ends by a Goexit.
func (l *Lane) wake() {
	v := l.clock
	// Where the clock was stopped, what had not happened by then never will.
	for w := &l.wakes[l.woken]; w.held > 0 && !v.stopping.Load(); {
		w.held--
		l.teller.Release()
	}
	l.woken++
	if l.woken == len(l.wakes) || v.stopping.Load() {
		v.queue.pop()
		l.end()
		return
	}
	v.seq++
	v.queue.replace(entry{at: l.wakes[l.woken].at, seq: v.seq, lane: l})
}

// end records the end of the function.
func (l *Lane) end() {
	group := l.group
	l.group = nil
	l.clock.lanes--
	group.end(l.panic)
}
