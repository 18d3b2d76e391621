package engine_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// everyAttempt is the default fault of a kind with its share raised to all
// attempts.
func everyAttempt(kind fault.Number) fault.Fault {
	f := fault.Default(kind)
	f.Rate = 1
	return f
}

func TestARefusalByARateLimitIsHintedToTheRetries(t *testing.T) {
	var limited error = sensors.LimitError{After: time.Second}
	if h, ok := errors.AsType[retry.Hinted](limited); !ok || h.RetryAfter() != time.Second {
		t.Errorf("%v gives no hint", limited)
	}
	// One read a second is let through; a batch every half second asks.
	r := play(t, pipeline(42, 12, inject(3, lasting(fault.RateLimit, 0), 3)))
	retried := 0
	for _, c := range r.calls(3)[3:] {
		if c.Attempts == 1 {
			continue
		}
		retried++
		if c.Result != event.Live || c.Attempts != 2 || c.Waited < 300*ms || c.Tries[0].Err != "429 too many requests" || c.Tries[0].Took != ms {
			t.Errorf("call %d: %v after %d attempts, waited %v, %+v", c.Number, c.Result, c.Attempts, c.Waited, c.Tries)
		}
	}
	if retried < 4 {
		t.Errorf("only %d calls came too early", retried)
	}
}

func TestACancelledCallerIsNeutralAndNotRetried(t *testing.T) {
	r := play(t, pipeline(42, 12, inject(3, everyAttempt(fault.CallerCancel), 3)))
	for _, c := range r.calls(3)[2:] {
		if c.Outcome != breaker.Neutral || c.Attempts != 1 || c.Took != 20*ms || c.Circuit.Failures != 0 || c.Circuit.State != breaker.Closed {
			t.Errorf("call %d: %v after %d attempts in %v, %+v", c.Number, c.Outcome, c.Attempts, c.Took, c.Circuit)
		}
	}
}

func TestAnInjectedPanicIsAFailureOfItsSensorAlone(t *testing.T) {
	r := play(t, pipeline(42, 12, inject(3, everyAttempt(fault.Panic), 3)))
	c := r.calls(3)[2]
	if c.Outcome != breaker.Failure || c.Attempts != 3 || !strings.Contains(c.Err, "panicked: injected") {
		t.Errorf("%v after %d attempts: %s", c.Outcome, c.Attempts, c.Err)
	}
	if c = r.calls(3)[8]; c.Circuit.State != breaker.Open {
		t.Errorf("after six calls the circuit is %v", c.Circuit.State)
	}
	if got, want := len(r.calls(0)), 12; got != want {
		t.Errorf("%d calls of another sensor, want %d", got, want)
	}
}

// Its end is told although nobody ended it, and the circuit is none the worse.
func TestAFaultThatIsSpentIsToldToHaveEnded(t *testing.T) {
	r := play(t, pipeline(42, 12, inject(3, lasting(fault.FailFirst, 0), 3)))
	calls := r.calls(3)
	if calls[2].Attempts != 3 || calls[2].Result != event.Stale || calls[3].Attempts != 3 || calls[3].Result != event.Live || calls[4].Faulted {
		t.Errorf("%+v\n%+v\n%+v", calls[2], calls[3], calls[4])
	}
	ends := r.of(event.FaultEnded)
	if len(ends) != 1 || ends[0].Batch != 5 || ends[0].Fault.Label != "fails first 5" {
		t.Errorf("ends %+v", ends)
	}
}

// The pipeline without policies asks once a batch: a fault that fails five
// attempts fails five of its batches, and two calls of the other pipeline.
func TestTheNaiveRunIsNotSparedByTheOthersRetries(t *testing.T) {
	config := pipeline(42, 12, inject(3, lasting(fault.FailFirst, 0), 3))
	config.Members = config.Members[3:4]
	config.Script[0].Command.Sensors = nil
	failed := 0
	for _, e := range play(t, config).of(event.BatchEnded) {
		if !e.Round.NaiveDelivered {
			failed++
		}
	}
	if failed != 5 {
		t.Errorf("%d naive batches failed, want 5", failed)
	}
}

func TestABrownoutComesWithLoadAndGoesWithTheOpenCircuit(t *testing.T) {
	r := play(t, pipeline(42, 60, inject(3, lasting(fault.Brownout, 0), 3)))
	opened, served := false, 0
	for _, c := range r.calls(3) {
		opened = opened || c.Circuit.State == breaker.Open
		if opened && c.Result == event.Live {
			served++
		}
	}
	if !opened || served == 0 {
		t.Errorf("opened %v, and %d calls were answered after it", opened, served)
	}
}
