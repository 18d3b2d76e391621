package stats

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/engine/event"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	ms     = time.Millisecond
	second = time.Second
)

// rig is a hub with a tally on it.
type rig struct {
	publisher
	tally *Tally
}

// newRig starts a run of n sensors.
func newRig(n int) rig {
	t := New()
	r := rig{publisher{event.NewHub(t)}, t}
	r.start(n)
	return r
}

func (r rig) all() Snapshot {
	return r.snapshot(Query{Columns: MaxColumns, Batches: MaxBatches, Lines: MaxLines})
}

func (r rig) snapshot(q Query) (s Snapshot) {
	r.Read(func() { s = r.tally.Snapshot(q) })
	return s
}
