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
	eventtest.Publisher
	tally *Tally
}

// newRig starts a run of n sensors.
func newRig(n int) rig {
	t := New()
	r := rig{eventtest.Publisher{Hub: event.NewHub(t)}, t}
	r.Start(n)
	return r
}

func (r rig) all() Snapshot {
	return r.snapshot(Query{Columns: MaxColumns, Batches: MaxBatches, Lines: MaxLines})
}

func (r rig) snapshot(q Query) (s Snapshot) {
	r.Read(func() { s = r.tally.Snapshot(q) })
	return s
}
