package breaker

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNamesOfStatesReasonsAndOutcomes(t *testing.T) {
	for s, want := range []string{"CLOSED", "OPEN", "HALF_OPEN", "FORCED_OPEN", "DISABLED"} {
		text, err := State(s).MarshalText()
		if State(s).String() != want || string(text) != want || err != nil {
			t.Errorf("state %d: %v, %s, %v; want %s", s, State(s), text, err, want)
		}
	}
	for r := TooManyFailures; r <= TooManySlow; r++ {
		text, err := r.MarshalText()
		if string(text) != r.String() || err != nil || strings.Contains(r.String(), "Reason(") {
			t.Errorf("reason %v: %s, %v", r, text, err)
		}
	}
	for o, want := range []string{"success", "failure", "neutral", "Outcome(3)"} {
		if got := Outcome(o).String(); got != want {
			t.Errorf("outcome %d: %s, want %s", o, got, want)
		}
	}
	if _, err := State(9).MarshalText(); err == nil || State(9).String() != "State(9)" {
		t.Errorf("an unknown state: %v, %v", State(9), err)
	}
	if _, err := Reason(99).MarshalText(); err == nil || Reason(99).String() != "Reason(99)" {
		t.Errorf("an unknown reason: %v, %v", Reason(99), err)
	}
}

func TestOutcomeThatIsNoneOfTheThreeIsAFailure(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.begin().Release(Outcome(200), nil)
	r.in(Open)
	r.probe().Release(Outcome(200), nil)
	r.in(Open)
	r.counts(Metrics{TotalCalls: 2, FailureCalls: 2, CircuitOpenCount: 2, ProbeFailCount: 1})
}

func TestTransitionReadsAsALine(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 3, ProbeTimeout: time.Second})
	r.trip()
	r.probe().Release(Failure, errDown)
	r.probe()
	r.clock.advance(2 * time.Second)
	r.refused()
	r.probe().Release(Success, nil)
	r.probe().Release(Success, nil)
	r.Disable()
	r.ForceOpen()
	r.ReleaseForced()
	r.Reset()
	r.Disable()
	r.Enable()
	var got []string
	for _, tr := range r.seen {
		got = append(got, tr.String())
	}
	want := []string{
		"CLOSED to OPEN: 3 failures in a row (connection refused)",
		"OPEN to HALF_OPEN: probe due",
		"HALF_OPEN to OPEN: probe failed (connection refused)",
		"OPEN to HALF_OPEN: probe due",
		"HALF_OPEN to OPEN: probe timed out",
		"OPEN to HALF_OPEN: probe due",
		"HALF_OPEN to CLOSED: 2 good probes in a row",
		"CLOSED to DISABLED: disabled",
		"DISABLED to FORCED_OPEN: forced open",
		"FORCED_OPEN to OPEN: force released",
		"OPEN to CLOSED: reset",
		"CLOSED to DISABLED: disabled",
		"DISABLED to CLOSED: enabled",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("(-want +got):\n%s", diff)
	}
	one := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1})
	one.begin().Release(Failure, nil)
	one.probe().Release(Success, nil)
	if a, b := one.seen[0].String(), one.seen[2].String(); a != "CLOSED to OPEN: 1 failure" || b != "HALF_OPEN to CLOSED: 1 good probe" {
		t.Errorf("%q, %q", a, b)
	}
}

func TestTransitionNamesTheFailuresThatCausedIt(t *testing.T) {
	for _, threshold := range []int{1, 3, 16, 17, 40} {
		r := newRig(t, Settings{FailureThreshold: threshold})
		r.call(Failure) // resets are not among the causes
		if threshold > 1 {
			r.call(Success)
			for range threshold {
				r.clock.advance(time.Second)
				r.call(Failure)
			}
		}
		last := r.Snapshot().Last
		if last.Failures != threshold || len(last.Causes) != min(threshold, 16) {
			t.Fatalf("threshold %d: %d failures, %d causes", threshold, last.Failures, len(last.Causes))
		}
		for i, c := range last.Causes {
			want := last.At - time.Duration(len(last.Causes)-1-i)*time.Second
			if c.Err != errDown || c.At != want {
				t.Fatalf("threshold %d: cause %d is %+v, want one at %v", threshold, i, c, want)
			}
		}
	}
}

func TestRefusalSaysWhichStateAndWhenToTryAgain(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.clock.set(time.Second)
	r.trip()
	check := func(want OpenError, text string) {
		t.Helper()
		if got := r.refused(); *got != want || got.Error() != text {
			t.Errorf("%+v %q\nwant %+v %q", *got, got, want, text)
		}
	}
	check(OpenError{Open, time.Second, 4 * time.Second, true}, "circuit open since 1s, probe due at 4s")
	r.probe()
	check(OpenError{State: HalfOpen, Since: 4 * time.Second}, "circuit half-open since 4s, no probe free")
	r.ForceOpen()
	check(OpenError{State: ForcedOpen, Since: 4 * time.Second}, "circuit forced open since 4s")
	if errors.Is(r.refused(), errDown) {
		t.Error("a refusal matches any error")
	}
}
