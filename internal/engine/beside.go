package engine

import (
	"context"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
)

// In a run in which the policies only watch, every call that is due is made: one attempt
// under the timeout, no retry and no substitute. The breaker is asked for a permit first,
// and told what came of the calls that it lets through, so it does what it would do in
// the way of them: a call in HALF_OPEN is a probe. What it refuses is made all the same,
// outside of it, so that it is known what came of that too.

// do makes the call.
func (s *stack) do(ctx context.Context) (fallback.Reading, error) {
	if s.client.beside {
		return s.aside(ctx)
	}
	return fallback.Do(ctx, s.layers.fallback, s.client.id, s.guard)
}

// aside is a call that the policies only watch.
func (s *stack) aside(ctx context.Context) (fallback.Reading, error) {
	call := &s.event.Call
	r, err := breaker.DoProbe(ctx, s.layers.breaker, s.admit)
	if !call.Admitted {
		r, err = s.attempt(ctx, 1)
		call.Outcome = outcomeOf(ctx, err)
	}
	s.cause = err
	return r, err
}

// send makes the attempts of a call that the breaker lets through.
func (s *stack) send(ctx context.Context) (fallback.Reading, error) {
	if s.client.beside {
		return s.attempt(ctx, 1)
	}
	return retry.Do(ctx, &s.layers.retry, s.try)
}
