package engine_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors/fault"
)

// rehearsable plays a configuration to its end in a paced session, in a bubble,
// and hands both to fn.
func rehearsable(t *testing.T, config engine.Config, fn func(l *live)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := startLive(t, config, 64)
		time.Sleep(5 * time.Minute)
		fn(l)
		if err := l.stop(); err != nil {
			t.Error(err)
		}
	})
}

// window are the events of batches from first to last, without what tells only of
// the pace or of the policy of a tuned sensor.
func window(events []event.Event, first, last int) []event.Event {
	return withoutPace(slices.DeleteFunc(slices.Clone(events), func(e event.Event) bool {
		return e.Batch < first || e.Batch > last || e.Kind == event.RunStarted || e.Kind == event.RunEnded ||
			e.Kind == event.PolicyChanged
	}))
}

// randomPolicy is the pipeline's with some settings changed.
func randomPolicy(rng *rand.Rand) policy.Policy {
	p := layers()
	p.Timeout = time.Duration(40+rng.IntN(200)) * ms
	p.Retry.MaxAttempts = 1 + rng.IntN(4)
	p.Retry.Jitter = retry.Jitter(rng.IntN(int(retry.Decorrelated) + 1))
	if rng.IntN(3) == 0 {
		p.BudgetTokens, p.BudgetRatio = float64(2+rng.IntN(9)), 0.1
	}
	b := &p.Breaker
	b.FailureThreshold = 1 + rng.IntN(6)
	b.OpenFor = time.Duration(1+rng.IntN(40)) * 100 * ms
	b.SuccessesToClose = 1 + rng.IntN(3)
	b.OpenJitter = float64(rng.IntN(2)) * 0.5
	b.OpenGrowth = float64(1 + rng.IntN(2))
	switch rng.IntN(4) {
	case 0:
		b.Window, b.FailureRate = breaker.Window{Calls: 3 + rng.IntN(20)}, 0.5
	case 1:
		b.Window, b.SlowCall, b.SlowRate = breaker.Window{Span: 5 * time.Second}, 80*ms, 0.4
		b.MinVolume = 2
	}
	p.Strategy = []string{"drop", "last-known-good", "interpolated"}[rng.IntN(3)]
	p.MaxAge = time.Duration(rng.IntN(2)) * 4 * time.Second
	return p
}

// tuneAt is a Tune at the start of a batch.
func tuneAt(batch int, p policy.Policy, targets ...int) engine.Scripted {
	s := at(batch, event.Tune, targets...)
	s.Command.Policy = p
	return s
}

// randomRun is a run of random policies and commands.
func randomRun(seed uint64, batches int) engine.Config {
	rng := rand.New(rand.NewPCG(seed, 7))
	config := pipeline(seed, batches, randomScript(seed, 20, batches)...)
	for i := range config.Members {
		config.Members[i].Policy = randomPolicy(rng)
	}
	for range 3 {
		config.Script = append(config.Script, tuneAt(1+rng.IntN(batches), randomPolicy(rng), rng.IntN(5)))
	}
	return config
}

const rehearsed = 50 // batches of the runs below; the window is the last 30

func TestARehearsalWithoutAChangeIsWhatReallyHappened(t *testing.T) {
	for seed := range seeds(40) {
		config := randomRun(seed, rehearsed)
		rehearsable(t, config, func(l *live) {
			for _, n := range []int{1, 30, 99} {
				again, err := l.session.Rehearse(n, nil)
				if err != nil {
					t.Fatal(err)
				}
				first := rehearsed - min(n, rehearsed) + 1
				if again[0].Kind != event.RunStarted || again[1].Batch != first {
					t.Fatalf("it begins with %+v, %+v", again[0], again[1])
				}
				got := window(again, first, rehearsed)
				if diff := cmp.Diff(string(logOf(t, window(l.all(), first, rehearsed))), string(logOf(t, got))); diff != "" {
					t.Fatalf("seed %d, %d batches: %s", seed, n, diff)
				}
			}
		})
	}
}

// The ghost is right: what it shows is what a run with that setting would have
// given from the start of the window on.
func TestARehearsalIsTheRunWithTheSameTune(t *testing.T) {
	const first = rehearsed - 30 + 1
	for seed := range seeds(200) {
		rng := rand.New(rand.NewPCG(seed, 9))
		config, tuned := randomRun(seed, rehearsed), rng.IntN(5)
		p := randomPolicy(rng)
		var got []event.Event
		rehearsable(t, config, func(l *live) {
			var err error
			if got, err = l.session.Rehearse(30, map[int]policy.Policy{tuned: p}); err != nil {
				t.Fatal(err)
			}
		})
		// The same with the Tune before all else, and without those it replaces.
		other := config
		other.Script = slices.DeleteFunc(slices.Clone(config.Script), func(s engine.Scripted) bool {
			return s.Command.Op == event.Tune && s.Batch >= first && slices.Contains(s.Command.Sensors, tuned)
		})
		other.Script = slices.Insert(other.Script, 0, tuneAt(first, p, tuned))
		want := window(play(t, other).all(), first, rehearsed)
		want = slices.DeleteFunc(want, func(e event.Event) bool { // that the Tune changed nothing
			return e.Kind == event.CommandTaken && e.Taken.Text == "script: the settings are these already"
		})
		if diff := cmp.Diff(string(logOf(t, withoutPace(want))), string(logOf(t, window(got, first, rehearsed)))); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func TestARehearsalGoesIntoAnAggregatorOfItsOwn(t *testing.T) {
	rehearsable(t, pipeline(42, 40, inject(20, lasting(fault.Crash, 0), 3)), func(l *live) {
		p := layers()
		p.Breaker.FailureThreshold = 2
		again, err := l.session.Rehearse(30, map[int]policy.Policy{3: p, 77: p})
		if err != nil {
			t.Fatal(err)
		}
		ghost := newRecorder()
		for _, e := range again {
			ghost.hub.Publish(e)
		}
		opened := transitions(ghost, 3, breaker.Open)
		if really := transitions(l.recorder, 3, breaker.Open)[0]; opened[0].Batch != 21 || really.Batch != 24 {
			t.Errorf("it opens in batch %d, and really did in %d", opened[0].Batch, really.Batch)
		}
		run := again[0].Run
		if run.Batches != 40 || run.Sensors[3].Policy.Resolved().Breaker.FailureThreshold != 2 || run.Sensors[2].Policy.Resolved().Breaker.FailureThreshold != 5 || run.Sensors[3].Policy.Breaker.FailureThreshold != 2 {
			t.Errorf("%+v", run.Sensors[3])
		}
		if n := len(ghost.snapshot().Sensors[3].Columns); n != 30 {
			t.Errorf("%d columns", n)
		}
	})
}

func TestABatchThatIsUnderWayIsRehearsedToItsEnd(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(2010 * ms) // in the midst of batch 5
		again, err := l.session.Rehearse(30, nil)
		if err != nil {
			t.Fatal(err)
		}
		if end := again[len(again)-1]; end.Kind != event.BatchEnded || end.Batch != 5 {
			t.Errorf("it ends with %v of batch %d", end.Kind, end.Batch)
		}
	})
}

func TestWhatCannotBeRehearsedIsAnError(t *testing.T) {
	r := newRecorder()
	fresh := newSession(t, r, pipeline(42, 3), engine.Options{Paced: true})
	if _, err := fresh.Rehearse(30, nil); !errors.Is(err, engine.ErrNothingYet) {
		t.Errorf("before the run: %v", err)
	}
	_, unpaced := playSession(t, pipeline(42, 3))
	if _, err := unpaced.Rehearse(30, nil); !errors.Is(err, engine.ErrNotRehearsed) {
		t.Errorf("unpaced: %v", err)
	}
	onWall(t, realRun(member("a", layers(), answers(ms))), func(t *testing.T, l *live) {
		if _, err := l.session.Rehearse(30, nil); !errors.Is(err, engine.ErrNotRehearsed) {
			t.Errorf("real: %v", err)
		}
	})
	rehearsable(t, pipeline(42, 3), func(l *live) {
		wrong := layers()
		wrong.Timeout = -1
		if _, err := l.session.Rehearse(30, map[int]policy.Policy{0: wrong}); err == nil {
			t.Error("a policy that cannot be is rehearsed")
		}
	})
}

// BenchmarkRehearse is 30 batches of five sensors, as a key in the tuning panel
// asks for them.
func BenchmarkRehearse(b *testing.B) {
	r := newRecorder()
	s := newSession(b, r, pipeline(42, 40, inject(20, lasting(fault.Crash, 0), 3)), engine.Options{Paced: true, Speed: 64})
	ctx, cancel := context.WithCancel(context.Background())
	done, over := make(chan error, 1), make(chan struct{})
	r.on = func(e *event.Event) {
		if e.Kind == event.RunEnded {
			close(over)
		}
	}
	go func() { done <- s.Run(ctx) }()
	<-over
	p := layers()
	for b.Loop() {
		p.Breaker.FailureThreshold = 1 + p.Breaker.FailureThreshold%5
		if _, err := s.Rehearse(30, map[int]policy.Policy{3: p}); err != nil {
			b.Fatal(err)
		}
	}
	cancel()
	if err := <-done; err != nil {
		b.Fatal(fmt.Errorf("run: %w", err))
	}
}
