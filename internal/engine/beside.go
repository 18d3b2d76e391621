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
func (f *callInFlight) do(ctx context.Context) (fallback.Reading, error) {
	if f.client.beside {
		return f.aside(ctx)
	}
	return fallback.Do(ctx, f.layers.fallback, f.client.id, f.throughBreakerFn)
}

// aside is a call that the policies only watch.
func (f *callInFlight) aside(ctx context.Context) (fallback.Reading, error) {
	call := &f.event.Call
	r, err := breaker.DoProbe(ctx, f.layers.breaker, f.admittedFn)
	if !call.Admitted {
		r, err = f.attempt(ctx, 1)
		call.Outcome = f.layers.breaker.OutcomeOf(ctx, err)
	}
	f.cause = err
	return r, err
}

// send makes the attempts of a call that the breaker lets through.
func (f *callInFlight) send(ctx context.Context) (fallback.Reading, error) {
	if f.client.beside {
		return f.attempt(ctx, 1)
	}
	return retry.Do(ctx, &f.layers.retry, f.attemptFn)
}
