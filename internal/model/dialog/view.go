package dialog

import (
	"slices"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// View is everything that a dialog may read. It is a value: what it points to is never
// changed.
type View struct {
	// Snap is what the screen shows, with what the dialog has asked for. It is never
	// nil; its Run may be nil.
	Snap *stats.Snapshot
	// Now is the time of the run that is shown.
	Now time.Duration
	// Width and Height are those of the screen, in cells; 0 before they are known.
	Width, Height int
	Look          *draw.Look
	Target        Target
	// Locked says why the fault keys are off; it is empty where they are on.
	Locked string
	// Effect is when a command takes effect ("with batch 12", "at once").
	Effect string
}

// Target is what keys act on.
type Target struct {
	// Name is the target in words ("S3 coolant", "all 5 sensors"); empty where
	// there is none.
	Name string
	// Selected is the index of the selected sensor. All says that keys act on all
	// sensors that are shown.
	Selected int
	All      bool
	// Sensors are the targets in the form of [event.Command]: nil is all sensors.
	Sensors []int
}

// Window is a sequence of batches of a run that can be simulated again with other
// settings. The engine owns it; it is safe for concurrent use.
type Window interface {
	// Batches are the numbers of the first and the last batch.
	Batches() (first, last int)
	// Rehearse simulates the batches with changed policies, by sensor index, and
	// returns the events.
	Rehearse(change map[int]policy.Policy) ([]event.Event, error)
}

// Total is how many sensors the run has.
func (v View) Total() int {
	if v.Snap.Run == nil {
		return 0
	}
	return len(v.Snap.Run.Sensors)
}

// Real says whether the run reads real endpoints; false while there is no run.
func (v View) Real() bool { return v.Snap.Run != nil && !v.Snap.Run.Virtual }

// By is how events name the key that was pressed.
func By(key string) string { return "you pressed " + key }

// AskSensor adds a sensor to a query, unless the query includes it already.
func AskSensor(q *stats.Query, sensor int) {
	if q.Sensors == nil || slices.Contains(q.Sensors, sensor) {
		return
	}
	q.Sensors = append(slices.Clip(q.Sensors), sensor)
}

// SensorName is the id of a sensor, or its name where it has none.
func SensorName(s event.Sensor) string {
	if s.ID != "" {
		return s.ID
	}
	return s.Name
}
