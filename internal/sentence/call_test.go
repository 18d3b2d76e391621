package sentence

import (
	"strings"
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/sensors/fault"
)

// The policy in force when the line is read may allow more or fewer than were allowed then.
func TestAFailedCallIsJudgedByTheAttemptsAllowedThen(t *testing.T) {
	for _, tt := range []struct {
		attempts int
		ranOut   bool
		want     string
	}{
		{3, true, "attempts ran out after 3 (bad frame); nothing to serve"},
		{2, true, "attempts ran out after 2 (bad frame); nothing to serve"},
		{3, false, "failed after 3 attempts (bad frame); nothing to serve"},
		{1, true, "failed (bad frame); nothing to serve"},
	} {
		e := event.Event{Kind: event.CallEnded, Call: event.Call{
			Result: event.Missing, Admitted: true, Outcome: breaker.Failure, Err: "bad frame",
			Attempts: tt.attempts, RanOut: tt.ranOut,
		}}
		if got := Describe(&e, eventtest.Run(1)).Text; got != tt.want {
			t.Errorf("%d attempts, ran out: %v: %q, want %q", tt.attempts, tt.ranOut, got, tt.want)
		}
	}
}

func TestACallThatIsToldToWaitSaysForHowLong(t *testing.T) {
	e := event.Event{Kind: event.CallEnded, At: 2e9, Call: event.Call{
		Result: event.Missing, Admitted: true, Outcome: breaker.Failure, Err: "429 Too Many Requests", Attempts: 1, HeldUntil: 32e9,
	}}
	if got, want := Describe(&e, eventtest.Run(1)).Text, "failed (429 Too Many Requests); nothing to serve; held for 30 s"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := Held(24.31e9), "held 24.4 s more, the server asked to wait"; got != want {
		t.Errorf("%q, want %q", got, want)
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
