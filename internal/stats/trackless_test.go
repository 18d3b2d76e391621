package stats

import (
	"reflect"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// trackEvents is a run in which every track has something.
func trackEvents(t *testing.T) []event.Event {
	t.Helper()
	log, _ := scripted(t, 42, 60, injected(5, fault.Default(fault.Crash), 1), at(30, event.Recover, "a script", 1))
	return log
}

// A run of which no tracks are kept is counted like any other.
func TestWithoutTracksNothingElseIsMissing(t *testing.T) {
	whole, bare := New(), New(WithoutTracks())
	for _, e := range trackEvents(t) {
		whole.Observe(&e)
		bare.Observe(&e)
	}
	q := Query{Columns: MaxColumns, Batches: MaxBatches, Lines: MaxLines, Verdicts: MaxVerdicts, Detail: true, Retries: true}
	want, got := whole.Snapshot(q), bare.Snapshot(q)
	if len(want.Sensors) == 0 || len(want.Sensors[0].Columns) == 0 || len(want.Sensors[0].Recent) == 0 {
		t.Fatal("there is nothing to leave out")
	}
	for i := range want.Sensors {
		if s := &got.Sensors[i]; len(s.Columns) != 0 || len(s.Recent) != 0 {
			t.Errorf("sensor %d keeps %d columns and %d calls", i, len(s.Columns), len(s.Recent))
		}
		want.Sensors[i].Columns, want.Sensors[i].Recent = nil, nil
		// Faults that have ended are shown beside columns only.
		want.Sensors[i].Faults, got.Sensors[i].Faults = nil, nil
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}
