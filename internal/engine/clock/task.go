package clock

import (
	"context"
	"iter"
	"time"
)

// task is one task of a Virtual and the coroutine it runs on. When the task has
// ended, both wait in the free list for the next function, so that starting a
// short task makes no new coroutine.
type task struct {
	clock *Virtual
	fn    func()
	group *virtualGroup // nil for a root task

	next  func() (struct{}, bool) // switches to the coroutine; nil until the first step
	stop  func()                  // ends the coroutine; called only while it is in the free list
	yield func(struct{}) bool     // switches back; called only on the coroutine

	slot   int             // index in Virtual.tasks
	pos    int             // index in Virtual.queue.later, due, or -1
	parked uint64          // sequence number of the last park, for a fixed order of wake-ups
	ctx    context.Context // what it waits under; nil while it is not parked
	told   bool            // it was given ErrStopped once
}

// resume runs the task until it parks or ends. The coroutine is made here, not
// in Start, because a coroutine inherits the locked thread
// (runtime.LockOSThread) of the goroutine that makes it, and the loop's
// goroutine has none.
//
// When the task ends by runtime.Goexit, resume does not return: the calling
// goroutine ends too. See drive.
func (t *task) resume() {
	if t.next == nil {
		t.next, t.stop = iter.Pull(t.serve)
	}
	t.clock.current = t
	t.next()
}

// serve is the body of the coroutine: one function after the other.
func (t *task) serve(yield func(struct{}) bool) {
	t.yield = yield
	for {
		t.call()
		if !yield(struct{}{}) {
			return
		}
	}
}

// call runs fn and records its end, however it ends.
func (t *task) call() {
	returned := false
	defer func() {
		p := asPanic(recover())
		// Neither returned nor panicked: Goexit. It cannot be recovered, so
		// the coroutine is lost with it.
		t.clock.ended(t, p, returned || p != nil)
	}()
	t.fn()
	returned = true
}

// park switches back to the loop until something wakes the task.
func (t *task) park(ctx context.Context) {
	v := t.clock
	v.attend(ctx, 1)
	v.seq++
	t.parked, t.ctx = v.seq, ctx
	v.current = nil
	t.yield(struct{}{})
	t.ctx = nil
	v.attend(ctx, -1)
}

// mustReturn reports whether the clock was stopped, so that the task gets
// ErrStopped.
func (t *task) mustReturn() bool { return t.clock.mustReturn(&t.told) }

// mustReturn reports whether the clock was stopped, so that a task gets ErrStopped.
// The second time, when *told is set, it panics: the task did not return, and the
// clock would wait for it for ever.
func (v *Virtual) mustReturn(told *bool) bool {
	if !v.stopping.Load() {
		return false
	}
	if *told {
		panic("clock: a task went on waiting after it was given ErrStopped")
	}
	*told = true
	return true
}

// schedule puts the task into the queue. It must not be there already.
func (v *Virtual) schedule(t *task, at time.Duration, class uint64) {
	v.enqueue(entry{at: at, seq: class, task: t})
}

// enqueue puts a wake-up into the queue, with the next sequence number.
func (v *Virtual) enqueue(e entry) {
	v.seq++
	e.seq |= v.seq
	if e.at <= v.Now() && e.seq&late == 0 {
		v.queue.pushDue(e)
	} else {
		v.queue.later.push(e)
	}
}

// wake makes a parked task due now. One that is due already stays where it is:
// at a tie the sleep wins.
func (v *Virtual) wake(t *task) {
	now := v.Now()
	switch {
	case t.pos == due:
		return
	case t.pos >= 0:
		if v.queue.later[t.pos].at <= now {
			return
		}
		v.queue.later.remove(t.pos)
	}
	v.schedule(t, now, 0)
}

// start makes fn a task that is due now.
func (v *Virtual) start(fn func(), g *virtualGroup) {
	var t *task
	if n := len(v.free); n > 0 {
		t, v.free[n-1] = v.free[n-1], nil
		v.free = v.free[:n-1]
	} else {
		t = &task{clock: v, pos: -1}
	}
	t.fn, t.group, t.told = fn, g, false
	t.slot = len(v.tasks)
	v.tasks = append(v.tasks, t)
	v.schedule(t, v.Now(), 0)
}

// ended records the end of a task. It runs on the task's coroutine.
func (v *Virtual) ended(t *task, p *PanicError, reusable bool) {
	last := len(v.tasks) - 1
	v.tasks[t.slot] = v.tasks[last]
	v.tasks[t.slot].slot = t.slot
	v.tasks[last] = nil
	v.tasks = v.tasks[:last]

	if g := t.group; g != nil {
		g.end(p)
	} else if v.failure == nil {
		v.failure = p
	}
	t.fn, t.group = nil, nil
	v.current = nil
	if reusable {
		v.free = append(v.free, t)
	}
}
