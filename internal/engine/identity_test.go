package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// The events alone tell what the breakers counted (requirements 2.1), whatever
// the seed and whatever was done to the sensors meanwhile.
func TestTheEventsAddUpToTheBreakersOwnCounts(t *testing.T) {
	for seed := range uint64(100) {
		r, s := playSession(t, pipeline(seed, 40, randomScript(seed, int(seed%20), 40)...))
		snap := r.snapshot()
		for i, b := range s.Breakers() {
			v := snap.Sensors[i]
			if diff := cmp.Diff(b.Metrics(), v.Counts.Metrics); diff != "" {
				t.Errorf("seed %d, %s, breaker and aggregator: %s", seed, v.ID, diff)
			}
			m := v.Counts.Metrics
			if m.TotalCalls != m.SuccessCalls+m.FailureCalls+m.FastFailCount+m.IgnoredCalls+m.InFlight || m.TotalCalls+v.Counts.Held != 40 {
				t.Errorf("seed %d, %s: %+v does not add up", seed, v.ID, m)
			}
			c := v.Counts
			if sum := c.Live + c.Stale + c.Interpolated + c.FastFail + c.Missing; sum != 40 {
				t.Errorf("seed %d, %s: %d results of 40 calls", seed, v.ID, sum)
			}
			// Health is fast-fail whenever the circuit refused or the call was held.
			if c.FastFail != m.FastFailCount+c.Held || c.Live != m.SuccessCalls || c.Stale+c.Missing != m.FailureCalls+m.IgnoredCalls {
				t.Errorf("seed %d, %s: %+v", seed, v.ID, c)
			}
			if c.Retries != c.Attempts-m.SuccessCalls-m.FailureCalls-m.IgnoredCalls {
				t.Errorf("seed %d, %s: %d retries of %d attempts", seed, v.ID, c.Retries, c.Attempts)
			}
		}
	}
}

func TestBugE2EachTransitionBeginsWhereTheLastEnded(t *testing.T) {
	for seed := range uint64(60) {
		state := [5]breaker.State{}
		last := [5]uint64{}
		var seq uint64
		var at time.Duration
		for _, e := range play(t, pipeline(seed, 60, randomScript(seed, 30, 60)...)).all() {
			if seq++; e.Seq != seq {
				t.Fatalf("seed %d: event %d follows %d", seed, e.Seq, seq-1)
			}
			if e.At < at {
				t.Fatalf("seed %d: event %d is at %v, before the one before", seed, e.Seq, e.At)
			}
			at = e.At
			switch e.Kind {
			case event.StateChanged:
				if e.Change.From != state[e.Sensor] {
					t.Fatalf("seed %d, S%d: from %v, but it was %v", seed, e.Sensor, e.Change.From, state[e.Sensor])
				}
				state[e.Sensor] = e.Change.To
			case event.CallEnded:
				if e.Call.Circuit.State != state[e.Sensor] {
					t.Fatalf("seed %d, S%d: a call in %v, but it was %v", seed, e.Sensor, e.Call.Circuit.State, state[e.Sensor])
				}
				if e.Call.Number != last[e.Sensor]+1 || e.Batch != int(e.Call.Number) {
					t.Fatalf("seed %d, S%d: call %d of batch %d follows %d", seed, e.Sensor, e.Call.Number, e.Batch, last[e.Sensor])
				}
				last[e.Sensor]++
			}
		}
	}
}

// An attempt has a place in its call, and nothing is between the attempts but
// the waits.
func TestTriesAndWaitsFillTheCall(t *testing.T) {
	retried := 0
	for seed := range uint64(40) {
		for _, e := range play(t, pipeline(seed, 40, randomScript(seed, 10, 40)...)).of(event.CallEnded) {
			c := e.Call
			if c.Attempts > 1 {
				retried++
			}
			if c.Attempts > 3 || c.Start+c.Took != e.At {
				t.Fatalf("seed %d: %+v", seed, c)
			}
			if c.Tries == nil {
				if c.Attempts > 1 || c.Attempts == 1 && c.Result != event.Live {
					t.Fatalf("seed %d: nothing tells of the attempts of %+v", seed, c)
				}
				continue
			}
			next, waited := c.Start, time.Duration(0)
			for _, try := range c.Tries {
				if try.Start != next {
					t.Fatalf("seed %d: an attempt at %v, not %v", seed, try.Start, next)
				}
				next += try.Took + try.Wait
				waited += try.Wait
			}
			if len(c.Tries) != c.Attempts || next != e.At || waited != c.Waited {
				t.Fatalf("seed %d: %+v", seed, c)
			}
		}
	}
	if retried < 1000 {
		t.Errorf("only %d calls were retried", retried)
	}
}
