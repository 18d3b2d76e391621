package engine

import (
	"context"
	"errors"
	"time"

	"resiltui/internal/engine/retry"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
)

// errSpent ends a call of which the retry budget would have refused more.
var errSpent = errors.New("the retry budget is spent")

// unsent is how many attempts a call that the breaker refused would have made,
// had it been let through at the given time. Where reads of the sensor are not
// known beforehand it is the most that it could have made, and atMost is true.
//
// It is the retry policy itself on planned reads, in a time of its own: nothing
// waits, nothing is counted, and no draw is taken from what later calls will
// draw. A wait with jitter is the middle of its range. Faults that count reads
// say what the next one would meet, so each attempt is judged as if it were the
// only one; a read that never ends and has no limit of time is one attempt.
func unsent(s sensors.Sensor, p *retry.Policy, limit time.Duration, call uint64, at time.Duration) (attempts int, atMost bool) {
	planned, ok := sensors.AsPlanned(s)
	if !ok {
		if p.MaxAttempts == 0 {
			return retry.DefaultMaxAttempts, true
		}
		return p.MaxAttempts, true
	}
	now, tokens := at, budgetOf(p.Budget)
	q := *p
	q.Budget, q.Stats, q.OnAttempt = nil, nil, nil
	q.Rand = func() float64 { return 0.5 }
	q.Now = func() time.Duration { return now }
	q.Sleep = func(_ context.Context, d time.Duration) error {
		now += d
		return nil
	}
	_, _ = retry.Do(context.Background(), &q, func(_ context.Context, n int) (struct{}, error) {
		attempts = n
		plan := sensors.FateOf(planned, sensors.Request{Call: call, Attempt: n, At: now})
		err := plan.Err
		switch {
		case limit > 0 && (plan.Hang || plan.Latency > limit):
			now += limit
			err = &timeout.Error{After: limit, Err: context.DeadlineExceeded}
		case plan.Hang:
			return struct{}{}, nil
		default:
			now += plan.Latency
		}
		if err != nil && !tokens.failure() {
			err = retry.Permanent(errors.Join(errSpent, err))
		}
		return struct{}{}, err
	})
	return attempts, false
}

// tokens of a retry budget, to be spent in thought.
type tokens struct {
	limited   bool
	left, max float64
}

func budgetOf(b *retry.Budget) *tokens {
	if b == nil {
		return &tokens{}
	}
	s := b.State()
	return &tokens{limited: true, left: s.Tokens, max: float64(s.Max)}
}

// failure takes a token, and reports whether a retry is allowed after it.
func (t *tokens) failure() bool {
	t.left = max(0, t.left-1)
	return !t.limited || 2*t.left > t.max
}
