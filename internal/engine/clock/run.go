package clock

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrDeadlock is wrapped by the error of Run when tasks are left and none of
// them will ever wake, such as two that wait for each other's group.
var ErrDeadlock = errors.New("deadlock")

// Run runs the tasks, as fast as it can, until none is left. It returns nil
// then. Otherwise it stops the clock, unwinds the tasks and returns why: ctx's
// error when ctx ended, ErrStopped after Stop, a *PanicError when a root task
// panicked, and an error that wraps ErrDeadlock when no task can go on. It
// panics when the clock is being run already.
func (v *Virtual) Run(ctx context.Context) error {
	v.acquire()
	defer v.release()
	v.drive(func() {
		for v.goesOn(ctx) {
			if _, ok := v.Next(); !ok {
				return
			}
			v.step()
		}
	})
	return v.settle(ctx, true)
}

// Next is the time of the next wake-up, and whether there is one. It is for the
// owner, between steps.
func (v *Virtual) Next() (at time.Duration, ok bool) {
	// Here and not after a step, because a Goexit may end the goroutine in a
	// step.
	if len(v.foreign) > 0 {
		v.poll()
	}
	if v.queue.len() == 0 {
		return 0, false
	}
	return max(v.queue.first().at, v.Now()), true
}

// RunTo does everything that is due up to and including t, and sets Now to t
// unless it is there already. With t in the past it does what is due at Now.
// The errors are those of Run; tasks that wait with nothing due are no error
// here, because the owner may still start what they wait for.
func (v *Virtual) RunTo(t time.Duration) error {
	v.acquire()
	defer v.release()
	v.drive(func() {
		for v.goesOn(context.Background()) {
			at, ok := v.Next()
			if !ok || at > max(t, v.Now()) {
				return
			}
			v.step()
		}
	})
	err := v.settle(context.Background(), false)
	if err == nil && t > v.Now() {
		v.now.Store(int64(t))
	}
	return err
}

// Tasks is how many tasks have not ended. It is for the owner, between steps.
func (v *Virtual) Tasks() int { return len(v.tasks) + v.lanes }

// Stop ends the clock. Every task that sleeps or waits gets ErrStopped and is
// run until it ends, so that its deferred functions run; one that was started
// and has not run yet runs too, and gets ErrStopped from its first wait. Time
// does not move meanwhile. No goroutine is left afterwards.
//
// Stop may be called from anywhere and more than once. When the clock is being
// run, which is so whenever a task calls it, Stop returns at once, and the
// goroutine that runs the clock does the unwinding after the present step.
func (v *Virtual) Stop() {
	v.halt()
	if !v.busy.CompareAndSwap(false, true) {
		return
	}
	defer v.release()
	v.unwind()
}

func (v *Virtual) acquire() {
	if !v.busy.CompareAndSwap(false, true) {
		panic("clock: this Virtual is being run already")
	}
}

// release gives the clock back. A Stop that came after the last check of
// stopping and before this found the clock busy and did nothing, so it is done
// here.
func (v *Virtual) release() {
	v.busy.Store(false)
	if v.stopping.Load() && !v.unwound.Load() {
		v.Stop()
	}
}

// goesOn reports whether nothing has ended the run early.
func (v *Virtual) goesOn(ctx context.Context) bool {
	return !v.halted() && ctx.Err() == nil
}

// halted reports whether the clock was stopped or a root task has panicked.
func (v *Virtual) halted() bool { return v.failure != nil || v.stopping.Load() }

// halt makes every wait of a task return ErrStopped from now on.
func (v *Virtual) halt() {
	v.stopping.Store(true)
	v.stopOnce.Do(func() { close(v.stop) })
}

// step starts or wakes the task that is due next. There must be one.
func (v *Virtual) step() {
	e := *v.queue.first()
	if e.at > v.Now() {
		v.now.Store(int64(e.at))
	}
	v.steps++
	switch {
	case e.task != nil:
		v.queue.pop()
		e.task.resume()
	case e.lane.fn != nil:
		v.queue.pop()
		e.lane.run()
	default:
		e.lane.wake()
	}
}

// settle returns how the run ended. It leaves no goroutines behind but those of
// waiting tasks.
func (v *Virtual) settle(ctx context.Context, toTheEnd bool) error {
	var err error
	switch {
	case v.failure != nil:
		err = v.failure
	case v.stopping.Load():
		err = ErrStopped
	case v.Tasks() == 0:
		v.letGo()
		return nil
	case ctx.Err() != nil:
		err = ctx.Err()
	case toTheEnd:
		err = fmt.Errorf("%w: %d tasks wait and none of them will wake", ErrDeadlock, v.Tasks())
	default:
		return nil
	}
	v.halt()
	v.unwind()
	return err
}

// unwind runs every task until it ends, with stopping set.
func (v *Virtual) unwind() {
	if v.unwound.Load() {
		return
	}
	v.drive(func() {
		for v.Tasks() > 0 {
			v.steps++
			if v.queue.len() == 0 {
				v.longestParked().resume()
				continue
			}
			switch e := v.queue.pop(); {
			case e.task != nil:
				e.task.resume()
			case e.lane.fn != nil:
				e.lane.run()
			default:
				e.lane.end()
			}
		}
	})
	v.letGo()
	v.unwound.Store(true)
}

// longestParked is the task to resume next when all tasks wait for groups that
// have not ended.
func (v *Virtual) longestParked() *task {
	t := v.tasks[0]
	for _, o := range v.tasks {
		if o.parked < t.parked {
			t = o
		}
	}
	return t
}

// letGo ends the idle coroutines.
func (v *Virtual) letGo() {
	if len(v.free) == 0 {
		return
	}
	v.drive(func() {
		for n := len(v.free); n > 0; n = len(v.free) {
			t := v.free[n-1]
			v.free[n-1] = nil
			v.free = v.free[:n-1]
			t.stop()
		}
	})
}

// drive calls loop, which runs tasks, on a new goroutine. A task that ends by
// runtime.Goexit ends the goroutine that switched to it as well, and nothing can
// prevent that. So the goroutine is replaced, and loop called again, until one
// call of it returns. loop must therefore keep its state outside of itself, and
// do nothing after a step but find the next one. A panic in loop, which is not
// that of a task, stops the clock and is raised again in the caller.
func (v *Virtual) drive(loop func()) {
	for returned := false; !returned; {
		var p *PanicError
		over := make(chan struct{})
		go func() {
			defer close(over)
			defer func() { p = asPanic(recover()) }()
			loop()
			returned = true
		}()
		<-over
		if p != nil {
			v.halt() // release unwinds the tasks
			panic(p)
		}
	}
}
