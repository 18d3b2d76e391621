package event

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/health"
)

// Notable is true for events that get a line of text: changes of state and of
// policies, faults, commands, good probes, and calls that ended badly by themselves.
// Of the failed calls of a real endpoint only the first one in a row does, because the
// change of its health tells of the others. The run may be nil.
func Notable(e *Event, run *Run) bool {
	switch e.Kind {
	case StateChanged, FaultBegan, FaultEnded, PolicyChanged:
		return true
	case HealthChanged: // that an endpoint answers at first is expected
		return e.Health.From != health.Unknown || e.Health.To != health.Up
	case CommandTaken, RunEnded:
		return e.Taken.Text != "" // without text it only changes the pace
	case CallEnded:
		if run != nil && e.Call.Failing > 0 {
			return e.Call.Failing == 1 && run.Thresholds.OutageAfter > 1
		}
		return notableCall(&e.Call)
	default:
		return false
	}
}

// notableCall leaves out what another line says already: a live call, a
// refusal, and the call whose end changed the state.
func notableCall(c *Call) bool {
	switch {
	case !c.Admitted || c.Outcome == breaker.Neutral:
		return false
	case c.Probe:
		return c.Outcome == breaker.Success && c.Circuit.State == breaker.HalfOpen
	default:
		return c.Result != Live && c.Circuit.State != breaker.Open
	}
}

// Special is true for all events but the calls that made one attempt or none, nearly all
// of them. A reader of an aggregator's snapshots has those counted, and looks at the
// special ones each by itself.
func Special(e *Event) bool { return e.Kind != CallEnded || e.Call.Attempts > 1 }
