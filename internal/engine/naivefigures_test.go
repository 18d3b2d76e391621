package engine_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/filetest"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
)

// someFault is the default fault of a kind with other parameters, and mostly with a
// time to live.
func someFault(rng *rand.Rand, kind fault.Kind) fault.Fault {
	f := kind.Default
	for _, p := range kind.Params {
		x := p.Get(f) * []float64{1, 0.5, 2, 3}[rng.IntN(4)]
		if p.Whole {
			x = float64(int(x))
		}
		p.Set(&f, min(p.Max, max(p.Min, x)))
	}
	f.Until = time.Duration(rng.IntN(4)) * 1700 * ms
	return f
}

// scriptOf injects a kind everywhere, and ends it in each way that there is, with other
// faults beside it.
func scriptOf(seed uint64, kind fault.Kind) []engine.Scripted {
	rng := rand.New(rand.NewPCG(seed, uint64(kind.Number)))
	one := func() fault.Fault { return someFault(rng, kind) }
	other := func() fault.Fault { return someFault(rng, fault.Kinds()[rng.IntN(len(fault.Kinds()))]) }
	return []engine.Scripted{
		inject(3, one()), inject(5, other(), 0, 2), inject(8, one(), 0), endAt(11, kind.Number, 1), inject(13, one(), 1),
		inject(15, other(), 3), at(17, event.Recover, 2), inject(18, one(), 2), inject(18, one(), 2), endAt(20, kind.Number),
		inject(22, one()), inject(23, other()), at(27, event.Recover), at(28, event.Recover),
	}
}

// naiveFigures is what the naive pipeline made of each batch.
func naiveFigures(r *recorder) string {
	var b strings.Builder
	for _, e := range r.of(event.BatchEnded) {
		fmt.Fprintln(&b, e.Batch, e.Round.NaiveDelivered, e.Round.NaiveTook)
	}
	return b.String()
}

// What the naive pipeline meets is not to change by the way: these are its figures
// under every kind of fault, and under every command, as they were looked at once.
func TestTheNaiveFiguresAreThoseThatWereWrittenDown(t *testing.T) {
	const runs, batches = 20, 30
	var lines strings.Builder
	line := func(name string, script func(seed uint64) []engine.Scripted) {
		for _, callers := range []int{1, 3} {
			sum := sha256.New()
			for seed := range uint64(runs) {
				fmt.Fprintln(sum, naiveFigures(play(t, crowd(seed, batches, callers, script(seed)...))))
			}
			fmt.Fprintf(&lines, "%s, callers %d: %x\n", name, callers, sum.Sum(nil))
		}
	}
	for _, kind := range fault.Kinds() {
		line(kind.Name, func(seed uint64) []engine.Scripted { return scriptOf(seed, kind) })
	}
	line("all commands", func(seed uint64) []engine.Scripted { return randomScript(seed, 40, batches) })
	filetest.Current(t, "testdata/naive.sha256", lines.String())
}

// steady is the pipeline without the failures of its sensors, so that faults decide
// what comes of a batch. Its calls end before the next batch begins.
func steady(seed uint64, batches, callers int, script []engine.Scripted) engine.Config {
	s := scenario.Pipeline()
	s.Interval = time.Second
	for i := range s.Sensors {
		s.Sensors[i].FailProbability, s.Sensors[i].Schedule = 0, nil
		s.Sensors[i].Policy.Retry.MaxDelay = 100 * ms
	}
	config := s.Config(seed)
	config.Batches, config.Callers, config.Script = batches, callers, script
	return config
}

// withoutPolicies takes all but the timeout away.
func withoutPolicies(config engine.Config) engine.Config {
	for i := range config.Members {
		p := &config.Members[i].Policy
		p.Retry.MaxAttempts, p.Retry.MaxDelay = 1, 0
		p.Breaker.FailureThreshold, p.Strategy = 1_000_000, "drop"
	}
	return config
}

// The naive pipeline is one of its own: what it meets and counts beside a pipeline with
// policies is what a run without policies meets and counts.
func TestTheNaivePipelineIsARunWithoutPolicies(t *testing.T) {
	const batches = 30
	for _, kind := range fault.Kinds() {
		delivered, failed := 0, 0
		for seed := range seeds(20) {
			for _, callers := range []int{1, 3} {
				config := steady(seed, batches, callers, scriptOf(seed, kind))
				beside := play(t, config).of(event.BatchEnded)
				for k, e := range play(t, withoutPolicies(config)).of(event.BatchEnded) {
					got, want := beside[k].Round, e.Round
					if got.NaiveDelivered != want.Delivered || got.NaiveTook != want.Took {
						t.Errorf("%s, seed %d, callers %d, batch %d: %v in %v, alone %v in %v",
							kind.Name, seed, callers, e.Batch, got.NaiveDelivered, got.NaiveTook, want.Delivered, want.Took)
					}
					if want.Delivered {
						delivered++
					} else {
						failed++
					}
				}
			}
		}
		if delivered == 0 || failed == 0 {
			t.Errorf("%s: %d batches delivered, %d failed", kind.Name, delivered, failed)
		}
	}
}
