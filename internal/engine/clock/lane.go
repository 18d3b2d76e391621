package clock

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// Lane is the clock of work that nothing else can interrupt or look into: it
// reads and changes only what is its own, and all its waits are sleeps. Such
// work need not wait for its time. It is run at once, from its start to its end,
// on a time of its own that each Sleep moves on; what it has to tell the rest of
// the world is held back (Hold) until the clock has come to the moment at which
// it happened. So it costs no coroutine, and is still told of in the very order
// in which a task's steps would have come: the wake-ups are those of a task, one
// by one, with the same sequence numbers.
//
// Go runs one function of a lane; outside of it a Lane is the Virtual that it
// was made of. All methods but Now are called from the tasks of the clock and
// from the function that Go was given. Now may be called from any goroutine, and
// is ahead of the Virtual while that function runs.
//
// What a call needs lies in the Lane itself, in one place: where there are
// thousands, memory is what they wait for.
type Lane struct {
	clock  *Virtual
	teller Teller

	// local is the time within the function that is being run, or -1.
	local atomic.Int64
	fn    func()        // what is to be run; nil once it is
	group *virtualGroup // of the function under way; nil while there is none
	wakes []wake        // of the function under way, in order; few at first
	woken int           // how many of them have come
	panic *PanicError   // of the function that has run
	told  bool          // it was given ErrStopped once
	few   [6]wake
	spare *laneCtx // own at first
	own   laneCtx
}

// Teller tells the rest of the world what a lane has held back.
type Teller interface {
	// Release is called for each Hold that returned true, in their order, when its
	// time has come. It must not wait.
	Release()
}

// wake is one wake-up that a lane has run ahead of.
type wake struct {
	at   time.Duration
	held int // how often something was held back that happened then
}

var _ Clock = (*Lane)(nil)

// Begin makes l, which is empty, a lane of the clock. A lane is part of what tells
// of its work, so that both lie in one place.
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
// raised again by Wait, as that of any task, when the moment has come at which
// it happened.
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

// Hold says whether what happens now must be held back because the clock has
// not come to this moment yet. If so, tell is called once when it has.
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

// Sleep implements Clock: it moves the lane's own time on. Sleeping for ever,
// under no deadline, never returns; such a function must not be run on a lane.
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

// ended is why ctx, with its deadline, has ended at the lane's time.
func (l *Lane) ended(ctx context.Context, deadline time.Duration) error {
	if deadline <= l.Now() {
		// What was derived from a context hears of its end when that is seen.
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
	defer func() { // also after a Goexit, which takes the calling goroutine along; see drive
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

// wake is every other step. The wake-up is still the first in the queue, so that one
// of which the telling ends by a Goexit comes again.
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

// end books the end of the function.
func (l *Lane) end() {
	group := l.group
	l.group = nil
	l.clock.lanes--
	group.end(l.panic)
}
