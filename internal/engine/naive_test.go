package engine_test

import (
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// alwaysClosed is the pipeline with circuits that never open, so that every
// call has a first attempt.
func alwaysClosed(seed uint64, script ...engine.Scripted) engine.Config {
	config := pipeline(seed, 30, script...)
	for i := range config.Members {
		config.Members[i].Policy.Breaker.FailureThreshold = 1000
	}
	return config
}

// firstAttempts is whether all first attempts of a batch succeeded, and how
// long the longest took.
type firstAttempts struct {
	ok   bool
	took time.Duration
}

func firstOf(r *recorder) map[int]firstAttempts {
	first := map[int]firstAttempts{}
	for _, e := range r.of(event.CallEnded) {
		f, known := first[e.Batch]
		ok, took := e.Call.Attempts == 1, e.Call.Took
		if e.Call.Tries != nil {
			ok, took = e.Call.Tries[0].Err == "", e.Call.Tries[0].Took
		}
		first[e.Batch] = firstAttempts{(f.ok || !known) && ok, max(f.took, took)}
	}
	return first
}

func TestTheNaiveRunIsTheFirstAttemptsOfTheResilientOne(t *testing.T) {
	hung := 0
	for seed := range uint64(40) {
		script := []engine.Scripted{
			inject(3, lasting(fault.Slow, 2*time.Second), 0),
			inject(6, lasting(fault.Errors, 2700*ms)),
			inject(10, lasting(fault.Crash, 1600*ms), 3),
			inject(14, lasting(fault.Hang, 1200*ms), 3),
			inject(18, fault.Fault{Kind: fault.Slow, Extra: time.Second, Until: 1100 * ms}, 1),
			inject(22, lasting(fault.Flap, 0), 0),
		}
		r := play(t, alwaysClosed(seed, script...))
		first := firstOf(r)
		for _, e := range r.of(event.BatchEnded) {
			want := first[e.Batch]
			if e.Round.NaiveDelivered != want.ok || e.Round.NaiveTook != want.took {
				t.Errorf("seed %d, batch %d: %v in %v, the first attempts %v in %v",
					seed, e.Batch, e.Round.NaiveDelivered, e.Round.NaiveTook, want.ok, want.took)
			}
			if want.took == 250*ms {
				hung++
			}
		}
	}
	if hung < 80 {
		t.Errorf("only %d batches came to the limit of time", hung)
	}
}

// What the circuits refuse changes neither the draws nor the naive run.
func TestTheNaiveRunDoesNotDependOnThePolicies(t *testing.T) {
	for seed := range uint64(20) {
		without, with := play(t, alwaysClosed(seed)), play(t, pipeline(seed, 30))
		// The batches start at other times, which only faults and values know.
		for i, e := range with.of(event.BatchEnded) {
			if other := without.of(event.BatchEnded)[i]; e.Round.NaiveDelivered != other.Round.NaiveDelivered || e.Round.NaiveTook != other.Round.NaiveTook {
				t.Errorf("seed %d, batch %d: %+v and %+v", seed, e.Batch, e.Round, other.Round)
			}
		}
	}
}

func TestANaiveReadHasTheTimeoutAsItsLimit(t *testing.T) {
	tests := []struct {
		name   string
		plan   sensors.Plan
		limit  time.Duration
		wantOK bool
		took   time.Duration
	}{
		{"in time", sensors.Plan{Latency: 50 * ms}, 250 * ms, true, 50 * ms},
		{"at the limit", sensors.Plan{Latency: 250 * ms}, 250 * ms, true, 250 * ms},
		{"too late", sensors.Plan{Latency: 251 * ms}, 250 * ms, false, 250 * ms},
		{"failed", sensors.Plan{Latency: 50 * ms, Err: errOdd}, 250 * ms, false, 50 * ms},
		{"failed too late", sensors.Plan{Latency: time.Second, Err: errOdd}, 250 * ms, false, 250 * ms},
		{"hung", sensors.Plan{Hang: true}, 250 * ms, false, 250 * ms},
		{"no limit", sensors.Plan{Latency: time.Hour}, 0, true, time.Hour},
		{"hung for ever", sensors.Plan{Hang: true}, 0, false, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if ok, took := engine.Outcome(tt.plan, tt.limit); ok != tt.wantOK || took != tt.took {
				t.Errorf("%v in %v", ok, took)
			}
		})
	}
}
