package stats

import (
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

func TestACallThatAnotherLineTellsOfIsNotNotable(t *testing.T) {
	open, halfOpen := event.Circuit{State: breaker.Open}, event.Circuit{State: breaker.HalfOpen, Good: 1, Needed: 2}
	cases := map[string]event.Call{
		"live":                         {Result: event.Live, Served: true, Attempts: 1, Admitted: true},
		"refused":                      {Result: event.FastFail, Served: true, Circuit: open},
		"given up by the caller":       {Result: event.Missing, Admitted: true, Outcome: breaker.Neutral},
		"the failure that trips":       {Result: event.Stale, Admitted: true, Outcome: breaker.Failure, Circuit: open},
		"the probe that fails":         {Result: event.Stale, Admitted: true, Outcome: breaker.Failure, Probe: true, Circuit: open},
		"the probe that closes":        {Result: event.Live, Admitted: true, Probe: true},
		"a probe given up":             {Result: event.Missing, Admitted: true, Probe: true, Outcome: breaker.Neutral, Circuit: halfOpen},
		"a live call while a probe is": {Result: event.Live, Admitted: true, Circuit: halfOpen},
	}
	for name, c := range cases {
		if Notable(&event.Event{Kind: event.CallEnded, Call: c}) {
			t.Errorf("%s: notable", name)
		}
	}
	for _, e := range []event.Event{
		{Kind: event.BatchStarted},
		{Kind: event.BatchEnded},
		{Kind: event.RunStarted},
		{},
		{Kind: event.CommandTaken, Taken: &event.Taken{Paused: true}}, // it only tells the pace
	} {
		if Notable(&e) {
			t.Errorf("%v: notable", e.Kind)
		}
	}
}
