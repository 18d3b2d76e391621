package engine_test

import (
	"context"
	"flag"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/soak"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

var (
	soakTime = flag.Duration("soak", 10*time.Minute, "virtual time that the soak test runs for")
	soakSeed = flag.Uint64("soak-seed", 42, "seed of the soak test")
)

// soakSensors is how many sensors the soak test has.
const soakSensors = 100

// soakConfig is a run of many sensors of all kinds, with strategies of all
// kinds, under random faults and commands.
func soakConfig(seed uint64, long time.Duration) engine.Config {
	many, kinds := manySensors(soakSensors), len(scenario.Pipeline().Sensors)
	for i := range many.Sensors {
		p := &many.Sensors[i].Policy
		p.Strategy = []string{"last-known-good", "interpolated", "drop"}[i/kinds%3]
		p.MaxAge = soakMaxAge
	}
	config := many.Config(seed)
	config.Batches = int(long / config.Interval)
	rng := rand.New(rand.NewPCG(seed, 7))
	faults := fault.Kinds()
	for batch := 1; batch <= config.Batches; batch += 1 + rng.IntN(6) {
		cmd := event.Command{Op: event.Op(1 + rng.IntN(int(event.ResetBreaker))), By: "soak"}
		if rng.IntN(50) > 0 { // now and then all of them
			cmd.Sensors = []int{rng.IntN(soakSensors)}
		}
		if rng.IntN(6) == 0 {
			cmd.Op, cmd.Policy = event.Tune, tunedAtRandom(rng)
			cmd.Policy.Strategy = config.Members[0].Policy.Strategy
			if len(cmd.Sensors) == 1 {
				cmd.Policy.Strategy = config.Members[cmd.Sensors[0]].Policy.Strategy
			}
		}
		if cmd.Op == event.Inject {
			cmd.Fault = lasting(faults[rng.IntN(len(faults))].Number, time.Duration(rng.IntN(4))*7*time.Second)
		}
		config.Script = append(config.Script, engine.Scripted{Batch: batch, Command: cmd})
	}
	return config
}

// tunedAtRandom is a policy of the pipeline with some of its settings changed.
func tunedAtRandom(rng *rand.Rand) policy.Policy {
	p := scenario.Pipeline().Sensors[0].Policy
	p.Timeout = time.Duration(1+rng.IntN(4)) * 100 * time.Millisecond // without a limit a hanging read is never over
	p.Retry.MaxAttempts = 1 + rng.IntN(5)
	p.Breaker.FailureThreshold = 2 + rng.IntN(6)
	p.Breaker.SuccessesToClose = 1 + rng.IntN(3)
	p.Breaker.OpenFor = time.Duration(1+rng.IntN(5)) * time.Second
	p.MaxAge = time.Duration(1+rng.IntN(3)) * soakMaxAge / 3
	return p
}

// soakMaxAge is the greatest age of a substitute in the soak test.
const soakMaxAge = 20 * time.Second

// heapProbe measures the heap at the end of some batches.
type heapProbe struct {
	at     map[int]bool
	usages []uint64
	// history is not counted: it is full after ten minutes, by design.
	history *history.History
}

// Observe implements event.Observer.
func (p *heapProbe) Observe(e *event.Event) {
	if e.Kind == event.BatchEnded && p.at[e.Batch] {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		kept, _ := p.history.Bytes()
		p.usages = append(p.usages, m.HeapAlloc-min(m.HeapAlloc, uint64(kept)))
	}
}

// TestSoak runs for ten virtual minutes, or for as long as -soak says, and holds
// the run after every batch against what must always be true.
func TestSoak(t *testing.T) {
	config := soakConfig(*soakSeed, *soakTime)
	// Everything that is kept is full once an hour is over, or half the time.
	first := min(int(time.Hour/config.Interval), config.Batches/2)
	counts := stats.New()
	past := history.New(counts)
	heap := &heapProbe{at: map[int]bool{first: true, config.Batches: true}, history: past}
	var s *engine.Session
	checker := &soak.Checker{Aggregator: counts, History: past, Breakers: func() []*breaker.Breaker { return s.Breakers() }}
	before := goleak.IgnoreCurrent()
	s, err := engine.NewSession(engine.Options{
		Hub:  event.NewHub(past, checker, heap),
		Seed: *soakSeed, Build: func(uint64) (engine.Config, error) { return config, nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if err := s.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
	took := time.Since(start)

	if found, n := checker.Found(); n > 0 {
		t.Errorf("%d violations (-soak=%v -soak-seed=%d), the first of them:\n%s", n, *soakTime, *soakSeed, strings.Join(found, "\n"))
	}
	if want := uint64(config.Batches * soakSensors); checker.Reads() != want || checker.Batches() != config.Batches {
		t.Errorf("%d reads in %d batches, want %d in %d", checker.Reads(), checker.Batches(), want, config.Batches)
	}
	if least := uint64(config.Batches / 200); checker.Scrubs() < least {
		t.Errorf("gone back %d times, at least %d were to be expected", checker.Scrubs(), least)
	}
	// It gives those a moment that are on their way out.
	goleak.VerifyNone(t, before)
	// A tenth and 4 MiB for what the collector has not got to, such as finished
	// stacks; a byte a call would be more than that in a day.
	early, late := heap.usages[0], heap.usages[1]
	if limit := early + early/10 + 4<<20; late > limit {
		t.Errorf("the heap grew from %d to %d bytes, at most %d", early, late, limit)
	}
	t.Logf("%v of virtual time, %d sensors, %d commands: %d reads in %v; heap %.1f MB after %d batches, %.1f MB at the end",
		*soakTime, soakSensors, len(config.Script), checker.Reads(), took.Round(time.Millisecond),
		float64(early)/1e6, first, float64(late)/1e6)
}
