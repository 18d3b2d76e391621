package engine

import (
	"errors"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

func TestASpentRetryBudgetIsPartOfTheWords(t *testing.T) {
	err := &callError{cause: &retry.BudgetError{Attempts: 1, Err: &sensors.ReadError{Text: "bad frame"}}}
	if got := errorText(err); got != "bad frame, retry budget spent" {
		t.Errorf("%q", got)
	}
}

func TestACircuitTellsWhatItsWindowHolds(t *testing.T) {
	b, err := breaker.New(breaker.Settings{
		Window: breaker.Window{Calls: 10}, MinVolume: 4, FailureRate: 0.5, SlowRate: 0.6, SlowCall: time.Second,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []breaker.Outcome{breaker.Success, breaker.Failure} {
		p, err := b.Acquire()
		if err != nil {
			t.Fatal(err)
		}
		p.Release(o, errors.New("x"))
	}
	c := b.Circuit()
	if c.Sample != (breaker.Sample{Calls: 2, Failures: 1}) || c.FailuresToTrip != 2 || c.SlowToTrip != 3 {
		t.Errorf("%+v", c)
	}
}
