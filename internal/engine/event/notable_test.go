package event

import (
	"testing"

	"resiltui/internal/engine/breaker"
)

func TestACallThatAnotherLineTellsOfIsNotNotable(t *testing.T) {
	open, halfOpen := breaker.Circuit{State: breaker.Open}, breaker.Circuit{State: breaker.HalfOpen, Good: 1, GoodToClose: 1}
	cases := map[string]Call{
		"live":                         {Result: Live, Served: true, Attempts: 1, Admitted: true},
		"refused":                      {Result: FastFail, Served: true, Circuit: open},
		"given up by the caller":       {Result: Missing, Admitted: true, Outcome: breaker.Neutral},
		"the failure that trips":       {Result: Stale, Admitted: true, Outcome: breaker.Failure, Circuit: open},
		"the probe that fails":         {Result: Stale, Admitted: true, Outcome: breaker.Failure, Probe: true, Circuit: open},
		"the probe that closes":        {Result: Live, Admitted: true, Probe: true},
		"a probe given up":             {Result: Missing, Admitted: true, Probe: true, Outcome: breaker.Neutral, Circuit: halfOpen},
		"a live call while a probe is": {Result: Live, Admitted: true, Circuit: halfOpen},
	}
	for name, c := range cases {
		if Notable(&Event{Kind: CallEnded, Call: c}) {
			t.Errorf("%s: notable", name)
		}
	}
	for _, e := range []Event{
		{Kind: BatchStarted},
		{Kind: BatchEnded},
		{Kind: RunStarted},
		{},
		{Kind: CommandTaken, Taken: &Taken{Paused: true}}, // it only tells the pace
	} {
		if Notable(&e) {
			t.Errorf("%v: notable", e.Kind)
		}
	}
}
