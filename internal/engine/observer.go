package engine

import (
	"sync"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
)

// observer follows the health of an endpoint from call to call.
type observer struct {
	mu      sync.Mutex
	machine *health.Machine // guarded by mu
}

func newObserver(t health.Thresholds) *observer { return &observer{machine: health.NewMachine(t)} }

// observe gives a call that was published to the machine, and publishes the change that it
// makes. A call that was refused, or that says nothing about the endpoint, is none of its
// answers.
func (c *Client) observe(e *event.Event) {
	call := &e.Call
	if c.observed == nil || !event.Asked(call) {
		return
	}
	answer := health.Answer{Began: call.Start, Took: event.LastTook(call), Failed: call.Outcome == breaker.Failure, Err: call.Err}
	c.observed.mu.Lock()
	change, changed := c.observed.machine.Observe(answer)
	c.observed.mu.Unlock()
	if changed {
		c.publish(&event.Event{At: e.At, Batch: e.Batch, Sensor: e.Sensor, Kind: event.HealthChanged, Health: &change})
	}
}
