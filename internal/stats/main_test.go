package stats

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/scenario"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const ms = time.Millisecond

// rig is a hub with an aggregator on it.
type rig struct {
	eventtest.Publisher
	aggregator *Aggregator
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
	r.Read(func() { s = r.aggregator.Snapshot(q) })
	return s
}

// everything asks for all that a snapshot can hold.
func everything() Query {
	return Query{
		Columns: MaxColumns, Batches: MaxBatches, Lines: MaxLines,
		Detail: true, Retries: true, Strategies: true,
	}
}

// pipelineInto runs so many batches of the pipeline into the hub.
func pipelineInto(t testing.TB, hub *event.Hub, seed uint64, batches int, script ...engine.Scripted) {
	t.Helper()
	scenarioInto(t, hub, scenario.Pipeline(), seed, batches, script...)
}

// scenarioInto runs so many batches of a scenario into the hub.
func scenarioInto(t testing.TB, hub *event.Hub, s scenario.Scenario, seed uint64, batches int, script ...engine.Scripted) {
	t.Helper()
	config := s.Config(seed)
	config.Batches, config.Script = batches, script
	if err := engine.Play(context.Background(), hub, config); err != nil {
		t.Fatal(err)
	}
}
