package main

import (
	"context"
	"errors"
	"sync/atomic"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/report"
	"resiltui/internal/seeds"
	"resiltui/internal/stats"
)

// sampleOf is the sample of runs with other seeds, each of the given number of batches, with
// which a run is compared. They run one after the other in the goroutine of the caller.
// This leaves the other cores to the run on the screen, and the caller's guard catches a
// panic.
func sampleOf(build builder, first uint64, batches int) *seeds.Sample {
	return &seeds.Sample{Build: build, First: first, Runs: report.Seeds, Batches: batches, Workers: 1}
}

// luck ranks the run on the screen among runs with other seeds. It is safe for concurrent
// use.
type luck struct {
	samples map[string]*seeds.Sample // by scenario name
	newest  atomic.Pointer[seeds.Sample]
}

// errNoOthers is the error for a run without a sample.
var errNoOthers = errors.New("there are no runs of other seeds")

// tracked wraps a builder so that the sample of the scenario built last is known.
func (l *luck) tracked(name string, build builder) builder {
	sample := l.samples[name]
	return func(seed uint64) (engine.Config, error) {
		l.newest.Store(sample)
		return build(seed)
	}
}

// allTracked wraps all builders.
func (l *luck) allTracked(builds map[string]builder) map[string]builder {
	out := make(map[string]builder, len(builds))
	for name, build := range builds {
		out[name] = l.tracked(name, build)
	}
	return out
}

// rank ranks a run that has just begun. Where another scenario was built meanwhile, the
// rank is from that scenario's sample; this does no harm, since the screen drops the rank
// together with the old run.
func (l *luck) rank(ctx context.Context, run *event.Run) (stats.Standing, error) {
	sample := l.newest.Load()
	if sample == nil {
		return stats.Standing{}, errNoOthers
	}
	return sample.Standing(ctx, run.Seed)
}
