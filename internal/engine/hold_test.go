package engine_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// busy is a refusal that says when to come back.
func busy(after time.Duration) sensors.Plan {
	return sensors.Plan{Err: sensors.LimitError{After: after}}
}

// patient is the pipeline's policy with a longest wait of a second.
func patient() policy.Policy {
	p := layers()
	p.Retry.MaxDelay = time.Second
	return p
}

func TestACallBeforeTheTimeThatTheSensorAskedForIsHeld(t *testing.T) {
	b := newBench(t, patient(), inTurn(good(7), busy(30*time.Second), good(8)))
	asked := b.read(t, 2)[1]
	if asked.Attempts != 1 || asked.Result != event.Stale || asked.Outcome != breaker.Failure || asked.HeldUntil != 30100*ms ||
		asked.Err != "429 too many requests, asks for a longer wait" || asked.RanOut {
		t.Errorf("the call that was told to wait: %+v", asked)
	}
	b.sleep(t, 29999*ms) // one millisecond too early
	before := b.client.Breaker().Metrics()
	want := event.Call{
		Number: 3, Start: 30099 * ms, Result: event.FastFail, Served: true, Quality: fallback.Stale, Value: 7, SourceAt: 50 * ms,
		Err: "held, the server asked to wait", Held: true, HeldUntil: 30100 * ms, InFlight: 1,
		Circuit: breaker.Circuit{Failures: 1, FailuresToTrip: 4},
	}
	if diff := cmp.Diff(want, b.read(t, 1)[0]); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(before, b.client.Breaker().Metrics()); diff != "" {
		t.Errorf("the breaker was asked: %s", diff)
	}
	if sent := len(b.sensor.requests()); sent != 2 {
		t.Errorf("%d requests reached the sensor, want 2", sent)
	}
	b.sleep(t, ms)
	if c := b.read(t, 1)[0]; c.Result != event.Live || c.Value != 8 || c.HeldUntil != 0 {
		t.Errorf("at that time: %+v", c)
	}
}

func TestWhatTheLastAttemptWasToldHoldsTheNextCall(t *testing.T) {
	b := newBench(t, patient(), inTurn(busy(100*ms), busy(100*ms), busy(600*ms), good(1)))
	ranOut := b.read(t, 1)[0]
	if ranOut.Attempts != 3 || !ranOut.RanOut || ranOut.HeldUntil != ranOut.Took+600*ms {
		t.Errorf("%+v", ranOut)
	}
	if c := b.read(t, 1)[0]; !c.Held || c.Result != event.FastFail || c.Served {
		t.Errorf("%+v", c)
	}
	b.sleep(t, 600*ms)
	if c := b.read(t, 1)[0]; c.Result != event.Live {
		t.Errorf("%+v", c)
	}
}

func TestAPolicyWithoutARuleForWaitsHoldsNothing(t *testing.T) {
	p := layers()
	p.Retry.MaxAttempts = 1
	b := newBench(t, p, inTurn(busy(time.Hour), good(1)))
	if c := b.read(t, 2)[1]; c.Result != event.Live {
		t.Errorf("%+v", c)
	}
}

func TestACallThatIsHeldTakesNoProbe(t *testing.T) {
	p := patient()
	p.Breaker.FailureThreshold, p.Breaker.OpenFor = 1, time.Second
	b := newBench(t, p, inTurn(busy(10*time.Second), good(1)))
	b.read(t, 1)
	b.sleep(t, 5*time.Second) // the probe has long been due
	if c := b.read(t, 1)[0]; !c.Held || c.Circuit.State != breaker.Open {
		t.Errorf("%+v", c)
	}
	b.sleep(t, 5*time.Second)
	if c := b.read(t, 1)[0]; !c.Probe || c.Result != event.Live {
		t.Errorf("%+v", c)
	}
}

func TestHeldCallsCountAsCallsOfARealRun(t *testing.T) {
	config := realRun(member("busy", patient(), func(context.Context, clock.Clock, sensors.Request) (sensors.Reading, error) {
		return sensors.Reading{}, sensors.LimitError{After: 30 * time.Second}
	}))
	config.Batches = 4
	onWall(t, config, func(t *testing.T, l *live) {
		time.Sleep(time.Minute)
		var held int
		for _, c := range l.calls(0) {
			if c.Held {
				held++
			}
		}
		if n := len(l.calls(0)); n != 4 || held != 3 {
			t.Errorf("%d calls, %d of them held", n, held)
		}
		c := l.snapshot().Sensors[0].Counts
		if c.FastFail != 3 || c.Held != 3 || c.Metrics.TotalCalls != 1 || c.Metrics.FastFailCount != 0 {
			t.Errorf("%+v", c)
		}
	})
}

func TestARehearsalHoldsWhatTheRunHeld(t *testing.T) {
	limit := fault.Fault{Kind: fault.RateLimit, Count: 1, Period: 20 * time.Second}
	config := pipeline(42, 60, inject(5, limit, 3))
	config.Members[3].Policy = patient()
	rehearsable(t, config, func(l *live) {
		held := 0
		for _, c := range l.calls(3) {
			if c.Held {
				held++
			}
		}
		for batches := range 60 {
			got, err := l.session.Rehearse(batches+1, nil)
			if err != nil {
				t.Fatal(err)
			}
			first := 60 - batches
			if diff := cmp.Diff(window(l.all(), first, 60), window(got, first, 60)); diff != "" {
				t.Fatalf("from batch %d: %s", first, diff)
			}
		}
		if held < 20 {
			t.Errorf("%d calls were held", held)
		}
	})
}
