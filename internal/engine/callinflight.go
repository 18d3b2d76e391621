package engine

import (
	"context"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
)

// callInFlight is one call on its way through the layers. It is reused for one call after
// the other, so that a call allocates nothing.
type callInFlight struct {
	client *Client
	layers *layers     // from the call's start to its end
	event  event.Event // the CallEnded of the call, filled in on the way
	cause  error       // why there is no live reading
	// request is that of the attempt in progress.
	request sensors.Request
	// tries are the attempts so far. The event gets a copy of exactly their
	// number, because readers keep it.
	tries []event.Try
	// avoided estimates the attempts of refused calls; nil before the first of them.
	avoided *avoidedEstimator

	// What the fallback, the breaker, the retry policy and the timeout call: the methods of
	// these names, kept because a method value allocates each time it is made.
	throughBreakerFn func(ctx context.Context) (fallback.Reading, error)
	admittedFn       func(ctx context.Context, probe bool) (fallback.Reading, error)
	attemptFn        func(ctx context.Context, n int) (fallback.Reading, error)
	readFn           func(ctx context.Context) (sensors.Reading, error)
}

// newCall begins a call. Concurrent callers get one each; a single caller gets the same
// one again.
func (c *Client) newCall(batch int) *callInFlight {
	f := c.spare.Swap(nil)
	if f == nil {
		f = &callInFlight{client: c}
		f.throughBreakerFn, f.admittedFn, f.attemptFn, f.readFn = f.throughBreaker, f.admitted, f.attempt, f.read
	}
	f.layers = c.layers.Load()
	f.event = event.Event{Batch: batch, Sensor: c.index, Kind: event.CallEnded}
	f.cause, f.tries = nil, f.tries[:0]
	return f
}

// throughBreaker is the call behind the fallback, unless it is held.
func (f *callInFlight) throughBreaker(ctx context.Context) (fallback.Reading, error) {
	c, call := f.client, &f.event.Call
	if call.Held = c.hold.at(call.Start) > 0; call.Held {
		f.cause = errHeld
		return fallback.Reading{}, errHeld
	}
	r, err := breaker.DoProbe(ctx, f.layers.breaker, f.admittedFn)
	f.cause = err
	if err != nil && listens(&f.layers.retry) {
		c.hold.note(err, c.clock.Now())
	}
	return r, err
}

// admitted is the call behind the breaker, which has let it through.
func (f *callInFlight) admitted(ctx context.Context, probe bool) (fallback.Reading, error) {
	call := &f.event.Call
	call.Admitted, call.Probe = true, probe
	r, err := f.send(ctx)
	call.Outcome = f.layers.breaker.OutcomeOf(ctx, err)
	if err != nil {
		err = &callError{cause: err, batch: f.event.Batch, attempts: call.Attempts}
	}
	return r, err
}

// read is the attempt behind the timeout: it reads the sensor.
func (f *callInFlight) read(ctx context.Context) (sensors.Reading, error) {
	c := f.client
	if c.isolate {
		return readIsolated(ctx, c.clock, c.sensor, f.request)
	}
	return readRecovered(ctx, c.sensor, f.request)
}

// attempt is one attempt, behind the retry policy. It is added to the tries of the call.
func (f *callInFlight) attempt(ctx context.Context, n int) (fallback.Reading, error) {
	c, call := f.client, &f.event.Call
	start := c.clock.Now()
	if k := len(f.tries); k > 0 {
		last := &f.tries[k-1]
		last.Wait = start - last.Start - last.Took
		call.Waited += last.Wait
	}
	call.Attempts = n
	f.request = sensors.Request{Call: call.Number, Attempt: n, At: start}
	r, err := timeout.Do(ctx, &f.layers.timeout, f.readFn)
	if err == nil && n == 1 && r.Phases == nil {
		return fallback.Reading{Value: r.Value, At: r.At}, nil // no list is needed
	}
	try := event.Try{Start: start, Took: c.clock.Now() - start, Phases: r.Phases}
	if err != nil {
		try.Err, try.Phases = errorText(err), sensors.PhasesOf(err)
	}
	f.tries = append(f.tries, try)
	return fallback.Reading{Value: r.Value, At: r.At}, err
}

// finish fills in what the caller got.
func (f *callInFlight) finish(r fallback.Reading, err error, end time.Duration) {
	f.event.At = end
	call := &f.event.Call
	call.Took = end - call.Start
	if len(f.tries) > 0 {
		call.Tries = append(make([]event.Try, 0, len(f.tries)), f.tries...)
	}
	call.Served = err == nil
	if call.Served {
		call.Value, call.Quality, call.SourceAt = r.Value, r.Quality, r.At
	}
	call.Result = result(call, err)
	if call.Result != event.Live {
		call.Err = errorText(f.cause)
		call.RanOut = call.Admitted && call.Attempts >= f.layers.retry.MaxAttempts
	}
	if f.client.truth != nil {
		call.Truth, call.HasTruth = f.client.truth.Truth(end), true
	}
	call.HeldUntil = f.client.hold.at(end)
	call.Circuit = f.client.Breaker().Circuit()
	if call.Attempts == 0 && !call.Held { // refused
		if f.avoided == nil || f.avoided.layers != f.layers {
			f.avoided = newAvoidedEstimator(f.client.sensor, f.layers)
		}
		call.Avoided, call.AvoidedAtMost = f.avoided.estimate(call.Number, call.Start)
	}
}

func result(call *event.Call, err error) event.Result {
	switch {
	case call.Attempts == 0:
		return event.FastFail
	case err != nil:
		return event.Missing
	case call.Quality == fallback.Live:
		return event.Live
	case call.Quality == fallback.Interpolated:
		return event.Interpolated
	default:
		return event.Stale
	}
}
