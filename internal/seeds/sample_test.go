package seeds

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
)

// pipelines is a sample of so many runs of the pipeline, 30 batches each.
func pipelines(runs int) *Sample {
	return &Sample{
		First: scenario.DefaultSeed, Runs: runs, Batches: 30,
		Build: func(seed uint64) (engine.Config, error) { return scenario.Pipeline().Config(seed), nil },
	}
}

// The figures are those of the seeds 42 to 241, found by running each of them.
func TestTheDefaultSeedStandsAmongTwoHundredWhereItReallyDoes(t *testing.T) {
	s := pipelines(200)
	got, err := s.Standing(t.Context(), 42)
	want := stats.Standing{
		Of: 200, First: 42, Batches: 30, Delivered: 29, Fewer: 166, More: 9, None: 57, NaiveAhead: 13, Mean: 16.305, Deviation: 12.016821,
	}
	if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	for seed, delivered := range map[uint64]int{4: 0, 42: 29} { // one of them is none of the sample
		if got, err := s.Standing(t.Context(), seed); err != nil || got.Delivered != delivered || got.Of != 200 {
			t.Errorf("seed %d: %+v, %v", seed, got, err)
		}
	}
}

func TestTheStandingDoesNotDependOnTheWorkers(t *testing.T) {
	var want stats.Standing
	for _, workers := range []int{1, 0, 5} {
		s := pipelines(20)
		s.Workers = workers
		got, err := s.Standing(t.Context(), 50)
		if err != nil {
			t.Fatal(err)
		}
		if want.Of == 0 {
			want = got
		}
		if got != want || got.Of != 20 {
			t.Errorf("%d workers: %+v, not %+v", workers, got, want)
		}
	}
}

func TestTheRunsOfASampleAreMadeOnce(t *testing.T) {
	s := pipelines(3)
	var built atomic.Int32
	build := s.Build
	s.Build = func(seed uint64) (engine.Config, error) { built.Add(1); return build(seed) }
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			if _, err := s.Standing(t.Context(), 43); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := built.Load(); n != 4 { // once to look at it, and once for each seed
		t.Errorf("%d runs were built", n)
	}
	if _, err := s.Standing(t.Context(), 1000); err != nil || built.Load() != 5 {
		t.Errorf("another seed: %d runs were built, %v", built.Load(), err)
	}
}

func TestASampleThatCannotBe(t *testing.T) {
	broken := errors.New("no such sensor")
	for want, change := range map[string]func(s *Sample, c *engine.Config) error{
		"real endpoints have no seeds":     func(_ *Sample, c *engine.Config) error { c.Real = true; return nil },
		broken.Error():                     func(*Sample, *engine.Config) error { return broken },
		"run 1 of 2, seed 42: interval 0s": func(_ *Sample, c *engine.Config) error { c.Interval = 0; return nil },
		"too many calls for a sample":      func(_ *Sample, c *engine.Config) error { c.Callers = engine.MaxCallers; return nil },
	} {
		s := pipelines(2)
		if strings.HasPrefix(want, "too many") {
			s.Runs = 200
		}
		build := s.Build
		s.Build = func(seed uint64) (engine.Config, error) {
			c, _ := build(seed)
			err := change(s, &c)
			return c, err
		}
		got, err := s.Standing(t.Context(), 42)
		if err == nil || !strings.Contains(err.Error(), want) || got.Of != 0 {
			t.Errorf("%+v, %v, want %q", got, err, want)
		}
	}
}

func TestWhoGivesUpCanAskAgain(t *testing.T) {
	s := pipelines(3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := s.Standing(ctx, 42); !errors.Is(err, context.Canceled) || got.Of != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := s.Standing(t.Context(), 42); err != nil || got.Of != 3 {
		t.Errorf("%+v, %v", got, err)
	}
}
