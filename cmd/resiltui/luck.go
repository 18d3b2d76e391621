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

// among is the runs of other seeds that one stands among, each of so many batches. They are
// made one by one, in the goroutine of who asks, which leaves the other cores to the run
// that is shown and a panic to those who guard that goroutine.
func among(build builder, first uint64, batches int) *seeds.Sample {
	return &seeds.Sample{Build: build, First: first, Runs: report.Seeds, Batches: batches, Workers: 1}
}

// luck knows where the run that is shown stands. It is safe for concurrent use.
type luck struct {
	samples map[string]*seeds.Sample // by the names of what can be chosen
	newest  atomic.Pointer[seeds.Sample]
}

// errNoOthers is the error of a run that stands among none.
var errNoOthers = errors.New("there are no runs of other seeds")

// noted is the builder of what can be chosen by a name; it notes what was built last.
func (l *luck) noted(name string, build builder) builder {
	sample := l.samples[name]
	return func(seed uint64) (engine.Config, error) {
		l.newest.Store(sample)
		return build(seed)
	}
}

// allNoted are the builders of all that can be chosen.
func (l *luck) allNoted(builds map[string]builder) map[string]builder {
	out := make(map[string]builder, len(builds))
	for name, build := range builds {
		out[name] = l.noted(name, build)
	}
	return out
}

// stand says where a run stands that has just begun. Where another one was built meanwhile
// it stands among those of that one; the screen forgets it with the run.
func (l *luck) stand(ctx context.Context, run *event.Run) (stats.Standing, error) {
	sample := l.newest.Load()
	if sample == nil {
		return stats.Standing{}, errNoOthers
	}
	return sample.Standing(ctx, run.Seed)
}
