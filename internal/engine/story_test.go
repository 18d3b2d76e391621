package engine_test

import (
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

// transitions are those of a sensor's breaker to a state.
func transitions(r *recorder, sensor int, to breaker.State) (found []event.Event) {
	for _, e := range r.of(event.StateChanged) {
		if e.Sensor == sensor && e.Change.To == to {
			found = append(found, e)
		}
	}
	return found
}

func TestTheDefaultSeedTellsTheStory(t *testing.T) {
	r := play(t, pipeline(scenario.DefaultSeed, 30))
	sensors := r.snapshot().Sensors

	opened, closed := transitions(r, 4, breaker.Open), transitions(r, 4, breaker.Closed)
	if len(opened) != 2 || opened[0].Batch != 8 || opened[1].Batch != 15 {
		t.Errorf("S4 opens %d times: %+v", len(opened), opened)
	}
	if len(closed) != 1 || closed[0].Batch != 23 || closed[0].At > 12*time.Second {
		t.Fatalf("S4 closes %d times: %+v", len(closed), closed)
	}
	for _, c := range r.calls(4)[22:] {
		if c.Result != event.Live {
			t.Errorf("S4 is %v in batch %d, after its recovery", c.Result, c.Number)
		}
	}

	live := 0
	first := transitions(r, 2, breaker.Open)[0]
	for _, c := range r.calls(2)[:first.Batch] {
		if c.Result == event.Live {
			live++
		}
	}
	if live == 0 {
		t.Error("S2 never answers before its circuit first opens")
	}
	if c := sensors[1].Counts; c.RetriedCalls < 5 || c.SavedCalls < 5 || c.FastFail != 0 {
		t.Errorf("S1 does not live on its retries: %+v", c)
	}
	if c := sensors[3].Counts; c.Live != 30 || c.Retries != 0 {
		t.Errorf("S3 fails: %+v", c)
	}
}

func TestResilienceSucceedsTwentyTimesAsOften(t *testing.T) {
	resilient, naive := 0, 0
	for seed := range uint64(60) {
		p := play(t, pipeline(seed, 30)).snapshot().Pipeline
		if p.Batches != 30 {
			t.Fatalf("seed %d: %d batches", seed, p.Batches)
		}
		resilient += p.Delivered
		naive += p.NaiveDelivered
	}
	if naive == 0 || resilient < 20*naive {
		t.Errorf("%d batches against %d", resilient, naive)
	}
}

// Where nothing can be served, the batch has failed; a served value will do.
func TestABatchIsDeliveredWhenEverySensorGaveAValue(t *testing.T) {
	for seed := range uint64(30) {
		r := play(t, pipeline(seed, 30))
		served := map[int]int{}
		for _, e := range r.of(event.CallEnded) {
			if e.Call.Served {
				served[e.Batch]++
			}
		}
		for _, e := range r.of(event.BatchEnded) {
			if e.Round.Delivered != (served[e.Batch] == 5) {
				t.Errorf("seed %d, batch %d: delivered %v with %d values", seed, e.Batch, e.Round.Delivered, served[e.Batch])
			}
		}
	}
}
