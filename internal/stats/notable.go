package stats

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// Notable is true for events that deserve a line of words: changes of state and of
// policies, faults, commands, good probes, and calls that ended badly by themselves.
func Notable(e *event.Event) bool {
	switch e.Kind {
	case event.StateChanged, event.FaultBegan, event.FaultEnded, event.PolicyChanged:
		return true
	case event.CommandTaken, event.RunEnded:
		return e.Taken.Text != "" // without words it only tells the pace
	case event.CallEnded:
		return notableCall(&e.Call)
	default:
		return false
	}
}

// notableCall leaves out what another line tells already: a live call, a
// refusal, and the call whose end changed the state.
func notableCall(c *event.Call) bool {
	switch {
	case !c.Admitted || c.Outcome == breaker.Neutral:
		return false
	case c.Probe:
		return c.Outcome == breaker.Success && c.Circuit.State == breaker.HalfOpen
	default:
		return c.Result != event.Live && c.Circuit.State != breaker.Open
	}
}
