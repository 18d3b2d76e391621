package engine

import (
	"context"
	"errors"
	"time"

	"resiltui/internal/engine/retry"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
)

// errSpent ends a call where the retry budget would have refused another
// attempt.
var errSpent = errors.New("the retry budget is spent")

// avoidedEstimator estimates how many attempts the breaker of one stack avoided. It is made
// once, and reused for one call after the other.
type avoidedEstimator struct {
	layers  *layers // the stack
	planned sensors.Planned
	policy  retry.Policy
	limit   time.Duration
	try     func(ctx context.Context, n int) (struct{}, error)

	// Of the call in progress.
	call     uint64
	now      time.Duration
	tokens   tokens
	attempts int
}

// estimate returns how many attempts a call that the breaker refused would have
// made if it had been let through at the given time. Where the reads of the
// sensor are not planned it is the most that it could have made, and atMost is
// true.
//
// It runs the retry policy itself on planned reads, on its own time: nothing
// waits, nothing is counted, and no random draw is used up. A wait with jitter
// is taken as the middle of its range. Faults that count reads are not
// advanced, so each attempt is judged as if it were the next read; a read that
// hangs without a timeout is one attempt.
func (t *avoidedEstimator) estimate(call uint64, at time.Duration) (attempts int, atMost bool) {
	p := &t.layers.retry
	if t.planned == nil {
		return p.MaxAttempts, true
	}
	t.call, t.now, t.tokens, t.attempts = call, at, budgetOf(p.Budget), 0
	_, _ = retry.Do(context.Background(), &t.policy, t.try)
	return t.attempts, false
}

// newAvoidedEstimator makes the estimator of a stack.
func newAvoidedEstimator(s sensors.Sensor, l *layers) *avoidedEstimator {
	t := &avoidedEstimator{layers: l, policy: l.retry, limit: l.timeout.After}
	t.planned, _ = sensors.AsPlanned(s)
	p := &t.policy
	p.Budget, p.Stats, p.OnAttempt = nil, nil, nil
	p.Rand = func() float64 { return 0.5 }
	p.Now = func() time.Duration { return t.now }
	p.Sleep = func(_ context.Context, d time.Duration) error {
		t.now += d
		return nil
	}
	t.try = t.attempt
	return t
}

// attempt simulates an attempt that was not made.
func (t *avoidedEstimator) attempt(_ context.Context, n int) (struct{}, error) {
	t.attempts = n
	plan := sensors.OutcomeOf(t.planned, sensors.Request{Call: t.call, Attempt: n, At: t.now})
	err := plan.Err
	switch {
	case t.limit > 0 && (plan.Hang || plan.Latency > t.limit):
		t.now += t.limit
		err = &timeout.Error{After: t.limit, Err: context.DeadlineExceeded}
	case plan.Hang:
		return struct{}{}, nil
	default:
		t.now += plan.Latency
	}
	if err != nil && !t.tokens.failure() {
		err = retry.Permanent(errors.Join(errSpent, err))
	}
	return struct{}{}, err
}

// tokens is a copy of the tokens of a retry budget, for the simulation.
type tokens struct {
	limited   bool
	left, max float64
}

func budgetOf(b *retry.Budget) tokens {
	if b == nil {
		return tokens{}
	}
	s := b.State()
	return tokens{limited: true, left: s.Tokens, max: float64(s.Max)}
}

// failure takes a token, and reports whether a retry is allowed after it.
func (t *tokens) failure() bool {
	t.left = max(0, t.left-1)
	return !t.limited || 2*t.left > t.max
}
