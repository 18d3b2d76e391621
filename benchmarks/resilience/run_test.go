package resilience

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/failsafe-go/failsafe-go"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/engine/timeout"
)

var errDown = errors.New("connection refused")

// step is a call: how long after the last one ended it is made, and what its
// attempts do.
type step struct {
	wait     time.Duration
	attempts [5]answer
}

type answer struct {
	takes time.Duration
	err   error
}

// story is a sequence of calls with good and bad times. No call falls on the
// very end of an open time, where peers differ, and no attempt on the timeout.
func story(seed uint64, errs ...error) []step {
	rng := rand.New(rand.NewPCG(seed, 7))
	bad := 0.0
	var steps []step
	for k := range 300 {
		if k%20 == 0 {
			bad = []float64{0, 0.3, 0.9, 1}[rng.IntN(4)]
		}
		s := step{wait: time.Duration(1+rng.IntN(1500))*time.Millisecond + 7*time.Microsecond}
		for i := range s.attempts {
			s.attempts[i].takes = time.Duration(1+rng.IntN(120)) * time.Millisecond
			if rng.Float64() < bad {
				s.attempts[i].err = errs[rng.IntN(len(errs))]
				if rng.IntN(4) == 0 {
					s.attempts[i].takes = time.Second // too long
				}
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// attempt is one attempt, and caller makes a call of as many as its policies let
// it.
type (
	attempt func(context.Context) (int, error)
	caller  func(attempt) error
)

// play makes the calls one after the other and notes when every attempt began,
// and how every call ended. Build is called on the time of the story.
func play(t *testing.T, steps []step, build func() caller) (log []string) {
	t.Helper()
	synctest.Test(t, func(*testing.T) {
		call, start := build(), time.Now()
		for _, s := range steps {
			time.Sleep(s.wait)
			n := 0
			err := call(func(ctx context.Context) (int, error) {
				a := s.attempts[n%5]
				n++
				log = append(log, fmt.Sprintf("%v attempt %d", time.Since(start), n))
				select {
				case <-time.After(a.takes):
					return 1, a.err
				case <-ctx.Done():
					return 0, ctx.Err()
				}
			})
			log = append(log, fmt.Sprintf("%v sent %d, failed %v", time.Since(start), n, err != nil))
		}
	})
	return log
}

// differ names the first line in which two logs differ.
func differ(t *testing.T, seed uint64, ours, theirs []string) {
	t.Helper()
	for k := range min(len(ours), len(theirs)) {
		if ours[k] != theirs[k] {
			t.Fatalf("seed %d: line %d of %d: ours %q, theirs %q", seed, k, len(ours), ours[k], theirs[k])
		}
	}
	if len(ours) != len(theirs) {
		t.Fatalf("seed %d: %d lines, theirs has %d", seed, len(ours), len(theirs))
	}
}

// refusals are the calls of a log of which nothing was sent.
func refusals(log []string) (n int) {
	for _, line := range log {
		if strings.HasSuffix(line, " sent 0, failed true") {
			n++
		}
	}
	return n
}

// compare plays stories by our policies and by the peer's.
func compare(t *testing.T, ours, theirs func() caller, errs ...error) {
	t.Helper()
	refused := 0
	for seed := range uint64(20) {
		steps := story(seed, errs...)
		log := play(t, steps, ours)
		differ(t, seed, log, play(t, steps, theirs))
		refused += refusals(log)
	}
	if refused < 100 {
		t.Errorf("only %d calls were refused", refused)
	}
}

func newBreaker(t *testing.T, p policy.Policy) *breaker.Breaker {
	t.Helper()
	b, err := breaker.New(p.Breaker)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheExportedGobreakerLetsTheSameCallsThrough(t *testing.T) {
	compare(t, func() caller {
		b := newBreaker(t, standard())
		return func(a attempt) error {
			_, err := breaker.Do(context.Background(), b, a)
			return err
		}
	}, func() caller {
		b := NewS3Breaker[int]()
		return func(a attempt) error {
			_, err := b.Execute(func() (int, error) { return a(context.Background()) })
			return err
		}
	}, errDown, errDown, context.Canceled)
}

// stack is our policies around an attempt, but for the fallback.
func stack(t *testing.T, p policy.Policy) func() caller {
	return func() caller {
		b, limit := newBreaker(t, p), timeout.Policy{After: p.Timeout}
		return func(a attempt) error {
			_, err := breaker.Do(context.Background(), b, func(ctx context.Context) (int, error) {
				return retry.Do(ctx, &p.Retry, func(ctx context.Context, _ int) (int, error) {
					return timeout.Do(ctx, &limit, a)
				})
			})
			return err
		}
	}
}

// executor is the peer's.
func executor(build func() failsafe.Executor[int]) func() caller {
	return func() caller {
		e := build()
		return func(a attempt) error {
			_, err := e.GetWithExecution(func(e failsafe.Execution[int]) (int, error) { return a(e.Context()) })
			return err
		}
	}
}

func TestTheExportedFailsafeMakesTheSameAttemptsAtTheSameTimes(t *testing.T) {
	compare(t, stack(t, standard()), executor(func() failsafe.Executor[int] {
		// The substitute fails, so that the failure of a call is seen.
		return NewS3(func() (int, error) { return 0, errDown })
	}), errDown)
}

func TestTheExportedFailsafeWaitsAsLongWhereItMustBeToldHowLong(t *testing.T) {
	compare(t, stack(t, linear()), executor(NewS1[int]), errDown)
}
