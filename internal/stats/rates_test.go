package stats

import (
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

func TestARateThatTripsIsToldWithItsSample(t *testing.T) {
	for want, c := range map[string]event.Change{
		"52 % of 25 calls failed (limit 50 %; connection refused)": {
			Reason: breaker.TooHighFailureRate, Sample: breaker.Sample{Calls: 25, Failures: 13}, Limit: 0.5, Cause: "connection refused",
		},
		"80 % of 10 calls slower than 200 ms (limit 75 %)": {
			Reason: breaker.TooManySlow, Sample: breaker.Sample{Calls: 10, Slow: 8}, Limit: 0.75,
			Circuit: event.Circuit{SlowCall: 200 * time.Millisecond},
		},
		"100 % of 1 call failed (limit 0.1 %)": {
			Reason: breaker.TooHighFailureRate, Sample: breaker.Sample{Calls: 1, Failures: 1}, Limit: 0.001,
		},
	} {
		if got := Reason(&c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAShareNeverReadsAsMoreThanItIs(t *testing.T) {
	for share, want := range map[float64]string{0: "0 %", 0.49999: "49.9 %", 0.5: "50 %", 0.29: "29 %", 0.9999: "99.9 %", 1: "100 %"} {
		if got := words.Rate(share); got != want {
			t.Errorf("%g is %q, want %q", share, got, want)
		}
	}
}

func TestATunedPolicyIsALine(t *testing.T) {
	e := event.Event{Kind: event.PolicyChanged, Tuned: &event.Tuned{Text: "trip after 5 → 3 failures in a row", By: "you pressed enter"}}
	if !event.Notable(&e) {
		t.Error("not notable")
	}
	if got := Describe(&e, nil).Text; got != "you pressed enter: tuned trip after 5 → 3 failures in a row" {
		t.Errorf("%q", got)
	}
}

// With a window the count in a row is not all that counts.
func TestAFailedCallSaysWhatIsMissingByWhateverRule(t *testing.T) {
	e := event.Event{Kind: event.CallEnded, Call: event.Call{
		Admitted: true, Outcome: breaker.Failure, Result: event.Missing, Attempts: 1, Err: "bad frame",
		Circuit: event.Circuit{Threshold: 5, Failures: 1, FailuresToTrip: 2},
	}}
	if got := Describe(&e, nil).Text; got != "failed (bad frame); nothing to serve; 2 more trip it" {
		t.Errorf("%q", got)
	}
	e.Call.Circuit = event.Circuit{} // no number of failures trips it
	if got := Describe(&e, nil).Text; got != "failed (bad frame); nothing to serve" {
		t.Errorf("%q", got)
	}
}
