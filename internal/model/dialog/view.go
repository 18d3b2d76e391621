package dialog

import (
	"slices"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// View is all that a dialog may read. It is a value: nobody changes what it points
// to.
type View struct {
	// Snap is what the screen shows, and what the dialog has asked for. It is never
	// nil; its Run may be.
	Snap *stats.Snapshot
	// Now is the time of the run that is shown.
	Now time.Duration
	// Width and Height are the screen's, in cells; 0 before they are known.
	Width, Height int
	Look          *draw.Look
	Target        Target
	// Locked says why fault keys do nothing; it is empty where they act.
	Locked string
	// Effect is when a command takes effect ("with batch 12", "at once").
	Effect string
}

// Target is whom keys act on.
type Target struct {
	// Name is the target in words ("S3 coolant", "all 5 sensors"); empty where
	// there is none.
	Name string
	// Selected is the selected sensor, by its index. All is true where keys act on
	// all that are shown.
	Selected int
	All      bool
	// Sensors are the targets as a [event.Command] has them: nil is all.
	Sensors []int
}

// Window is batches of a run one after the other, to be run again with other settings.
// The engine has it; it is safe for concurrent use.
type Window interface {
	// Batches are the first and the last of them.
	Batches() (first, last int)
	// Rehearse runs it with policies changed, by the index of their sensor, and
	// returns what the run would have told.
	Rehearse(change map[int]policy.Policy) ([]event.Event, error)
}

// Total is how many sensors the run has.
func (v View) Total() int {
	if v.Snap.Run == nil {
		return 0
	}
	return len(v.Snap.Run.Sensors)
}

// Real is true where the run reads real endpoints. Before there is a run it is
// false.
func (v View) Real() bool { return v.Snap.Run != nil && !v.Snap.Run.Virtual }

// By is how events name who pressed a key.
func By(key string) string { return "you pressed " + key }

// AskSensor adds a sensor to a query that does not ask for it.
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
