package breaker

import (
	"testing"
	"time"
)

func TestBugC1CallBegunWhileClosedDoesNotDecideHalfOpen(t *testing.T) {
	for _, o := range []Outcome{Success, Failure, Neutral} {
		t.Run(o.String(), func(t *testing.T) {
			r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1})
			late := r.begin()
			r.trip()
			probe := r.probe()
			late.Release(o, errDown)
			r.in(HalfOpen)
			probe.Release(Success, nil)
			r.in(Closed)
		})
	}
}

func TestBugC1LateResultsAreCountedAsWhatTheyWere(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 2, MaxProbes: 2})
	late := r.begin()
	r.trip()
	a, b := r.probe(), r.probe()
	a.Release(Failure, errDown)
	b.Release(Success, nil) // a probe whose phase is over is no probe any more
	late.Release(Neutral, nil)
	r.counts(Metrics{
		TotalCalls: 4, SuccessCalls: 1, FailureCalls: 2, IgnoredCalls: 1,
		CircuitOpenCount: 2, ProbeFailCount: 1,
	})
}

func TestBugC1LateSuccessDoesNotResetTheFailuresOfALaterGeneration(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 2})
	late := r.begin()
	r.Reset()
	r.call(Failure)
	late.Release(Success, nil)
	if got := r.Snapshot().Failures; got != 1 {
		t.Fatalf("failures in a row: %d, want 1", got)
	}
}

func TestBugC2LateFailureWhileOpenDoesNotRestartTheDelay(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	late := r.begin()
	r.trip()
	before := r.Snapshot()
	r.clock.advance(2 * time.Second)
	late.Release(Failure, errDown)
	after := r.Snapshot()
	if after.Since != before.Since || after.ProbeAt != before.ProbeAt || len(r.seen) != 1 || after.Opens != 1 {
		t.Fatalf("a late failure changed the opening:\nbefore %+v\nafter %+v\nseen %v", before, after, r.seen)
	}
	if after.LastFailure != 2*time.Second {
		t.Fatalf("LastFailure is %v: a late failure is one all the same", after.LastFailure)
	}
}

func TestBugD2WhatTheTableDoesNotListPanics(t *testing.T) {
	illegal := 0
	for from := Closed; from <= Disabled; from++ {
		for why := TooManyFailures; why <= TooManySlow+1; why++ {
			if _, ok := target(from, why); ok {
				continue
			}
			illegal++
			r := newRig(t, Settings{})
			r.state = from
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%v in %v did not panic", why, from)
					}
				}()
				r.move(why, 0, nil)
			}()
			if r.state != from || r.gen != 0 {
				t.Errorf("%v in %v changed the state", why, from)
			}
		}
	}
	if illegal != 43 { // 5 states by 13 reasons, less the 22 rows of the table
		t.Errorf("%d illegal pairs, want 43", illegal)
	}
}

func TestBugD5ResetBringsNoOldCountsBack(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 3, OpenGrowth: 2})
	r.call(Failure)
	r.call(Failure)
	old := r.begin()
	r.Reset()
	old.Release(Failure, errDown)
	if s := r.Snapshot(); s.Failures != 0 || s.FailuresToTrip != 3 || s.Generation != 1 {
		t.Fatalf("after a reset: %+v", s)
	}
	r.trip()
	r.probe().Release(Failure, errDown)
	r.Reset()
	r.in(Closed)
	r.trip()
	if got := r.Snapshot().OpenFor; got != DefaultOpenFor {
		t.Fatalf("the delay after a reset is %v, want %v", got, DefaultOpenFor)
	}
	if got := r.Metrics(); got.FailureCalls != 10 || got.CircuitOpenCount != 3 {
		t.Fatalf("a reset keeps the metrics; got %+v", got)
	}
}

func TestBugD5OneBreakerDoesNotTouchAnother(t *testing.T) {
	a, b := newRig(t, Settings{FailureThreshold: 1}), newRig(t, Settings{FailureThreshold: 1})
	a.trip()
	b.call(Success)
	b.in(Closed)
	b.counts(Metrics{TotalCalls: 1, SuccessCalls: 1})
}
