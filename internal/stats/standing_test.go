package stats

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

// delivered are runs with so many successful batches, none of them naive.
func delivered(counts ...int) []PipelineView {
	out := make([]PipelineView, len(counts))
	for i, n := range counts {
		out[i].Delivered = n
	}
	return out
}

func TestWhereARunStandsAmongOthers(t *testing.T) {
	naiveAhead := delivered(0, 3, 3)
	naiveAhead[0].NaiveDelivered, naiveAhead[1].NaiveDelivered, naiveAhead[2].NaiveDelivered = 1, 3, 4
	for _, c := range []struct {
		name      string
		delivered int
		among     []PipelineView
		want      Standing
	}{
		{"among none", 5, nil, Standing{Batches: 30, Delivered: 5, First: 42}},
		{"as one of two", 5, delivered(5, 7), Standing{Of: 2, First: 42, Batches: 30, Delivered: 5, More: 1, Mean: 6, Deviation: 1.414214}},
		// The squares around 5 add up to 32, and the root of 32/7 is 2.138090.
		{"in the midst of eight", 5, delivered(2, 4, 4, 4, 5, 5, 7, 9), Standing{Of: 8, First: 42, Batches: 30, Delivered: 5, Fewer: 4, More: 2, Mean: 5, Deviation: 2.13809}},
		{"below all", 0, delivered(3, 0, 29), Standing{Of: 3, First: 42, Batches: 30, More: 2, None: 1, Mean: 10.666667, Deviation: 15.947832}},
		{"with the naive one ahead", 2, naiveAhead, Standing{Of: 3, First: 42, Batches: 30, Delivered: 2, Fewer: 1, More: 2, None: 1, NaiveAhead: 2, Mean: 2, Deviation: 1.732051}},
		{"alone", 4, delivered(4), Standing{Of: 1, First: 42, Batches: 30, Delivered: 4, Mean: 4}},
	} {
		got := Stand(c.delivered, 30, 42, c.among)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
		if got.Of > 0 && got.Last() != 42+uint64(len(c.among))-1 {
			t.Errorf("%s: the last seed is %d", c.name, got.Last())
		}
	}
}

func TestRoundsCountWhatAnAggregatorCountsOfABatch(t *testing.T) {
	aggregator, rounds := New(), new(Rounds)
	hub := event.NewHub(aggregator, rounds)
	for run := range 2 { // the second run begins anew
		hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(2)})
		for batch := 1; batch <= 3+run; batch++ {
			for i, c := range []event.Call{eventtest.Live(5 * ms), eventtest.Failed(2)} {
				hub.Publish(event.Event{Kind: event.CallEnded, Batch: batch, Sensor: i, Call: c})
			}
			hub.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Batch: batch, Round: event.Round{Delivered: batch == 2, NaiveDelivered: batch == 3, Took: 9 * ms}})
		}
		want := aggregator.Snapshot(Query{}).Pipeline
		if diff := cmp.Diff(want, rounds.View()); diff != "" || want.Batches != 3+run || want.NaiveReadings != 2 {
			t.Errorf("run %d, %+v: %s", run, want, diff)
		}
	}
}
