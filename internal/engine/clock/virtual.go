package clock

import (
	"context"
	"errors"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// never is a time that no run reaches: 292 years.
const never = time.Duration(math.MaxInt64)

// Virtual is a deterministic scheduler. Its tasks are coroutines: one runs at a
// time, until it sleeps, waits or ends, and the one whose wake-up comes first
// goes on next; time jumps to that wake-up. Wake-ups at the same instant keep
// the order in which they were requested. Computing takes no virtual time.
//
// Tasks must wait through the clock only: one that blocks on a channel or a
// lock which another task must release blocks all of them. No lock may be held
// across a wait, and no task may call runtime.LockOSThread. A context that
// another goroutine cancels wakes its tasks at the next step, not before.
//
// A Virtual belongs to one owner at a time: the goroutine that runs it, its
// tasks while they run, and, between steps, whoever the owner passes it to.
// Only Now and Stop are safe at any time from any goroutine. A Virtual with
// parked tasks keeps goroutines; Run to the end or Stop releases them. Make one
// with NewVirtual.
type Virtual struct {
	now      atomic.Int64  // time.Duration
	stopping atomic.Bool   // Stop was asked for, or the run is over early
	stop     chan struct{} // closed together with stopping, for those who wait
	stopOnce sync.Once
	busy     atomic.Bool // the tasks are being run or unwound
	unwound  atomic.Bool // stopping, and no task is left

	queue   queue
	seq     uint64
	steps   uint64
	tasks   []*task // all that have not ended, in no useful order
	lanes   int     // how many lanes run a function; each has a wake-up in the queue
	free    []*task // ended, with a coroutine to use again
	current *task   // the one that runs; nil between steps
	foreign []watch // channels of contexts that tasks wait under
	failure *PanicError

	// usual is the context that all calls on lanes share, that of the run, and
	// usualEnd its deadline: so it is looked up only once.
	usual    context.Context
	usualEnd time.Duration
}

var _ Clock = (*Virtual)(nil)

// NewVirtual returns a clock at time 0 with no tasks.
func NewVirtual() *Virtual { return &Virtual{stop: make(chan struct{})} }

// Now is the virtual time: that of the last step, or what RunTo has set. It may
// be called from any goroutine.
func (v *Virtual) Now() time.Duration { return time.Duration(v.now.Load()) }

// Steps is how many times a task was started or woken. Together with the seed
// it names a point of the run: the same number is the same point in every
// repetition. It is for tasks and the owner.
func (v *Virtual) Steps() uint64 { return v.steps }

// Start adds a root task that is due now. It may be called before the run, by
// a task, or by the owner between steps. A panic of fn ends the whole run with
// a *PanicError. On a clock that was stopped and unwound it does nothing.
func (v *Virtual) Start(fn func()) {
	if v.unwound.Load() {
		return
	}
	v.start(fn, nil)
}

// Sleep implements Clock. It panics when it is not called by a task.
func (v *Virtual) Sleep(ctx context.Context, d time.Duration) error {
	t := v.running("Sleep")
	if t.mustReturn() {
		return ErrStopped
	}
	now, until := v.Now(), deadlineOf(ctx, v)
	if err := ended(ctx, v); err != nil {
		if d <= 0 && until == now && errors.Is(err, context.DeadlineExceeded) {
			return nil // a tie of the two
		}
		return err
	}
	if d <= 0 {
		return nil
	}
	wake := later(now, d)
	cut := until < wake
	v.schedule(t, min(wake, until), 0)
	t.park(ctx)
	switch {
	case t.mustReturn():
		return ErrStopped
	case cut || v.Now() < wake:
		return ended(ctx, v)
	default:
		return nil
	}
}

// Group implements Clock. Its tasks are coroutines of this clock. A group may
// be used again after Wait returned nil. Go is for tasks and, between steps,
// the owner; Wait panics when it is not called by a task.
func (v *Virtual) Group() Group { return &virtualGroup{clock: v} }

// running returns the task that calls, or panics if no task runs.
func (v *Virtual) running(method string) *task {
	if v.current == nil {
		panic("clock: " + method + " of a Virtual called outside of its tasks")
	}
	return v.current
}

// later is now + d, or never where that overflows.
func later(now, d time.Duration) time.Duration {
	if d > never-now {
		return never
	}
	return now + max(d, 0)
}

// virtualGroup counts tasks.
type virtualGroup struct {
	clock    *Virtual
	pending  int
	waiter   *task
	panicked *PanicError // the first panic that Wait has not raised yet
}

// Go implements Group.
func (g *virtualGroup) Go(fn func()) {
	if g.clock.unwound.Load() {
		return
	}
	g.pending++
	g.clock.start(fn, g)
}

// end records the end of one of the tasks.
func (g *virtualGroup) end(p *PanicError) {
	if g.panicked == nil {
		g.panicked = p
	}
	g.pending--
	if g.pending == 0 && g.waiter != nil {
		g.clock.wake(g.waiter)
	}
}

// Wait implements Group.
func (g *virtualGroup) Wait(ctx context.Context) error {
	v := g.clock
	t := v.running("Wait")
	if g.waiter != nil {
		panic("clock: two tasks wait on one group")
	}
	// A loop, because another task may have been added to the group after its
	// last task ended and before this one runs.
	for g.pending > 0 {
		if t.mustReturn() {
			return g.result(ErrStopped)
		}
		if err := ended(ctx, v); err != nil {
			return g.result(err)
		}
		if until := deadlineOf(ctx, v); until != never {
			v.schedule(t, until, late)
		}
		g.waiter = t
		t.park(ctx)
		g.waiter = nil
	}
	return g.result(nil)
}

// result raises a panic that is due, or returns err.
func (g *virtualGroup) result(err error) error {
	if p := g.panicked; p != nil {
		g.panicked = nil
		panic(p)
	}
	return err
}
