package engine

import (
	"cmp"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// Client is one sensor behind fallback(breaker(retry(timeout(read)))), or with a breaker
// beside it that only watches; see beside.go. It is safe for concurrent callers.
type Client struct {
	index  int
	id     string
	clock  clock.Clock
	sensor sensors.Sensor
	truth  sensors.Truth // nil where there is no hidden true signal
	hub    *event.Hub

	// layers is the stack in force; see layers.
	layers atomic.Pointer[layers]
	stats  *retry.Stats
	// The streams of random draws for waits and for open delays. They continue
	// when the layers are replaced.
	retryDraw, openDraw *draw
	// isolate runs each read in its own task. It is set for sensors whose reads
	// are not planned: such a read may end its goroutine or never return.
	isolate bool
	// beside is set where the policies only watch.
	beside bool
	// active reports whether an injected fault is active; nil is never.
	active func(at time.Duration) bool

	// spare is what the next call can reuse; ahead is where calls run ahead of the
	// clock, nil if they do not.
	spare atomic.Pointer[callInFlight]
	ahead *ahead

	hold     hold
	calls    atomic.Uint64
	inFlight atomic.Int64
	changes  *atomic.Uint64
	batch    atomic.Int64 // of the newest call
	// started is false until the client is built, so that the initial state of
	// its breaker is not published as a change.
	started bool

	// healthTracker follows the health of a real endpoint; nil does not.
	healthTracker *healthTracker

	// mu guards what follows: while one breaker replaces another, both may report
	// transitions.
	mu      sync.Mutex
	by      string        // who asked for the operator's action in progress
	openFor time.Duration // the delay of the last opening
	opened  time.Duration // when the circuit last opened, but for a failed probe
	rounds  int           // how many phases of probes have begun since
}

// ClientConfig is what a client is made of. Clock, Sensor and Hub must be set.
type ClientConfig struct {
	// Index is the sensor's place in the run's list.
	Index  int
	Clock  clock.Clock
	Sensor sensors.Sensor
	Hub    *event.Hub
	Seed   uint64
	// Draws names the draws of the policy (see Member.Draws); empty is the sensor's id.
	Draws  string
	Policy policy.Policy
	// Stats receives the counts of the retries; nil is none.
	Stats *retry.Stats
	// Beside has the policies only watch.
	Beside bool
	// Health says when the endpoint is slow or down; nil is for simulated sensors, whose
	// health nobody follows.
	Health *health.Thresholds
	// Changes counts the transitions of the breaker; nil counts nothing.
	Changes *atomic.Uint64
}

// NewClient checks the policy and builds the stack.
func NewClient(c ClientConfig) (*Client, error) {
	if err := c.Policy.Validate(); err != nil {
		return nil, err
	}
	id := c.Sensor.Info().ID
	draws := cmp.Or(c.Draws, id)
	client := &Client{
		index: c.Index, id: id, clock: c.Clock, sensor: c.Sensor, hub: c.Hub,
		stats: c.Stats, changes: c.Changes, beside: c.Beside,
		retryDraw: newDraw(c.Seed, draws, "retry-jitter"), openDraw: newDraw(c.Seed, draws, "open-jitter"),
	}
	if client.changes == nil {
		client.changes = new(atomic.Uint64)
	}
	if c.Health != nil {
		client.healthTracker = newHealthTracker(*c.Health)
	}
	client.truth, _ = sensors.AsTruth(c.Sensor)
	_, planned := sensors.AsPlanned(c.Sensor)
	client.isolate = !planned
	if f, ok := c.Sensor.(*fault.Injector); ok {
		client.active = f.Faulted
	}
	budget, err := c.Policy.Budget()
	if err != nil {
		return nil, err
	}
	first, err := client.assemble(c.Policy, budget, nil, breaker.New)
	if err != nil {
		return nil, err
	}
	client.layers.Store(first)
	if c.Policy.BreakerOff {
		first.breaker.Disable()
	}
	client.started = true
	return client, nil
}

// classify is the breaker's rule in every state. The end of the run says
// nothing about the sensor, and neither does an error of this machine.
func classify(err error) breaker.Outcome {
	if errors.Is(err, clock.ErrStopped) {
		return breaker.Neutral
	}
	if _, local := errors.AsType[sensors.LocalError](err); local {
		return breaker.Neutral
	}
	return breaker.DefaultClassify(err)
}

// Breaker is the client's breaker, for operators and tests. Another policy brings
// another breaker.
func (c *Client) Breaker() *breaker.Breaker { return c.layers.Load().breaker }

// Read makes one call: it reads the sensor through the whole stack, publishes
// the result as an event of the given batch (0 takes the number of the call),
// and returns it. ok is false where the run ended meanwhile; nothing is
// published then.
func (c *Client) Read(ctx context.Context, batch int) (call event.Call, ok bool) {
	_, ok = c.read(ctx, batch, schedule{}, &call)
	return call, ok
}

// read is Read without the copy of the call, for callers that only need to know
// whether a value was served; made, unless it is nil, is set to the call.
func (c *Client) read(ctx context.Context, batch int, due schedule, made *event.Call) (served, ok bool) {
	number := c.calls.Add(1)
	if batch == 0 {
		batch = int(number)
	}
	c.batch.Store(int64(batch))
	f := c.newCall(batch)
	call := &f.event.Call
	call.InFlight = int(c.inFlight.Add(1))
	defer func() {
		if made != nil {
			*made = *call
		}
		c.inFlight.Add(-1)
		c.spare.Store(f)
	}()
	call.Number, call.Start = number, c.clock.Now()
	call.Faulted = c.active != nil && c.active(call.Start)

	reading, err := f.do(ctx)
	end := c.clock.Now()
	if ctx.Err() != nil || errors.Is(f.cause, clock.ErrStopped) {
		return false, false
	}
	f.finish(reading, err, end)
	call.Missed = due.missed(end)
	change, changed := c.trackHealth(call)
	c.publish(&f.event)
	if changed {
		c.publish(&event.Event{At: end, Batch: batch, Sensor: c.index, Kind: event.HealthChanged, Health: &change})
	}
	return call.Served, true
}
