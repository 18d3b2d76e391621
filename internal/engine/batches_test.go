package engine_test

import (
	"slices"
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

func TestABatchStartsAnIntervalAfterTheLastOneOrAtOnce(t *testing.T) {
	long := 0
	for seed := range uint64(30) {
		r := play(t, pipeline(seed, 30, inject(5, lasting(fault.Hang, 3*time.Second), 3)))
		starts, ends := r.of(event.BatchStarted), r.of(event.BatchEnded)
		if len(starts) != 30 || len(ends) != 30 || starts[0].At != 0 {
			t.Fatalf("seed %d: %d batches, %d ends", seed, len(starts), len(ends))
		}
		for i, start := range starts[1:] {
			want := max(starts[i].At+500*ms, ends[i].At)
			if start.At != want || start.Batch != i+2 {
				t.Errorf("seed %d: batch %d starts at %v, not %v", seed, start.Batch, start.At, want)
			}
			if want == ends[i].At {
				long++
			}
		}
	}
	if long < 60 {
		t.Errorf("only %d batches took longer than the interval", long)
	}
}

func TestTheReadsOfABatchAreConcurrent(t *testing.T) {
	r := play(t, pipeline(42, 30))
	for _, end := range r.of(event.BatchEnded) {
		var longest, sum time.Duration
		began := end.At - end.Round.Took
		for i := range 5 {
			c := r.calls(i)[end.Batch-1]
			longest, sum = max(longest, c.Took), sum+c.Took
			if c.Start != began {
				t.Errorf("S%d starts at %v in a batch of %v", i, c.Start, began)
			}
		}
		if end.Round.Took != longest || sum <= longest {
			t.Errorf("batch %d took %v; the longest call %v, all %v", end.Batch, end.Round.Took, longest, sum)
		}
	}
}

func TestARunTellsOfItsStartAndItsEnd(t *testing.T) {
	events := play(t, pipeline(7, 2)).all()
	first, last := events[0], events[len(events)-1]
	run := first.Run
	if first.Kind != event.RunStarted || run.Scenario != "pipeline" || run.Seed != 7 || run.Interval != 500*ms ||
		run.Batches != 2 || !run.Virtual || !run.Naive {
		t.Errorf("%+v", run)
	}
	var ids []string
	for _, s := range run.Sensors {
		ids = append(ids, s.ID)
		if s.Initial.FailuresToTrip != 5 || s.Policy.Resolved().Retry.MaxAttempts != 3 || s.Strategy != "last-known-good" || s.Interval != 0 {
			t.Errorf("%+v", s)
		}
	}
	if !slices.Equal(ids, []string{"S0", "S1", "S2", "S3", "S4"}) {
		t.Error(ids)
	}
	if last.Kind != event.RunEnded || last.Batch != 2 || last.Taken.Text != "the run has ended" || last.Taken.Paused || last.Taken.Speed != 1 {
		t.Errorf("%+v %+v", last, last.Taken)
	}
}
