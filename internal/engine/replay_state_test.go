package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/scenario"
)

// manySensors is the pipeline with its five sensors repeated until there are n.
func manySensors(n int) scenario.Scenario {
	s := scenario.Pipeline()
	kinds := s.Sensors
	for i := len(kinds); i < n; i++ {
		one := kinds[i%len(kinds)]
		one.Info.ID = fmt.Sprintf("S%d", i)
		s.Sensors = append(s.Sensors, one)
	}
	return s
}

// manyRun is a run of 70 sensors with random policies and commands of the first
// five. Most of its batches do not hold a state of their own.
func manyRun(seed uint64, batches int) engine.Config {
	few, config := randomRun(seed, batches), manySensors(70).Config(seed)
	config.Batches, config.Script = batches, few.Script
	for i, m := range few.Members {
		config.Members[i].Policy = m.Policy
	}
	return config
}

func TestManySensorsAreRehearsedFromAnyBatchAsItReallyHappened(t *testing.T) {
	for seed := range seeds(3) {
		rehearsable(t, manyRun(seed, rehearsed), func(l *live) {
			for n := 33; n > 0; n -= 1 + int(seed) { // each place between two states
				again, err := l.session.Rehearse(n, nil)
				if err != nil {
					t.Fatal(err)
				}
				first := rehearsed - n + 1
				if again[0].Kind != event.RunStarted || again[1].Batch != first {
					t.Fatalf("it begins with %+v, %+v", again[0], again[1])
				}
				want := logOf(t, window(l.all(), first, rehearsed))
				if diff := cmp.Diff(string(want), string(logOf(t, window(again, first, rehearsed)))); diff != "" {
					t.Fatalf("seed %d, %d batches: %s", seed, n, diff)
				}
			}
		})
	}
}

func TestARehearsalOfManySensorsIsTheRunWithTheSameTune(t *testing.T) {
	for seed := range uint64(4) {
		first := rehearsed - 30 + 1 + int(seed)
		rng := rand.New(rand.NewPCG(seed, 9))
		config, p := manyRun(seed, rehearsed), randomPolicy(rng)
		tuned := 10 + rng.IntN(60) // no command tunes it meanwhile
		var got []event.Event
		rehearsable(t, config, func(l *live) {
			var err error
			if got, err = l.session.Rehearse(rehearsed-first+1, map[int]policy.Policy{tuned: p}); err != nil {
				t.Fatal(err)
			}
		})
		other := config
		other.Script = slices.Insert(slices.Clone(config.Script), 0, tuneAt(first, p, tuned))
		want := window(play(t, other).all(), first, rehearsed)
		if diff := cmp.Diff(string(logOf(t, withoutPace(want))), string(logOf(t, window(got, first, rehearsed)))); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func TestAWindowOfManySensorsIsRehearsedBySeveralAtOnce(t *testing.T) {
	rehearsable(t, manyRun(1, 40), func(l *live) {
		w, err := l.session.Window(29)
		if err != nil {
			t.Fatal(err)
		}
		var logs [4]string
		var wg sync.WaitGroup
		for i := range logs {
			wg.Go(func() {
				events, err := w.Rehearse(nil)
				if err != nil {
					t.Error(err)
				}
				logs[i] = string(logOf(t, events))
			})
		}
		wg.Wait()
		if logs[0] == "" || slices.ContainsFunc(logs[:], func(s string) bool { return s != logs[0] }) {
			t.Error("they differ")
		}
	})
}
