package fault

import (
	"context"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
	"resiltui/internal/sensors/simulated"
)

func TestTheOutcomeIsThePlanWithoutItsReading(t *testing.T) {
	clock := &sensorstest.Clock{}
	s, err := simulated.New(simulated.Config{
		Info: sensors.Info{ID: "s"}, Seed: 7, Signal: simulated.Constant(20), Noise: 1, FailProbability: 0.4,
		Latency: simulated.Latency{Median: 10 * time.Millisecond, Sigma: 0.5}, Sleep: clock.Sleep,
	})
	if err != nil {
		t.Fatal(err)
	}
	faulty := Wrap(s, 7, clock.Sleep, nil)
	planned, _ := faulty.Planned()
	failed := 0
	for call := uint64(1); call <= 400; call++ {
		at := time.Duration(call) * time.Second
		if call == 200 {
			for _, kind := range []Number{Slow, Errors, Corrupt} {
				faulty.Inject(Default(kind), at)
			}
		}
		for attempt := 1; attempt <= 2; attempt++ {
			r := sensors.Request{Call: call, Attempt: attempt, At: at}
			for _, p := range []sensors.Planned{s, planned} {
				want := p.Plan(r)
				want.Reading = sensors.Reading{}
				if got := sensors.OutcomeOf(p, r); got != want {
					t.Fatalf("%+v: %+v, not %+v", r, got, want)
				}
				_, _ = p.Read(context.Background(), r)
				if got := sensors.OutcomeOf(p, r); got != want {
					t.Fatalf("%+v, once it was read: %+v, not %+v", r, got, want)
				}
				if want.Err != nil {
					failed++
				}
			}
		}
		// The same attempt at another time is another one.
		r := sensors.Request{Call: call, Attempt: 1, At: at + time.Hour}
		if got, want := sensors.OutcomeOf(planned, r), planned.Plan(r); got.Latency != want.Latency || got.Err != want.Err {
			t.Fatalf("%+v: %+v, not %+v", r, got, want)
		}
	}
	if failed == 0 || failed == 1600 {
		t.Errorf("%d of 1,600 attempts failed", failed)
	}
}
