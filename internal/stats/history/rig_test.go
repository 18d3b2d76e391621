package history

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
)

const milli = time.Millisecond

// whole asks for all that a snapshot can hold.
func whole() stats.Query {
	return stats.Query{
		Columns: stats.MaxColumns, Batches: stats.MaxBatches, Lines: stats.MaxLines,
		Detail: true, Retries: true, Strategies: true,
	}
}

// playInto runs so many batches of the pipeline into the hub.
func playInto(t testing.TB, hub *event.Hub, seed uint64, batches int, script ...engine.Scripted) {
	t.Helper()
	config := scenario.Pipeline().Config(seed)
	config.Batches, config.Script = batches, script
	if err := engine.Play(context.Background(), hub, config); err != nil {
		t.Fatal(err)
	}
}

// written is everything that a snapshot says.
func written(t *testing.T, s stats.Snapshot) string {
	t.Helper()
	// A policy is a value that nobody writes to, with functions in it.
	bare := func(s event.Sensor) event.Sensor {
		s.Policy = policy.Policy{}
		return s
	}
	run, sensors := *s.Run, slices.Clone(s.Sensors)
	run.Sensors = slices.Clone(run.Sensors)
	for i := range run.Sensors {
		run.Sensors[i] = bare(run.Sensors[i])
	}
	for i := range sensors {
		sensors[i].Sensor = bare(sensors[i].Sensor)
	}
	s.Run, s.Sensors = &run, sensors
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
