package event

import (
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/health"
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
		if Notable(&Event{Kind: CallEnded, Call: c}, nil) {
			t.Errorf("%s: notable", name)
		}
	}
	run := &Run{Beside: true, Thresholds: health.Thresholds{}.Resolved()}
	for n, want := range map[int]bool{1: true, 2: false, 9: false} {
		e := Event{Kind: CallEnded, Call: Call{Result: Missing, Attempts: 1, Outcome: breaker.Failure, Failing: n}}
		if Notable(&e, run) != want {
			t.Errorf("failed call %d of a real endpoint: notable %t", n, !want)
		}
	}
	alone := Event{Kind: CallEnded, Call: Call{Result: Missing, Attempts: 1, Outcome: breaker.Failure, Failing: 1}}
	run.Thresholds.OutageAfter = 1
	if Notable(&alone, run) {
		t.Error("a failed call that is an outage by itself is notable beside that")
	}
	for change, want := range map[health.Change]bool{
		{From: health.Unknown, To: health.Up}:   false,
		{From: health.Unknown, To: health.Down}: true,
		{From: health.Down, To: health.Up}:      true,
		{From: health.Up, To: health.Slow}:      true,
	} {
		if Notable(&Event{Kind: HealthChanged, Health: &change}, run) != want {
			t.Errorf("%v to %v: notable %t", change.From, change.To, !want)
		}
	}
	for _, e := range []Event{
		{Kind: BatchStarted},
		{Kind: BatchEnded},
		{Kind: RunStarted},
		{},
		{Kind: CommandTaken, Taken: &Taken{Paused: true}}, // it only tells the pace
	} {
		if Notable(&e, nil) {
			t.Errorf("%v: notable", e.Kind)
		}
	}
}
