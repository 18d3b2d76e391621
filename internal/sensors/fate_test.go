package sensors

import (
	"context"
	"testing"
	"time"
)

func TestTheFateIsThePlanWithoutItsReading(t *testing.T) {
	clock := &testClock{}
	s, err := NewSimulated(SimulatedConfig{
		Info: Info{ID: "s"}, Seed: 7, Signal: Constant(20), Noise: 1, FailProbability: 0.4,
		Latency: Latency{Median: 10 * time.Millisecond, Sigma: 0.5}, Sleep: clock.sleep,
	})
	if err != nil {
		t.Fatal(err)
	}
	faulty := NewFaulty(s, 7, clock.sleep, nil)
	planned, _ := faulty.Planned()
	failed := 0
	for call := uint64(1); call <= 400; call++ {
		at := time.Duration(call) * time.Second
		if call == 200 {
			for _, kind := range []FaultKind{Slow, Errors, Corrupt} {
				faulty.Inject(DefaultFault(kind), at)
			}
		}
		for attempt := 1; attempt <= 2; attempt++ {
			r := Request{Call: call, Attempt: attempt, At: at}
			for _, p := range []Planned{s, planned} {
				want := p.Plan(r)
				want.Reading = Reading{}
				if got := FateOf(p, r); got != want {
					t.Fatalf("%+v: %+v, not %+v", r, got, want)
				}
				_, _ = p.Read(context.Background(), r)
				if got := FateOf(p, r); got != want {
					t.Fatalf("%+v, once it was read: %+v, not %+v", r, got, want)
				}
				if want.Err != nil {
					failed++
				}
			}
		}
		// The same attempt at another time is another one.
		r := Request{Call: call, Attempt: 1, At: at + time.Hour}
		if got, want := FateOf(planned, r), planned.Plan(r); got.Latency != want.Latency || got.Err != want.Err {
			t.Fatalf("%+v: %+v, not %+v", r, got, want)
		}
	}
	if failed == 0 || failed == 1600 {
		t.Errorf("%d of 1,600 attempts failed", failed)
	}
}

// plainPlan hides the Fate of a sensor.
type plainPlan struct{ Planned }

func TestASensorWithoutFateIsAskedForItsPlan(t *testing.T) {
	s, err := NewSimulated(SimulatedConfig{Info: Info{ID: "s"}, Signal: Constant(20), Sleep: new(testClock).sleep})
	if err != nil {
		t.Fatal(err)
	}
	r := Request{Call: 1, Attempt: 1}
	if got := FateOf(plainPlan{s}, r); got != s.Fate(r) || got.Reading != (Reading{}) {
		t.Errorf("%+v, not %+v", got, s.Fate(r))
	}
}

func TestATruthThatIsRememberedIsThatOfTheSignal(t *testing.T) {
	clock := &testClock{}
	signal := Sine{Mean: 20, Amplitude: 3, Period: 7 * time.Second}
	s := simulated(t, SimulatedConfig{
		Info: Info{ID: "s"}, Seed: 7, Signal: signal, Noise: 1, FailProbability: 0.4,
		Latency: Latency{Median: 10 * time.Millisecond, Sigma: 0.5}, Sleep: clock.sleep,
	})
	answered := 0
	for call := uint64(1); call <= 100; call++ {
		for attempt := 1; attempt <= 2; attempt++ {
			at := time.Duration(call) * time.Second / 3
			reading, err := s.Read(context.Background(), Request{Call: call, Attempt: attempt, At: at})
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
