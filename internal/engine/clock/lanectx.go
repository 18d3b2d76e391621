package clock

import (
	"context"
	"reflect"
	"slices"
	"time"
)

// laneCtx is a context with a deadline on a lane's own time. A lane runs its
// work without a pause, so nothing waits on this context; it is only checked.
type laneCtx struct {
	context.Context // the parent
	lane            *Lane
	deadline        time.Duration // the earliest of this and those above
	err             error         // once set it stays
	done            chan struct{} // made when it is asked for
	after           []*func()     // called at the end, in this order
	cancel          func()        // the method end, made once
}

// laneKey is the key under which a laneCtx finds itself through contexts that
// were derived from it.
type laneKey struct{}

// WithTimeout implements Clock. In a function on a lane the context and its
// cancel function are reused for the next one: neither may be kept after the
// cancel function has been called, nor given to another goroutine.
func (l *Lane) WithTimeout(parent context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	now := time.Duration(l.local.Load())
	if now == idle {
		return l.clock.WithTimeout(parent, d)
	}
	c := l.spare
	l.spare = nil
	if c == nil {
		c = &laneCtx{lane: l}
		c.cancel = c.end
	}
	c.Context, c.err, c.done = parent, nil, nil
	c.deadline = min(later(now, d), l.deadlineOf(parent))
	return c, c.cancel
}

// above is the nearest laneCtx of the lane among ctx and its parents, or nil.
func (l *Lane) above(ctx context.Context) *laneCtx {
	c, ok := ctx.(*laneCtx)
	if !ok && ctx.Done() != nil {
		c, _ = ctx.Value(laneKey{}).(*laneCtx)
	}
	if c == nil || c.lane != l {
		return nil
	}
	return c
}

// deadlineOf is the deadline that ctx has on the lane's clock, or never.
func (l *Lane) deadlineOf(ctx context.Context) time.Duration {
	if c, ok := ctx.(*laneCtx); ok && c.lane == l {
		return c.deadline
	}
	v := l.clock
	if v.usual != nil && ctx == v.usual {
		return v.usualEnd
	}
	if c := l.above(ctx); c != nil {
		return c.deadline
	}
	until := deadlineOf(ctx, v)
	// The result is kept only for a pointer, because comparing other types may
	// panic, and only for a context under no lane, because its deadline is the
	// same for all lanes and never changes.
	if reflect.TypeOf(ctx).Kind() == reflect.Pointer && ctx.Value(laneKey{}) == nil {
		v.usual, v.usualEnd = ctx, until
	}
	return until
}

// Value implements context.Context.
func (c *laneCtx) Value(key any) any {
	if key == (laneKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// Err implements context.Context: DeadlineExceeded once the lane's time has
// reached the deadline, Canceled after the cancel function was called, or the
// parent's error.
func (c *laneCtx) Err() error { return c.look(nil) }

// look finds out whether the context has ended by itself, or else ends it with
// cause unless that is nil.
func (c *laneCtx) look(cause error) error {
	if c.err != nil {
		return c.err
	}
	c.err = c.Context.Err()
	switch {
	case c.deadline <= c.lane.Now():
		c.err = context.DeadlineExceeded
	case c.err == nil:
		c.err = cause
	}
	if c.err == nil {
		return nil
	}
	if c.done != nil {
		close(c.done)
	}
	after := c.after
	c.after = nil
	for _, f := range after {
		(*f)()
	}
	return c.err
}

// Done implements context.Context: a channel that is closed when Err is asked
// for after the end.
func (c *laneCtx) Done() <-chan struct{} {
	if c.done == nil {
		c.done = make(chan struct{})
		if c.err != nil {
			close(c.done)
		}
	}
	_ = c.look(nil)
	return c.done
}

// AfterFunc is what package context looks for when it derives a context from
// this one. Without it, a goroutine would wait for the end.
func (c *laneCtx) AfterFunc(f func()) (stop func() bool) {
	entry := &f
	c.after = append(c.after, entry)
	return func() bool {
		i := slices.Index(c.after, entry)
		if i >= 0 {
			c.after = slices.Delete(c.after, i, i+1)
		}
		return i >= 0
	}
}

// end is the cancel function. A context whose Done channel was handed out may
// still be in use through it, and is not reused.
func (c *laneCtx) end() {
	_ = c.look(context.Canceled)
	if c.done == nil {
		c.lane.spare = c
	}
}
