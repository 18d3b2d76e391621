package stats

import (
	"testing"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

func TestActiveFaultsAreKnownWithTheirParameters(t *testing.T) {
	aggregator := New()
	run := &event.Run{Sensors: make([]event.Sensor, 1)}
	observe := func(e event.Event) { aggregator.Observe(&e) }
	observe(event.Event{Sensor: event.NoSensor, Kind: event.RunStarted, Run: run})
	slow, crash := fault.Default(fault.Slow), fault.Default(fault.Crash)
	slow.Until = 9 * time.Second
	observe(event.Event{Kind: event.FaultBegan, Fault: &event.Fault{Fault: slow, Label: slow.Label()}})
	one := aggregator.Snapshot(Query{}).Sensors[0].Active
	observe(event.Event{Kind: event.FaultBegan, Fault: &event.Fault{Fault: crash, Label: crash.Label()}})
	two := aggregator.Snapshot(Query{}).Sensors[0].Active
	observe(event.Event{At: time.Second, Kind: event.FaultEnded, Fault: &event.Fault{Fault: slow, Label: slow.Label(), Lasted: time.Second}})
	last := aggregator.Snapshot(Query{}).Sensors[0].Active
	if len(one) != 1 || one[0] != slow || len(two) != 2 || two[0] != slow || two[1] != crash || len(last) != 1 || last[0] != crash {
		t.Errorf("active are %v, then %v, then %v", one, two, last)
	}
}

func TestAnEpisodeUnderWayHasFiguresSoFar(t *testing.T) {
	aggregator := New()
	observe := func(e event.Event) { aggregator.Observe(&e) }
	if _, ok := aggregator.Episode(0); ok {
		t.Error("there is an episode before the run")
	}
	observe(event.Event{Sensor: event.NoSensor, Kind: event.RunStarted, Run: &event.Run{Sensors: make([]event.Sensor, 1)}})
	if _, ok := aggregator.Episode(0); ok {
		t.Error("there is an episode before any fault")
	}
	crash := fault.Default(fault.Crash)
	observe(event.Event{At: time.Second, Kind: event.FaultBegan, Fault: &event.Fault{Fault: crash, Label: "crash"}})
	observe(event.Event{At: 2 * time.Second, Kind: event.CallEnded, Call: event.Call{
		Start: time.Second, Attempts: 3, Admitted: true, Faulted: true, Result: event.Missing,
	}})
	v, ok := aggregator.Episode(0)
	if !ok || v.Began != time.Second || v.Attempts != 3 || v.Over != 0 || v.Seen || v.SeenCalls != 0 {
		t.Errorf("so far: %+v, %v", v, ok)
	}
}
