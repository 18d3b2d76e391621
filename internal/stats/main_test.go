package stats

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	ms     = time.Millisecond
	second = time.Second
)

// rig is a hub with a tally on it.
type rig struct {
	*event.Hub
	tally *Tally
}

// newRig starts a run of n sensors.
func newRig(n int) rig {
	t := New()
	r := rig{event.NewHub(t), t}
	r.start(n)
	return r
}

func (r rig) start(n int) {
	r.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(n)})
}

// call publishes a call of S0 that ended at the given time.
func (r rig) call(at time.Duration, c event.Call) {
	c.Start = at - c.Took
	r.Publish(event.Event{Kind: event.CallEnded, At: at, Batch: int(at/(500*ms)) + 1, Call: c})
}

func (r rig) change(at time.Duration, c event.Change) {
	c.Circuit.State, c.Circuit.Since = c.To, at
	r.Publish(event.Event{Kind: event.StateChanged, At: at, Change: &c})
}

func (r rig) fault(kind event.Kind, at time.Duration, f event.Fault) {
	r.Publish(event.Event{Kind: kind, At: at, Fault: &f})
}

func (r rig) all() Snapshot {
	return r.snapshot(Query{Columns: MaxColumns, Batches: MaxBatches, Lines: MaxLines})
}

func (r rig) snapshot(q Query) (s Snapshot) {
	r.Read(func() { s = r.tally.Snapshot(q) })
	return s
}
