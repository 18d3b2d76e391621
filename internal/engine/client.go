package engine

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
)

// Client is one sensor behind fallback(breaker(retry(timeout(read)))). It is
// safe for concurrent callers.
type Client struct {
	index  int
	id     string
	clock  clock.Clock
	sensor sensors.Sensor
	truth  sensors.Truth // nil where there is no hidden true signal
	hub    *event.Hub

	fallback fallback.Strategy
	breaker  *breaker.Breaker
	retry    retry.Policy
	timeout  timeout.Policy
	// isolate gives each read a task of its own. Only a read that is not known
	// to be well-behaved needs one: it may end its goroutine, or stay for ever.
	isolate bool
	// active says whether an injected fault is active; nil is never.
	active func(at time.Duration) bool

	calls   atomic.Uint64
	changes *atomic.Uint64
	batch   atomic.Int64 // of the newest call
	// openFor is the delay of the last opening. Only the breaker's listener
	// touches it, and that is never called twice at once.
	openFor time.Duration
	// started is false until the client is built: what its breaker begins with
	// is no change.
	started bool

	mu sync.Mutex
	by string // who asked for the transition that an operator makes; guarded by mu
}

// ClientConfig is what a client is made of. Clock, Sensor and Hub must be set.
type ClientConfig struct {
	// Index is the sensor's place in the run's list.
	Index  int
	Clock  clock.Clock
	Sensor sensors.Sensor
	Hub    *event.Hub
	Seed   uint64
	Policy Policy
	// Stats receives the counts of the retries; nil is none.
	Stats *retry.Stats
	// Changes counts the transitions of the breaker; nil counts nothing.
	Changes *atomic.Uint64
}

// NewClient checks the policy and builds the stack.
func NewClient(c ClientConfig) (*Client, error) {
	if err := c.Policy.Validate(); err != nil {
		return nil, err
	}
	strategy, err := c.Policy.strategy(c.Clock.Now)
	if err != nil {
		return nil, err
	}
	id := c.Sensor.Info().ID
	client := &Client{
		index: c.Index, id: id, clock: c.Clock, sensor: c.Sensor, hub: c.Hub,
		fallback: strategy,
		timeout:  timeout.Policy{After: c.Policy.Timeout, WithTimeout: c.Clock.WithTimeout},
		retry:    c.Policy.Retry,
		changes:  c.Changes,
	}
	if client.changes == nil {
		client.changes = new(atomic.Uint64)
	}
	client.truth, _ = sensors.AsTruth(c.Sensor)
	_, planned := sensors.AsPlanned(c.Sensor)
	client.isolate = !planned
	if f, ok := c.Sensor.(*sensors.Faulty); ok {
		client.active = func(at time.Duration) bool { return len(f.Active(at)) > 0 }
	}
	client.retry.Stats = c.Stats
	client.retry.Sleep, client.retry.Now = c.Clock.Sleep, c.Clock.Now
	client.retry.Rand = draws(c.Seed, id, "retry-jitter")
	client.retry.Never = append([]error{breaker.ErrOpen, clock.ErrStopped}, c.Policy.Retry.Never...)

	settings := c.Policy.Breaker
	settings.Now = c.Clock.Now
	settings.Rand = draws(c.Seed, id, "open-jitter")
	settings.Classify = classify
	settings.OnTransition = client.changed
	client.breaker, err = breaker.New(settings)
	if err == nil && c.Policy.BreakerOff {
		client.breaker.Disable()
	}
	client.started = true
	return client, err
}

// draws is a stream of its own for one purpose, safe for concurrent use.
func draws(seed uint64, id, purpose string) func() float64 {
	stream := sensors.NewStream(seed, id, purpose)
	var n atomic.Uint64
	return func() float64 { return stream.Uniform(n.Add(1), 0) }
}

// classify is the breaker's rule in every state: the end of the run says
// nothing about the sensor.
func classify(err error) breaker.Outcome {
	if errors.Is(err, clock.ErrStopped) {
		return breaker.Neutral
	}
	return breaker.DefaultClassify(err)
}

// Breaker is the client's breaker, for operators and tests.
func (c *Client) Breaker() *breaker.Breaker { return c.breaker }

// Read makes one call: it reads the sensor through the whole stack, publishes
// what came of it as an event of the given batch (0 takes the number of the
// call), and returns it. ok is false where the run ended meanwhile; nothing is
// published then.
func (c *Client) Read(ctx context.Context, batch int) (call event.Call, ok bool) {
	number := c.calls.Add(1)
	if batch == 0 {
		batch = int(number)
	}
	c.batch.Store(int64(batch))
	s := &stack{client: c, batch: batch}
	s.call.Number, s.call.Start = number, c.clock.Now()
	s.call.Faulted = c.active != nil && c.active(s.call.Start)

	reading, err := s.read(ctx)
	end := c.clock.Now()
	if ctx.Err() != nil || errors.Is(s.cause, clock.ErrStopped) {
		return s.call, false
	}
	s.finish(reading, err, end)
	c.hub.Publish(event.Event{
		At: end, Batch: batch, Sensor: c.index, Kind: event.CallEnded, Call: s.call,
	})
	return s.call, true
}

// stack is one call on its way through the layers.
type stack struct {
	client *Client
	batch  int
	call   event.Call
	cause  error // why there is no live reading
}

// read is the stack in the order of its layers.
func (s *stack) read(ctx context.Context) (fallback.Reading, error) {
	c := s.client
	return fallback.Do(ctx, c.fallback, c.id, func(ctx context.Context) (fallback.Reading, error) {
		r, err := breaker.DoProbe(ctx, c.breaker, func(ctx context.Context, probe bool) (fallback.Reading, error) {
			s.call.Admitted, s.call.Probe = true, probe
			r, err := retry.Do(ctx, &c.retry, s.attempt)
			s.call.Outcome = outcomeOf(ctx, err)
			if err != nil {
				err = &callError{cause: err, batch: s.batch, attempts: s.call.Attempts}
			}
			return r, err
		})
		s.cause = err
		return r, err
	})
}

func outcomeOf(ctx context.Context, err error) breaker.Outcome {
	o := classify(err)
	if o == breaker.Failure && errors.Is(ctx.Err(), context.Canceled) {
		return breaker.Neutral
	}
	return o
}

// attempt is one attempt, with its place in the call noted.
func (s *stack) attempt(ctx context.Context, n int) (fallback.Reading, error) {
	c := s.client
	start := c.clock.Now()
	if k := len(s.call.Tries); k > 0 {
		last := &s.call.Tries[k-1]
		last.Wait = start - last.Start - last.Took
		s.call.Waited += last.Wait
	}
	s.call.Attempts = n
	request := sensors.Request{Call: s.call.Number, Attempt: n, At: start}
	r, err := timeout.Do(ctx, &c.timeout, func(ctx context.Context) (sensors.Reading, error) {
		if c.isolate {
			return isolated(ctx, c.clock, c.sensor, request)
		}
		return guarded(ctx, c.sensor, request)
	})
	if err == nil && n == 1 {
		return fallback.Reading{Value: r.Value, At: r.At}, nil // nothing to tell apart
	}
	try := event.Try{Start: start, Took: c.clock.Now() - start}
	if err != nil {
		try.Err = words(err)
	}
	s.call.Tries = append(s.call.Tries, try)
	return fallback.Reading{Value: r.Value, At: r.At}, err
}

// finish fills in what the caller got.
func (s *stack) finish(r fallback.Reading, err error, end time.Duration) {
	call := &s.call
	call.Took = end - call.Start
	call.Served = err == nil
	if call.Served {
		call.Value, call.Quality, call.SourceAt = r.Value, r.Quality, r.At
	}
	call.Result = result(call, err)
	if call.Result != event.Live {
		call.Err = words(s.cause)
	}
	if s.client.truth != nil {
		call.Truth, call.HasTruth = s.client.truth.Truth(end), true
	}
	call.Circuit = circuitOf(s.client.breaker.Snapshot())
}

func result(call *event.Call, err error) event.Result {
	switch {
	case !call.Admitted:
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
