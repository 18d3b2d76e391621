package breaker

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBugA1PanicInProbeReopensAndFreesTheSlot(t *testing.T) {
	withDoAndDoProbe(t, panicInProbe)
}

func panicInProbe(t *testing.T, do doing) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.trip()
	r.clock.advance(DefaultOpenFor)
	cause := errors.New("index out of range")
	got := func() (v any) {
		defer func() { v = recover() }()
		_, _ = do(t.Context(), r.Breaker, func(context.Context) (int, error) { panic(cause) })
		return nil
	}()
	if got != any(cause) {
		t.Fatalf("the panic came out as %v, want %v passed on", got, cause)
	}
	s := r.Snapshot()
	if s.State != Open || s.Last.Reason != ProbeFailed || s.Metrics.InFlight != 0 {
		t.Fatalf("after a panic in a probe: %+v", s)
	}
	err := s.Last.Causes[0].Err
	if !errors.Is(err, cause) || err.Error() != "panic: index out of range" {
		t.Fatalf("the cause is %v", err)
	}
	r.probe().Release(Success, nil)
}

func TestBugA2GoexitInProbeReopensAndFreesTheSlot(t *testing.T) {
	withDoAndDoProbe(t, goexitInProbe)
}

func goexitInProbe(t *testing.T, do doing) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.trip()
	r.clock.advance(DefaultOpenFor)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = do(context.Background(), r.Breaker, func(context.Context) (int, error) { runtime.Goexit(); return 0, nil })
		t.Error("Goexit did not end the goroutine")
	}()
	<-done
	s := r.Snapshot()
	if s.State != Open || s.Metrics.InFlight != 0 || !errors.Is(s.Last.Causes[0].Err, ErrGoexit) {
		t.Fatalf("after Goexit in a probe: %+v", s)
	}
	r.probe().Release(Success, nil)
}

func TestBugA3ProbeThatNeverReturnsTimesOutAndItsLateResultCountsForNothing(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, ProbeTimeout: time.Second})
	r.trip()
	hung := r.probe()
	r.clock.advance(time.Second)
	r.refused() // exactly at the deadline it is not yet older than it
	r.in(HalfOpen)
	r.clock.advance(1)
	if got := r.Snapshot().ProbesLate; got != 1 {
		t.Fatalf("ProbesLate is %d, want 1", got)
	}
	r.refused()
	r.in(Open)
	last := r.Snapshot().Last
	if got := r.Snapshot().LastFailure; got != last.At {
		t.Fatalf("LastFailure is %v, want %v", got, last.At)
	}
	if last.Reason != ProbeTimedOut || len(last.Causes) != 1 || last.Causes[0].Err != ErrProbeTimeout || last.Delay != DefaultOpenFor {
		t.Fatalf("reopened by %+v", last)
	}
	want := Metrics{TotalCalls: 4, FailureCalls: 2, FastFailCount: 2, CircuitOpenCount: 2, ProbeFailCount: 1}
	r.counts(want)
	before := r.Snapshot()
	hung.Release(Success, nil)
	if diff := cmp.Diff(before, r.Snapshot(), errorsByIdentity); diff != "" {
		t.Fatalf("the late result changed something:\n%s", diff)
	}
}

func TestBugA3LateProbeFailsAlsoWhenNoCallCameInBetween(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1, ProbeTimeout: time.Second})
	r.trip()
	p := r.probe()
	r.clock.advance(time.Second + 1)
	p.Release(Success, nil)
	r.in(Open)
	r.counts(Metrics{TotalCalls: 2, FailureCalls: 2, CircuitOpenCount: 2, ProbeFailCount: 1})
}

func TestBugA3OnlyLateProbesAreWrittenOff(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 3, MaxProbes: 3, ProbeTimeout: time.Second})
	r.trip()
	first := r.probe()
	r.clock.advance(600 * time.Millisecond)
	second := r.probe()
	r.clock.advance(600 * time.Millisecond)
	second.Release(Success, nil) // in time itself, but it finds the first one late
	r.in(Open)
	first.Release(Failure, errDown)
	r.counts(Metrics{TotalCalls: 3, SuccessCalls: 1, FailureCalls: 2, CircuitOpenCount: 2, ProbeFailCount: 1})
}

func TestBugA4NeutralOutcomeGivesTheSlotBack(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 2})
	r.trip()
	for range 5 {
		r.probe().Release(Neutral, context.Canceled)
		if s := r.Snapshot(); s.State != HalfOpen || s.ProbesInFlight != 0 || s.Good != 0 {
			t.Fatalf("after a neutral probe: %+v", s)
		}
	}
	r.probe().Release(Success, nil)
	r.probe().Release(Neutral, nil)
	r.probe().Release(Success, nil)
	r.in(Closed) // a neutral one between two good ones does not break the row
	r.counts(Metrics{TotalCalls: 9, SuccessCalls: 2, FailureCalls: 1, IgnoredCalls: 6, CircuitOpenCount: 1, ProbeSuccessCount: 2})
}

func TestBugA5HalfOpenNeedsNoMinimumVolume(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 100, SuccessesToClose: 1})
	r.trip()
	r.probe().Release(Failure, errDown)
	r.in(Open) // one failure, not 100
	r.probe().Release(Success, nil)
	r.in(Closed)
}

func TestBugA6OlderCallDoesNotFreeTheProbesSlot(t *testing.T) {
	for _, o := range []Outcome{Success, Failure, Neutral} {
		t.Run(o.String(), func(t *testing.T) {
			r := newRig(t, Settings{FailureThreshold: 1})
			old := r.begin()
			r.trip()
			oldProbe := r.probe()
			r.Reset()
			r.trip()
			r.probe()
			old.Release(o, errDown)
			oldProbe.Release(o, errDown)
			if s := r.Snapshot(); s.State != HalfOpen || s.ProbesInFlight != 1 || s.Good != 0 {
				t.Fatalf("an older call's end changed the probes: %+v", s)
			}
			r.refused()
		})
	}
}

// The older call is one of Do, in which the circuit opens and a probe is let
// through before it ends.
func TestBugA6OlderCallOfDoDoesNotFreeTheProbesSlot(t *testing.T) {
	withDoAndDoProbe(t, func(t *testing.T, do doing) {
		for _, end := range []error{nil, errDown} {
			r := newRig(t, Settings{FailureThreshold: 1})
			_, _ = do(t.Context(), r.Breaker, func(context.Context) (int, error) {
				r.trip()
				r.probe()
				return 0, end
			})
			if s := r.Snapshot(); s.State != HalfOpen || s.ProbesInFlight != 1 || s.Good != 0 {
				t.Fatalf("an older call that ended with %v changed the probes: %+v", end, s)
			}
			r.refused()
		}
	})
}

func TestBugA7ReleaseTwiceCountsOnce(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 2})
	p := r.begin()
	for range 5 {
		p.Release(Failure, errDown)
	}
	r.in(Closed)
	r.counts(Metrics{TotalCalls: 1, FailureCalls: 1})
	r.call(Failure)
	probe := r.probe()
	copied := *probe // the misuse is the point
	probe.Release(Success, nil)
	probe.Release(Success, nil)
	copied.Release(Success, nil)
	if s := r.Snapshot(); s.State != HalfOpen || s.Good != 1 {
		t.Fatalf("a probe released more than once counted so: %+v", s)
	}
	new(Permit).Release(Success, nil) // a refused call's permit
}

func TestBugA7ReleaseNeverIsFreedByTheDeadline(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 1, ProbeTimeout: time.Second})
	r.trip()
	r.probe() // its permit is lost
	r.clock.advance(time.Minute)
	r.refused()
	r.probe().Release(Success, nil)
	r.in(Closed)
}

func TestBugB1HalfOpenAdmitsNoMoreThanMaxProbes(t *testing.T) {
	for _, tt := range []struct{ probes, need, want int }{{1, 2, 1}, {2, 5, 2}, {3, 3, 3}, {5, 3, 3}, {10, 1, 1}} {
		t.Run(fmt.Sprintf("P=%d,N=%d", tt.probes, tt.need), func(t *testing.T) {
			r := newRig(t, Settings{FailureThreshold: 1, MaxProbes: tt.probes, SuccessesToClose: tt.need})
			r.trip()
			r.clock.advance(DefaultOpenFor)
			if got := admitted(r.Breaker, 20); got != tt.want {
				t.Fatalf("admitted %d of 20, want %d", got, tt.want)
			}
			r.counts(Metrics{
				TotalCalls: 21, FailureCalls: 1, CircuitOpenCount: 1,
				FastFailCount: uint64(20 - tt.want), InFlight: uint64(tt.want),
			})
		})
	}
}

func TestBugB2RaceAtOpenToHalfOpenAdmitsOne(t *testing.T) {
	for range 200 {
		r := newRig(t, Settings{FailureThreshold: 1})
		r.trip()
		r.clock.advance(DefaultOpenFor)
		if got := admitted(r.Breaker, 8); got != 1 {
			t.Fatalf("%d goroutines at once became probes, want 1", got)
		}
		if len(r.seen) != 2 {
			t.Fatalf("transitions: %v", r.seen)
		}
	}
}

// Who waits for a lock for longer than a millisecond and loses it to another starves,
// as package sync has it, and from then on whoever gives the lock up hands it to the
// next of those who wait. Here the clock takes that long to read, and snapshots win
// the lock from the callers. So a breaker that gave it up between its look at the
// probes and its decision would have callers look before the first decides, in one
// round or another.
func TestBugB2NobodyLooksBetweenALookAndItsDecision(t *testing.T) {
	var slow atomic.Bool
	r := &rig{t: t, clock: &handClock{}}
	b, err := New(Settings{FailureThreshold: 1, Now: func() time.Duration {
		for began := time.Now(); slow.Load() && time.Since(began) < 3*time.Millisecond; {
			runtime.Gosched()
		}
		return r.clock.now()
	}})
	if err != nil {
		t.Fatal(err)
	}
	r.Breaker = b
	for range 30 {
		r.trip()
		r.clock.advance(DefaultOpenFor)
		slow.Store(true)
		var snapshots sync.WaitGroup
		snapshots.Go(func() {
			for range 6 {
				r.Snapshot()
			}
		})
		if got := admitted(r.Breaker, 8); got != 1 {
			t.Fatalf("%d goroutines at once became probes, want 1", got)
		}
		snapshots.Wait()
		slow.Store(false)
		r.Reset()
	}
}

// admitted lets n goroutines acquire at once and returns how many were let through.
func admitted(b *Breaker, n int) int {
	var (
		mu    sync.Mutex
		count int
		wg    sync.WaitGroup
		start = make(chan struct{})
	)
	for range n {
		wg.Go(func() {
			<-start
			if _, err := b.Acquire(); err == nil {
				mu.Lock()
				count++
				mu.Unlock()
			}
		})
	}
	close(start)
	wg.Wait()
	return count
}

func TestBugB3NoMoreProbesInAllThanClosingNeeds(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, MaxProbes: 2, SuccessesToClose: 3})
	r.trip()
	a, b := r.probe(), r.probe()
	r.refused() // two at a time
	a.Release(Success, nil)
	c := r.probe()
	r.refused()
	b.Release(Success, nil)
	r.refused() // two good, one in flight: the third is under way
	c.Release(Success, nil)
	r.in(Closed)
	if got := r.Metrics().ProbeSuccessCount; got != 3 {
		t.Fatalf("%d good probes closed the circuit, want 3", got)
	}
}
