package retry

import (
	"context"
	"fmt"
	"time"
)

// Do calls fn until an attempt succeeds, fails with an error that is not
// retried, or the attempts run out. attempt counts from 1. A nil p is the zero
// Policy.
//
// It returns fn's value and nil after a success, and the zero T with
//
//   - an *ExhaustedError around the last error when the attempts ran out;
//   - a *BudgetError around the last error when Policy.Budget refused a retry;
//   - a *HintError around the last error when it asked for too long a wait;
//   - the error itself, unchanged, when it is not retried: it is permanent, in
//     Never or not in RetryOn, or ctx had ended when the attempt returned;
//   - an error that is both the last error and ctx's error (errors.Is) when ctx
//     ended during a wait. A wait that would last to ctx's deadline or beyond is
//     not begun: the call then ends at once. A Policy.Sleep may use another
//     clock than the deadline, so with one the call always waits.
//
// The first attempt is always made, also with a ctx that has ended: so each
// call has at least one attempt, and retries = attempts - calls. A caller that
// cancels is counted as propagated, because nothing was found out about the
// service. A panic or a runtime.Goexit in fn is counted as propagated too, and
// passes through.
//
// While the first attempt succeeds and OnAttempt is nil, Do allocates nothing
// and reads no clock.
func Do[T any](ctx context.Context, p *Policy, fn func(ctx context.Context, attempt int) (T, error)) (T, error) {
	if p == nil {
		p = new(Policy)
	}
	if p.OnAttempt != nil || p.Budget != nil {
		return attempts(ctx, call{p: p}, nil, fn)
	}
	v, err := first(ctx, p.Stats, fn)
	if err == nil {
		return v, nil
	}
	return attempts(ctx, call{p: p, attempt: 1}, err, fn)
}

// first makes the first attempt of a call without OnAttempt and Budget. Most
// calls end here, so it does as little as possible: it only guards against a
// panic or a Goexit of fn, and only where calls are counted.
func first[T any](ctx context.Context, s *Stats, fn func(ctx context.Context, attempt int) (T, error)) (T, error) {
	if s == nil {
		return fn(ctx, 1)
	}
	returned := false
	defer func() {
		if !returned {
			s.recordLast(Propagated, 0)
		}
	}()
	v, err := fn(ctx, 1)
	returned = true
	if err == nil {
		s.recordLast(Succeeded, 0)
	}
	return v, err
}

// attempts runs a call to its end: from its start, or from err, the error of
// its last attempt, which has not been judged yet.
func attempts[T any](ctx context.Context, c call, err error, fn func(ctx context.Context, attempt int) (T, error)) (T, error) {
	defer c.close()
	for {
		if err != nil {
			if err = c.fail(ctx, err); err != nil {
				var zero T
				return zero, err
			}
		}
		c.begin()
		var v T
		if v, err = fn(ctx, c.attempt); err == nil {
			c.succeed()
			return v, nil
		}
	}
}

// call is one call of Do in progress. It keeps what Do needs out of the generic
// function, of which the compiler makes a copy for each T.
type call struct {
	p       *Policy
	attempt int           // number of the attempt in progress, from 1
	start   time.Duration // its start, where OnAttempt wants it
	delay   time.Duration // the last backoff
	ended   bool          // the outcome is recorded
}

func (c *call) begin() {
	c.attempt++
	if c.p.OnAttempt != nil {
		c.start = c.p.now()
	}
}

func (c *call) succeed() {
	if c.p.Budget != nil {
		c.p.Budget.Success()
	}
	c.report(nil, 0)
	outcome := Succeeded
	if c.attempt > 1 {
		outcome = Saved
	}
	c.end(outcome, 0)
}

// fail judges the error of an attempt. It returns nil after the wait when
// another attempt is due, and what Do returns when the call has ended.
func (c *call) fail(ctx context.Context, err error) error {
	if !c.p.retries(ctx, err) {
		c.report(err, 0)
		c.end(Propagated, 0)
		return err
	}
	hint := hintOf(err)
	allowed := c.p.Budget == nil || c.p.Budget.Failure() // the last attempt takes a token too
	switch {
	case c.attempt >= c.p.maxAttempts():
		c.report(err, 0)
		c.end(Exhausted, 0)
		return &ExhaustedError{Attempts: c.attempt, Err: err}
	case !allowed:
		c.p.Budget.refused.Add(1)
		c.report(err, 0)
		c.end(Exhausted, 0)
		return &BudgetError{Attempts: c.attempt, Err: err}
	case c.p.MaxDelay > 0 && hint > c.p.MaxDelay:
		c.report(err, 0)
		c.end(Exhausted, 0)
		return &HintError{Attempts: c.attempt, Err: err}
	}
	var wait time.Duration
	c.delay, wait = c.p.wait(c.attempt, c.delay, hint)
	if c.p.outlasts(ctx, wait) {
		c.report(err, 0)
		c.end(Propagated, 0)
		return fmt.Errorf("%w; no attempt %d, since a wait of %v outlasts the caller: %w", err, c.attempt+1, wait, context.DeadlineExceeded)
	}
	c.report(err, wait)
	waited, ended := c.p.pause(ctx, wait)
	if ended != nil {
		c.end(Propagated, waited)
		return fmt.Errorf("%w; no attempt %d: %w", err, c.attempt+1, ended)
	}
	if c.p.Stats != nil {
		c.p.Stats.RecordAttempt(false, waited)
	}
	return nil
}

func (c *call) report(err error, wait time.Duration) {
	if c.p.OnAttempt == nil {
		return
	}
	c.p.OnAttempt(Attempt{Number: c.attempt, Start: c.start, Took: c.p.now() - c.start, Err: err, Wait: wait})
}

// end records the last attempt of the call together with its outcome, so that
// no reader of the statistics sees one without the other.
func (c *call) end(o Outcome, waited time.Duration) {
	c.ended = true
	if c.p.Stats != nil {
		c.p.Stats.recordLast(o, waited)
	}
}

// close runs on every way out of Do. Only a panic or a Goexit leaves a call
// that has not ended.
func (c *call) close() {
	if !c.ended {
		c.end(Propagated, 0)
	}
}

// outlasts reports whether a wait of d would last to ctx's deadline or beyond.
// It is false with a Policy.Sleep, which may use another clock.
func (p *Policy) outlasts(ctx context.Context, d time.Duration) bool {
	end, ok := ctx.Deadline()
	return ok && p.Sleep == nil && d > 0 && time.Until(end) <= d
}

// pause waits for d and returns how long that was. The error is not nil where
// ctx has ended, also at the very end of the wait: an attempt for a caller who
// has gone is wasted work.
func (p *Policy) pause(ctx context.Context, d time.Duration) (time.Duration, error) {
	if d <= 0 {
		return 0, ctx.Err()
	}
	begun := p.now()
	if err := p.sleep(ctx, d); err != nil {
		return min(d, p.now()-begun), err
	}
	return d, ctx.Err()
}

func (p *Policy) sleep(ctx context.Context, d time.Duration) error {
	if p.Sleep != nil {
		return p.Sleep(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// processStart is what the default Now counts from. Its monotonic reading makes
// the difference immune to changes of the system's time.
var processStart = time.Now()

func (p *Policy) now() time.Duration {
	if p.Now != nil {
		return p.Now()
	}
	return time.Since(processStart)
}
