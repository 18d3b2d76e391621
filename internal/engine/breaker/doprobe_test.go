package breaker

import (
	"context"
	"errors"
	"testing"
)

func TestDoProbeIsDoAndTellsWhetherTheCallIsAProbe(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1})
	do := func(want bool, result string, failure error) {
		t.Helper()
		got, err := DoProbe(t.Context(), r.Breaker, func(_ context.Context, probe bool) (string, error) {
			if probe != want {
				t.Errorf("it is told %v, want %v", probe, want)
			}
			return result, failure
		})
		if got != result || err != failure {
			t.Errorf("%q, %v; want %q, %v", got, err, result, failure)
		}
	}
	do(false, "first", nil)
	do(false, "second", errDown)
	r.in(Open)
	refusedWithoutACall := func() {
		t.Helper()
		got, err := DoProbe(t.Context(), r.Breaker, func(context.Context, bool) (int, error) {
			t.Error("called")
			return 1, nil
		})
		if got != 0 || !errors.Is(err, ErrOpen) {
			t.Errorf("%d, %v", got, err)
		}
	}
	refusedWithoutACall() // with the lock
	refusedWithoutACall() // and without
	r.clock.advance(DefaultOpenFor)
	do(true, "third", nil)
	r.in(Closed)
	do(false, "fourth", nil)
	r.counts(Metrics{TotalCalls: 6, SuccessCalls: 3, FailureCalls: 1, FastFailCount: 2, CircuitOpenCount: 1, ProbeSuccessCount: 1})
}

func TestDoProbeFreesTheSlotOfAProbeThatPanics(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.trip()
	r.clock.advance(DefaultOpenFor)
	mustPanic(t, func() {
		_, _ = DoProbe(t.Context(), r.Breaker, func(context.Context, bool) (int, error) { panic("sensor") })
	})
	r.in(Open)
	r.counts(Metrics{TotalCalls: 2, FailureCalls: 2, CircuitOpenCount: 2, ProbeFailCount: 1})
}
