package breaker

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBugE1ListenerMayUseTheBreaker(t *testing.T) {
	var r *rig
	var seen []Transition
	r = newRig(t, Settings{FailureThreshold: 1, OnTransition: func(tr Transition) {
		seen = append(seen, tr)
		_, _, _, _ = r.Snapshot(), r.Metrics(), r.Status(), r.Settings()
		switch tr.Reason {
		case TooManyFailures:
			r.ForceOpen() // makes a transition from within
			_, err := r.Acquire()
			if !errors.Is(err, ErrOpen) {
				t.Errorf("Acquire in the listener: %v", err)
			}
		case Forced:
			r.Reset()
		}
	}})
	r.call(Failure)
	r.in(Closed)
	if got := reasons(seen); !cmp.Equal(got, []Reason{TooManyFailures, Forced, WasReset}) {
		t.Fatalf("reasons %v", got)
	}
}

func TestBugE2TransitionsAreToldInOrderAndOnce(t *testing.T) {
	var (
		mu   sync.Mutex
		seen []Transition
	)
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1, OnTransition: func(tr Transition) {
		runtime.Gosched()
		mu.Lock() // also shows that no two are told at a time
		seen = append(seen, tr)
		mu.Unlock()
	}})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 300 {
				r.clock.advance(time.Second)
				if p, err := r.Acquire(); err == nil {
					p.Release(Outcome((w+i)%3), errDown)
				}
				if i%50 == w {
					r.Reset()
				}
			}
		})
	}
	wg.Wait()
	checkChain(t, seen)
	if got := r.Snapshot().Generation; uint64(len(seen)) != got {
		t.Fatalf("%d transitions were told, %d happened", len(seen), got)
	}
}

func TestBugE4ProbeDueFollowsFromTheTimeAlone(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.clock.set(10 * time.Second)
	r.trip()
	for _, tt := range []struct {
		at, in time.Duration
		due    bool
	}{
		{10 * time.Second, 3 * time.Second, false},
		{13*time.Second - 1, 1, false},
		{13 * time.Second, 0, true},
		{time.Hour, 0, true},
	} {
		r.clock.set(tt.at)
		s := r.Snapshot()
		if s.State != Open || s.ProbeAt != 13*time.Second || s.ProbeIn != tt.in || s.ProbeDue != tt.due {
			t.Errorf("at %v: %+v", tt.at, s)
		}
	}
	if len(r.seen) != 1 {
		t.Errorf("reading changed the state: %v", r.seen)
	}
}

func TestBugF2FailuresFarApartTrip(t *testing.T) {
	for _, apart := range []time.Duration{10 * time.Second, time.Hour, 365 * 24 * time.Hour} {
		r := newRig(t, Settings{FailureThreshold: 6})
		for range 6 {
			r.in(Closed)
			r.clock.advance(apart)
			r.call(Failure)
		}
		r.in(Open)
	}
}

func TestBugF4SuccessResetsTheCount(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 3})
	for range 10 {
		r.call(Failure)
		r.call(Failure)
		r.call(Success)
	}
	r.in(Closed)
	r.call(Failure)
	r.call(Neutral) // does not reset it
	r.call(Failure)
	r.call(Failure)
	r.in(Open)
}

func TestBugF7RefusalsAreNoFailures(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 2})
	r.trip()
	for range 100 {
		r.clock.advance(time.Millisecond)
		r.refused()
	}
	if s := r.Snapshot(); s.ProbeAt != DefaultOpenFor || s.Metrics.FailureCalls != 1 {
		t.Fatalf("refused calls counted, or began the wait anew: %+v", s)
	}
	r.clock.advance(DefaultOpenFor)
	r.probe().Release(Success, nil)
	second := r.probe()
	r.refused() // one probe at a time; it takes nothing from the good one
	second.Release(Success, nil)
	r.in(Closed)
}

// doing is Do, or DoProbe as a Do.
type doing func(ctx context.Context, b *Breaker, fn func(context.Context) (int, error)) (int, error)

// withDoAndDoProbe runs a test with each of the two.
func withDoAndDoProbe(t *testing.T, test func(t *testing.T, do doing)) {
	t.Helper()
	t.Run("Do", func(t *testing.T) { test(t, Do[int]) })
	t.Run("DoProbe", func(t *testing.T) {
		test(t, func(ctx context.Context, b *Breaker, fn func(context.Context) (int, error)) (int, error) {
			return DoProbe(ctx, b, func(ctx context.Context, _ bool) (int, error) { return fn(ctx) })
		})
	})
}

func TestBugG1CallersOwnCancelIsNeutral(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  error // what the call returns after its caller has cancelled
		want Metrics
	}{
		{"the cancellation", context.Canceled, Metrics{TotalCalls: 1, IgnoredCalls: 1}},
		{"wrapped", fmt.Errorf("read: %w", context.Canceled), Metrics{TotalCalls: 1, IgnoredCalls: 1}},
		{"another error", errDown, Metrics{TotalCalls: 1, IgnoredCalls: 1}},
		{"none", nil, Metrics{TotalCalls: 1, SuccessCalls: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			withDoAndDoProbe(t, func(t *testing.T, do doing) {
				r := newRig(t, Settings{FailureThreshold: 1})
				ctx, cancel := context.WithCancel(t.Context())
				_, err := do(ctx, r.Breaker, func(context.Context) (int, error) { cancel(); return 0, tt.err })
				if err != tt.err {
					t.Errorf("error %v, want %v untouched", err, tt.err)
				}
				r.in(Closed)
				r.counts(tt.want)
			})
		})
	}
}

func TestBugG2OneClassifierForEveryState(t *testing.T) {
	notFound, half := errors.New("not found"), errors.New("half an answer")
	withDoAndDoProbe(t, func(t *testing.T, how doing) {
		r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1, Classify: func(err error) Outcome {
			switch err {
			case notFound:
				return Success
			case half:
				return Failure
			}
			return DefaultClassify(err)
		}})
		do := func(err error) {
			_, _ = how(t.Context(), r.Breaker, func(context.Context) (int, error) { return 0, err })
		}
		do(notFound)
		r.in(Closed)
		do(half)
		r.in(Open)
		r.clock.advance(DefaultOpenFor)
		do(Ignored(errDown))
		r.in(HalfOpen)
		do(errDown) // a probe's ordinary error
		r.in(Open)
		r.clock.advance(DefaultOpenFor)
		do(half)
		r.in(Open)
		r.clock.advance(DefaultOpenFor)
		do(notFound)
		r.in(Closed)
	})
}

func TestBugG3TimeoutIsAFailure(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	ctx, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	_, _ = Do(ctx, r.Breaker, func(ctx context.Context) (int, error) { return 0, fmt.Errorf("read: %w", ctx.Err()) })
	r.in(Open)
	if got := r.Snapshot().Last.Causes[0].Err; !errors.Is(got, context.DeadlineExceeded) {
		t.Fatalf("cause %v", got)
	}
}

func TestBugH1ClockThatGoesBackChangesNoTime(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1})
	r.clock.set(time.Hour)
	r.trip()
	r.clock.set(0)
	if s := r.Snapshot(); s.At != time.Hour || s.ProbeIn != DefaultOpenFor {
		t.Fatalf("with the clock back: %+v", s)
	}
	r.refused()
	r.ForceOpen()
	if got := r.Snapshot().Last.At; got != time.Hour {
		t.Fatalf("a transition at %v, before the last one", got)
	}
}

func TestBugH1DefaultClockIsTheTimeSinceNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, err := New(Settings{FailureThreshold: 1, OpenFor: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		p, _ := b.Acquire()
		p.Release(Failure, errDown)
		if s := b.Snapshot(); s.Since != 2*time.Second || s.ProbeAt != 3*time.Second {
			t.Fatalf("%+v", s)
		}
		time.Sleep(time.Second)
		if p, err := b.Acquire(); err != nil || !p.Probe() {
			t.Fatalf("no probe after the delay: %v", err)
		}
	})
}

func TestBugH2JitterSpreadsTheProbesOfAFleet(t *testing.T) {
	draws := []float64{0, 0.25, 0.5, 0.999999}
	want := []time.Duration{3 * time.Second, 3375 * time.Millisecond, 3750 * time.Millisecond, 4499998500 * time.Nanosecond}
	for i, u := range draws {
		r := newRig(t, Settings{FailureThreshold: 1, OpenJitter: 0.5, Rand: func() float64 { return u }})
		r.trip()
		s := r.Snapshot()
		// Rounded to a microsecond.
		if got := s.OpenFor; got < want[i]-time.Microsecond || got > want[i]+time.Microsecond || got%time.Microsecond != 0 {
			t.Errorf("with a draw of %v the delay is %v, want %v", u, got, want[i])
		}
		if s.Last.Delay != s.OpenFor {
			t.Errorf("the transition names %v, the snapshot %v", s.Last.Delay, s.OpenFor)
		}
	}
}
