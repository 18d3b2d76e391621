package model

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
)

// stands says of seed 42 that 166 of 200 do worse, and of any other that none does, after
// so long.
type stands struct {
	after map[uint64]time.Duration

	mu    sync.Mutex
	asked []uint64
}

func (s *stands) stand(ctx context.Context, run *event.Run) (stats.Standing, error) {
	s.mu.Lock()
	s.asked = append(s.asked, run.Seed)
	s.mu.Unlock()
	select {
	case <-time.After(s.after[run.Seed]):
	case <-ctx.Done():
		return stats.Standing{}, ctx.Err()
	}
	out := stats.Standing{Of: 200, First: 42, Batches: 30, More: 143}
	if run.Seed == 42 {
		out.Fewer, out.More = 166, 9
	}
	return out, nil
}

func TestTheScreenSaysWhereTheSeedStands(t *testing.T) {
	s := new(stands)
	withRig(t, rigOptions{model: Options{Stand: s.stand}}, func(_ *testing.T, r *rig) {
		r.sees("one draw: 166 of 200 seeds do worse", time.Second)
		r.press("5")
		r.sees("one draw: in 30 batches 166 of 200 seeds do worse and 9 better", time.Second)
		r.press("1", "c")
		r.sees("without keys: 166 of 200 worse", time.Second)
		r.press("ctrl+n")
		r.sees("one draw: 0 of 200 seeds do worse", time.Second)
		r.press("ctrl+r") // the same seed begins anew, untouched
		r.press("c", "5")
		r.sees("one draw: without your keys, 0 of 200 seeds do worse", time.Second)
	})
	if len(s.asked) != 3 {
		t.Errorf("asked for %v: once a run, and there were three", s.asked)
	}
}

func TestWhatIsNotKnownYetHoldsNothingUpAndIsNotThatOfTheRunBefore(t *testing.T) {
	s := &stands{after: map[uint64]time.Duration{42: 5 * time.Second}}
	withRig(t, rigOptions{model: Options{Stand: s.stand}}, func(_ *testing.T, r *rig) {
		r.sees("one seed is one draw", time.Second)
		r.sees("batch 4", 3*time.Second) // the run goes on
		r.press("ctrl+n")
		r.sees("0 of 200 seeds do worse", time.Second)
		r.pass(5 * time.Second) // the answer comes of a run that is gone
		r.sees("0 of 200 seeds do worse", 0)
		r.seesNot("166 of 200")
	})
}

func TestARunOfWhichNobodyKnowsWhereItStandsIsOneDraw(t *testing.T) {
	refuses := func(context.Context, *event.Run) (stats.Standing, error) {
		return stats.Standing{}, errors.New("too many calls")
	}
	withRig(t, rigOptions{model: Options{Stand: refuses}}, func(_ *testing.T, r *rig) {
		r.sees("one seed is one draw", time.Second)
		r.press("5")
		r.sees("one seed is one draw", time.Second)
	})
}

func TestWhereNothingIsComparedNobodyIsAsked(t *testing.T) {
	s := new(stands)
	alone := func(seed uint64) engine.Config {
		c := scenario.Pipeline().Config(seed)
		c.Compare = false
		return c
	}
	withRig(t, rigOptions{config: alone, model: Options{Stand: s.stand}}, func(_ *testing.T, r *rig) {
		r.sees("batch 2", 2*time.Second)
		r.press("5")
		r.seesNot("one draw")
	})
	if len(s.asked) != 0 {
		t.Errorf("asked for %v", s.asked)
	}
}
