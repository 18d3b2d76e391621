package engine

import (
	"sync"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
)

// healthTracker follows the health of an endpoint from call to call.
type healthTracker struct {
	mu      sync.Mutex
	machine *health.Machine // guarded by mu
}

func newHealthTracker(t health.Thresholds) *healthTracker {
	return &healthTracker{machine: health.NewMachine(t)}
}

// trackHealth gives a call that has ended to the machine. changed is true where the endpoint's
// state is another one now. A call that was refused, or that says nothing about the
// endpoint, is none of its answers.
func (c *Client) trackHealth(call *event.Call) (change health.Change, changed bool) {
	o := c.healthTracker
	if o == nil || !event.Asked(call) {
		return health.Change{}, false
	}
	answer := health.Answer{Began: call.Start, Took: event.LastTook(call), Failed: call.Outcome == breaker.Failure, Err: call.Err}
	if n := len(call.Tries); n > 1 {
		answer.Last = call.Tries[n-1].Start
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	change, changed = o.machine.Observe(answer)
	call.Failing = o.machine.Failing()
	return change, changed
}
