package sentence

import (
	"strings"
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/sensors/fault"
)

// The run's start allows three attempts; the policy may have been tuned since.
func TestAFailedCallIsJudgedByTheAttemptsAllowedThen(t *testing.T) {
	for _, tt := range []struct {
		attempts, most int
		want           string
	}{
		{3, 3, "attempts ran out after 3 (bad frame); nothing to serve"},
		{3, 0, "attempts ran out after 3 (bad frame); nothing to serve"}, // not known: the run's
		{2, 2, "attempts ran out after 2 (bad frame); nothing to serve"},
		{3, 5, "failed after 3 attempts (bad frame); nothing to serve"},
		{1, 1, "failed (bad frame); nothing to serve"},
	} {
		e := event.Event{Kind: event.CallEnded, Call: event.Call{
			Result: event.Missing, Admitted: true, Outcome: breaker.Failure, Err: "bad frame",
			Attempts: tt.attempts, MaxAttempts: tt.most,
		}}
		if got := Describe(&e, eventtest.Run(1)).Text; got != tt.want {
			t.Errorf("%d of %d attempts: %q, want %q", tt.attempts, tt.most, got, tt.want)
		}
	}
}

func TestAFaultThatMakesValuesWrongIsSaidToBeUnseen(t *testing.T) {
	for _, kind := range fault.Kinds() {
		f := kind.Default
		line := Describe(&event.Event{Kind: event.FaultBegan, Fault: &event.Fault{Fault: f, Label: f.Label()}}, nil)
		if said := strings.Contains(line.Text, "no policy can see that"); said != kind.Number.WrongValue() {
			t.Errorf("%s: %q", kind.Name, line.Text)
		}
	}
}
