package counterfactual

import (
	"math"
	"slices"
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/fallback"
)

// read is a live reading, and missed a call without one where the truth is known.
func read(value float64, at time.Duration) *event.Call {
	c := eventtest.Live(time.Millisecond)
	c.Value, c.SourceAt = value, at
	return &c
}

func missed(truth float64) *event.Call {
	return &event.Call{Result: event.Missing, Truth: truth, HasTruth: true}
}

func TestEachStrategyAnswersTheSameCalls(t *testing.T) {
	counter := New(0, 9)
	counter.Call(missed(1), time.Second) // nobody has anything to serve yet
	counter.Call(read(1, 2*time.Second), 2*time.Second)
	counter.Call(read(3, 3*time.Second), 3*time.Second)
	counter.Call(missed(4), 5*time.Second)
	want := []Counts{
		{Live: 2, Dropped: 2},
		{Live: 2, Dropped: 1, Stale: 1, OffBy: 1e6, MaxOff: 1e6, Judged: 1, OldestAge: 2 * time.Second},
		{Live: 2, Dropped: 1, Interpolated: 1, OffBy: 2e6, MaxOff: 2e6, Judged: 1, OldestAge: 2 * time.Second},
	}
	marks := []event.Mark{event.MarkMissing, event.MarkStale, event.MarkInterpolated}
	for i, name := range fallback.Names() {
		if *counter.Of(i) != want[i] {
			t.Errorf("%s: %+v, want %+v", name, *counter.Of(i), want[i])
		}
		if got := counter.View(i, 3).Marks; !slices.Equal(got, []event.Mark{event.MarkLive, event.MarkLive, marks[i]}) {
			t.Errorf("%s: the last three marks are %v", name, got)
		}
	}
	if last := counter.View(2, 0); len(last.Marks) != 0 || last.Last.Value != 2 || !last.Last.Served || last.Last.At != 5*time.Second {
		t.Errorf("served last: %+v", last)
	}
}

func TestACopyGoesItsOwnWayWithWhatWasRead(t *testing.T) {
	counter := New(0, 9)
	counter.Call(read(1, time.Second), time.Second)
	copied := counter.Clone()
	counter.Call(read(9, 2*time.Second), 2*time.Second)
	copied.Call(missed(1), 3*time.Second)
	if got := copied.View(1, 9); got.Last.Value != 1 || got.Counts.Live != 1 || len(got.Marks) != 2 {
		t.Errorf("the copy: %+v", got)
	}
	if got := counter.Of(1); got.Live != 2 || got.Stale != 0 {
		t.Errorf("the original: %+v", got)
	}
}

func TestNothingOlderThanTheLimitIsServed(t *testing.T) {
	counter := New(0, 9)
	counter.Call(read(1, time.Second), time.Second)
	counter.Limit(2 * time.Second)
	counter.Call(missed(1), 3*time.Second)
	counter.Call(missed(1), 4*time.Second)
	if got := counter.Of(1); got.Stale != 1 || got.Dropped != 1 {
		t.Errorf("%+v", got)
	}
}

func TestNoCounterDoesNothing(t *testing.T) {
	var none *Counter
	none.Call(missed(1), time.Second)
	none.Limit(time.Second)
	if none.Clone() != nil {
		t.Error("the copy of none is one")
	}
}

func TestTheNearestIsTheOneWithTheSmallestError(t *testing.T) {
	none := math.NaN() // did not stand in
	for _, c := range []struct {
		off  []float64
		best int
		ok   bool
	}{
		{[]float64{none, 2, 1}, 2, true},
		{[]float64{none, 1, 2}, 1, true},
		{[]float64{none, 1, 1}, -1, true},
		{[]float64{1, 1, 2}, -1, true},
		{[]float64{2, 2, 1}, 2, true},
		{[]float64{none, 1, none}, 1, false},
		{[]float64{none, none, none}, -1, false},
	} {
		best, ok := Nearest(len(c.off), func(i int) (float64, bool) { return c.off[i], !math.IsNaN(c.off[i]) })
		if best != c.best || ok != c.ok {
			t.Errorf("%v: %d, %v", c.off, best, ok)
		}
	}
}
