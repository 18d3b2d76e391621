package seeds

import (
	"context"
	"errors"
	"sync"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// MostCalls is how many calls the runs of a [Sample] make at most, in all: they take
// one core three seconds.
const MostCalls = 1_000_000

// ErrTooMany is the error of a sample that would take more than [MostCalls].
var ErrTooMany = errors.New("too many calls for a sample")

// Sample is the same simulated run with many seeds, with which a run of any seed can be
// compared. The runs are made at the first request, and kept; the fields must be set
// before and not changed after it. It is safe for concurrent use.
type Sample struct {
	// Build makes the run for a seed; its Batches are ignored. It is called by
	// several goroutines at a time.
	Build func(seed uint64) (engine.Config, error)
	// First is the first of the seeds, which are consecutive, and Runs how many there
	// are, at least 1. Batches is how many batches each run has, at least 1.
	First         uint64
	Runs, Batches int
	// Workers is how many runs are made at a time; 0 or less is GOMAXPROCS.
	Workers int

	mu   sync.Mutex
	runs []stats.PipelineView // nil until they are made
}

// Stand compares a run with so many successful batches with the sample. It waits for
// the runs; an error is that of ctx, of a run that cannot be made, or ErrTooMany. After
// an error, a later call tries again.
func (s *Sample) Stand(ctx context.Context, delivered int) (stats.Standing, error) {
	if err := s.make(ctx); err != nil {
		return stats.Standing{}, err
	}
	return stats.Stand(delivered, s.Batches, s.First, s.runs), nil
}

// Standing compares the run of a seed with the sample. The run is made too where it is
// not in the sample. Its errors are those of Stand.
func (s *Sample) Standing(ctx context.Context, seed uint64) (stats.Standing, error) {
	if err := s.make(ctx); err != nil {
		return stats.Standing{}, err
	}
	if seed >= s.First && seed-s.First < uint64(len(s.runs)) {
		return s.Stand(ctx, s.runs[seed-s.First].Delivered)
	}
	run, err := s.play(ctx, seed)
	if err != nil {
		return stats.Standing{}, err
	}
	return s.Stand(ctx, run.Delivered)
}

// make makes the runs, once.
func (s *Sample) make(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.runs != nil {
		return nil
	}
	config, err := s.Build(s.First)
	if err != nil {
		return err
	}
	if config.Real {
		return errors.New("real endpoints have no seeds")
	}
	if len(config.Members)*max(config.Callers, 1) > MostCalls/max(s.Runs, 1)/max(s.Batches, 1) {
		return ErrTooMany
	}
	s.runs, err = Each(ctx, s.First, s.Runs, s.Workers, nil, s.play)
	return err
}

// play makes one run, in virtual time.
func (s *Sample) play(ctx context.Context, seed uint64) (stats.PipelineView, error) {
	counts := new(stats.Rounds)
	hub := event.NewHub(counts)
	config, err := s.Build(seed)
	if err != nil {
		return stats.PipelineView{}, err
	}
	config.Batches, config.Registry, config.Realtime = s.Batches, nil, false
	if err := engine.Play(ctx, hub, config); err != nil {
		return stats.PipelineView{}, err
	}
	var view stats.PipelineView
	hub.Read(func() { view = counts.View() })
	return view, nil
}
