package simulated

import (
	"context"
	"testing"
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/sensorstest"
)

// plainPlan hides the Outcome of a sensor.
type plainPlan struct{ sensors.Planned }

func TestASensorWithoutOutcomesIsAskedForItsPlan(t *testing.T) {
	s, err := New(Config{Info: sensors.Info{ID: "s"}, Signal: Constant(20), Sleep: new(sensorstest.Clock).Sleep})
	if err != nil {
		t.Fatal(err)
	}
	r := sensors.Request{Call: 1, Attempt: 1}
	if got := sensors.OutcomeOf(plainPlan{s}, r); got != s.Outcome(r) || got.Reading != (sensors.Reading{}) {
		t.Errorf("%+v, not %+v", got, s.Outcome(r))
	}
}

func TestATruthThatIsRememberedIsThatOfTheSignal(t *testing.T) {
	clock := &sensorstest.Clock{}
	signal := Sine{Mean: 20, Amplitude: 3, Period: 7 * time.Second}
	s := made(t, Config{
		Info: sensors.Info{ID: "s"}, Seed: 7, Signal: signal, Noise: 1, FailProbability: 0.4,
		Latency: Latency{Median: 10 * time.Millisecond, Sigma: 0.5}, Sleep: clock.Sleep,
	})
	answered := 0
	for call := uint64(1); call <= 100; call++ {
		for attempt := 1; attempt <= 2; attempt++ {
			at := time.Duration(call) * time.Second / 3
			reading, err := s.Read(context.Background(), sensors.Request{Call: call, Attempt: attempt, At: at})
			if err == nil {
				answered++
			}
			for _, at := range []time.Duration{reading.At, 0, at, reading.At + 1, reading.At} {
				if got, want := s.Truth(at), signal.At(at); got != want {
					t.Fatalf("call %d, at %v: %v, not %v", call, at, got, want)
				}
			}
		}
	}
	if answered == 0 || answered == 200 {
		t.Errorf("%d reads were answered", answered)
	}
}
