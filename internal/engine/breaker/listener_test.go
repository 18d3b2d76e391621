package breaker

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestListenerThatPanicsStopsNeitherTheBreakerNorLaterTransitions(t *testing.T) {
	var seen []Transition
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1, OnTransition: func(tr Transition) {
		seen = append(seen, tr)
		if tr.Reason == TooManyFailures {
			panic("listener")
		}
	}})
	mustPanic(t, func() { r.call(Failure) })
	r.in(Open)
	r.probe().Release(Success, nil)
	r.in(Closed)
	if got := reasons(seen); !cmp.Equal(got, []Reason{TooManyFailures, ProbeDue, ProbesSucceeded}) {
		t.Fatalf("told %v", got)
	}
}

func TestListenerThatPanicsInAcquireLeaksNoSlot(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, OnTransition: func(tr Transition) {
		if tr.Reason == ProbeDue {
			panic("listener")
		}
	}})
	r.trip()
	r.clock.advance(DefaultOpenFor)
	mustPanic(t, func() { _, _ = r.Acquire() })
	if s := r.Snapshot(); s.State != HalfOpen || s.ProbesInFlight != 0 || s.Metrics.InFlight != 0 {
		t.Fatalf("%+v", s)
	}
	r.probe().Release(Success, nil)
}

func TestWhatAPanicLeftUntoldIsToldNextTime(t *testing.T) {
	var r *rig
	var seen []Transition
	r = newRig(t, Settings{FailureThreshold: 1, OnTransition: func(tr Transition) {
		seen = append(seen, tr)
		if tr.Reason == TooManyFailures {
			r.ForceOpen() // queued behind this one
			panic("listener")
		}
	}})
	mustPanic(t, func() { r.call(Failure) })
	if len(seen) != 1 {
		t.Fatalf("told %v", seen)
	}
	r.refused()
	if got := reasons(seen); !cmp.Equal(got, []Reason{TooManyFailures, Forced}) {
		t.Fatalf("told %v", got)
	}
}

func mustPanic(t *testing.T, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
	}()
	f()
}
