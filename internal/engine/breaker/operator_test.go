package breaker

import (
	"testing"
	"time"
)

func TestForcedOpenRefusesUntilReleasedAndThenProbesDecide(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1})
	inFlight := r.begin()
	r.ForceOpen()
	r.clock.advance(time.Hour)
	r.refused()
	inFlight.Release(Success, nil)
	r.in(ForcedOpen)
	r.ReleaseForced()
	s := r.Snapshot()
	if s.State != Open || !s.ProbeDue || s.ProbeAt != time.Hour || s.OpenFor != 0 {
		t.Fatalf("after the release: %+v", s)
	}
	r.begin().Release(Failure, errDown)
	if s := r.Snapshot(); s.State != Open || s.OpenFor != DefaultOpenFor {
		t.Fatalf("after a failed probe: %+v", s)
	}
	r.probe().Release(Success, nil)
	r.in(Closed)
	if got := r.Snapshot().Opens; got != 2 { // forced, and the failed probe; the release is none
		t.Fatalf("%d openings, want 2", got)
	}
}

func TestForcingAnOpenCircuitCountsAsAnOpening(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.trip()
	r.ForceOpen()
	if got := r.Snapshot().Opens; got != 2 {
		t.Fatalf("%d openings, want 2", got)
	}
	var opens uint64
	for _, tr := range r.seen {
		if tr.Opens() {
			opens++
		}
	}
	if opens != 2 {
		t.Fatalf("Opens is true of %d transitions, want 2", opens)
	}
}

func TestDisabledLetsAllThroughJudgesNoneAndCounts(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.trip()
	r.Disable()
	late := r.begin()
	for range 10 {
		r.call(Failure)
		r.call(Success)
		r.call(Neutral)
	}
	r.in(Disabled)
	r.counts(Metrics{TotalCalls: 32, SuccessCalls: 10, FailureCalls: 11, IgnoredCalls: 10, CircuitOpenCount: 1, InFlight: 1})
	r.Enable()
	late.Release(Failure, errDown)
	r.in(Closed)
}

func TestActionThatDoesNotApplyDoesNothing(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.Enable()
	r.ReleaseForced()
	if len(r.seen) != 0 {
		t.Fatalf("in CLOSED: %v", r.seen)
	}
	r.ForceOpen()
	r.clock.advance(time.Second)
	r.ForceOpen()
	r.Enable()
	if s := r.Snapshot(); len(r.seen) != 1 || s.Since != 0 || s.Opens != 1 {
		t.Fatalf("in FORCED_OPEN: %v", r.seen)
	}
	r.Disable()
	r.Disable()
	r.ReleaseForced()
	if len(r.seen) != 2 {
		t.Fatalf("in DISABLED: %v", r.seen)
	}
}

func TestResetIsATransitionInClosedToo(t *testing.T) {
	r := newRig(t, Settings{})
	r.Reset()
	if len(r.seen) != 1 || r.seen[0].From != Closed || r.seen[0].To != Closed || r.seen[0].Reason != WasReset {
		t.Fatalf("%v", r.seen)
	}
}

func TestReadingChangesNothing(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, ProbeTimeout: time.Second})
	read := func(want State) {
		t.Helper()
		gen := r.Snapshot().Generation
		for range 3 {
			_, _, _, _ = r.Snapshot(), r.Status(), r.Metrics(), r.Settings()
		}
		if s := r.Snapshot(); s.State != want || s.Generation != gen {
			t.Fatalf("reading made %v of %v", s.State, want)
		}
	}
	r.trip()
	r.clock.advance(time.Hour)
	read(Open)
	r.probe()
	r.clock.advance(time.Hour)
	read(HalfOpen)
}
