package clock

import (
	"context"
	"slices"
	"sync"
	"time"
)

// deadlineCtx is a context with a deadline on a Virtual. It has no timer: Sleep
// and Wait wake at the deadline by themselves, and Err compares it with Now. The
// cancel function may be called by the tasks of its clock, and by its owner
// between steps. The methods are safe for concurrent use, as package context
// starts goroutines that call them.
//
// The method Deadline is the parent's, because a virtual time is not a
// time.Time. Done returns a channel that is closed by the cancel function, and
// by the deadline as soon as a Sleep, a Wait, Err or Done has seen it pass. A
// task must not block on the channel; `select` with a default works. Contexts
// that package context derives from this one work too. If there is a WithValue
// in between, their Err changes a moment later in real time; Sleep and Wait are
// not late.
type deadlineCtx struct {
	context.Context // the parent
	clock           *Virtual
	up              *deadlineCtx    // the nearest one above, or nil
	foreign         <-chan struct{} // Done of another kind of context between this and up, or nil
	deadline        time.Duration   // the earliest of this and those above

	// sleepers is how many tasks wait under this context or one below it. Only
	// the goroutine that runs the clock uses it.
	sleepers int

	// A lock is taken from the child to the parent, and none is held while a
	// function of after is called.
	mu      sync.Mutex
	err     error         // once set it stays
	endedAt time.Duration // when err came about
	done    chan struct{} // made when it is asked for
	after   []*func()     // called at the end, in this order
}

// ctxKey is the key under which a deadlineCtx finds itself through contexts
// that package context derived from it.
type ctxKey struct{}

// WithTimeout implements Clock. A nested deadline that is later than the outer
// one is cut to it.
func (v *Virtual) WithTimeout(parent context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	c := &deadlineCtx{Context: parent, clock: v, deadline: later(v.Now(), d)}
	c.up, c.foreign = trace(parent, v)
	if c.up != nil {
		c.deadline = min(c.deadline, c.up.deadline)
	}
	return c, c.cancel
}

// trace finds the nearest deadlineCtx of the clock v among ctx and its parents,
// and the Done channel of what else may end ctx before that.
func trace(ctx context.Context, v *Virtual) (*deadlineCtx, <-chan struct{}) {
	if c, ok := ctx.(*deadlineCtx); ok && c.clock == v {
		return c, nil
	}
	done := ctx.Done()
	if done == nil {
		return nil, nil
	}
	c, _ := ctx.Value(ctxKey{}).(*deadlineCtx)
	switch {
	case c == nil || c.clock != v:
		return nil, done
	case c.isDone(done): // only values between
		return c, nil
	default:
		return c, done
	}
}

// deadlineOf is the deadline that ctx has on the clock v, or never.
func deadlineOf(ctx context.Context, v *Virtual) time.Duration {
	if c, _ := trace(ctx, v); c != nil {
		return c.deadline
	}
	return never
}

// ended is ctx.Err, or else the error of the deadlineCtx above it: a context
// that package context derived from that one may learn of its end later.
func ended(ctx context.Context, v *Virtual) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c, _ := trace(ctx, v); c != nil {
		return c.Err()
	}
	return nil
}

// Value implements context.Context.
func (c *deadlineCtx) Value(key any) any {
	if key == (ctxKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// Err implements context.Context: the parent's error, Canceled after cancel,
// DeadlineExceeded once Now has reached the deadline; whichever came first.
func (c *deadlineCtx) Err() error {
	_, err := c.look(nil)
	return err
}

// look finds out whether the context has ended by itself, or else ends it with
// cause unless that is nil. It returns the error and when it came about.
func (c *deadlineCtx) look(cause error) (at time.Duration, err error) {
	c.mu.Lock()
	if c.err != nil {
		defer c.mu.Unlock()
		return c.endedAt, c.err
	}
	at = c.clock.Now()
	err = c.Context.Err()
	// The deadlineCtx above may have ended without a context of another kind in
	// between knowing it yet; and only a deadlineCtx knows when it ended.
	if c.up != nil && (err != nil || c.foreign != nil) {
		if t, e := c.up.look(nil); e != nil {
			err, at = e, t
		}
	}
	switch {
	case c.deadline <= at:
		err, at = context.DeadlineExceeded, c.deadline
	case err == nil:
		err = cause
	}
	var after []*func()
	if err != nil {
		after, c.after = c.after, nil
		c.err, c.endedAt = err, at
		if c.done != nil {
			close(c.done)
		}
	}
	c.mu.Unlock()
	for _, f := range after {
		(*f)()
	}
	return at, err
}

// Done implements context.Context.
func (c *deadlineCtx) Done() <-chan struct{} {
	c.mu.Lock()
	if c.done == nil {
		c.done = make(chan struct{})
		if c.err != nil {
			close(c.done)
		}
	}
	done := c.done
	c.mu.Unlock()
	_, _ = c.look(nil) // closes done if the deadline has passed unseen
	return done
}

// isDone reports whether done is the channel of this context.
func (c *deadlineCtx) isDone(done <-chan struct{}) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.done == done
}

// AfterFunc is what package context looks for when it derives a context from
// this one: with it the derived context ends in the same step as this one, and
// no goroutine is needed for that.
func (c *deadlineCtx) AfterFunc(f func()) (stop func() bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		go f() // never at once: the caller holds a lock that f takes
		return func() bool { return false }
	}
	entry := &f
	c.after = append(c.after, entry)
	return func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		i := slices.Index(c.after, entry)
		if i < 0 {
			return false
		}
		c.after = slices.Delete(c.after, i, i+1)
		return true
	}
}

// cancel ends the context and wakes the tasks that wait under it.
func (c *deadlineCtx) cancel() {
	_, _ = c.look(context.Canceled)
	if c.sleepers > 0 {
		c.clock.wakeEnded()
	}
}
