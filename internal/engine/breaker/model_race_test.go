package breaker

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestBugB1CallersReleasedTogetherKeepToTheTable lets four callers at a circuit
// whose probe is due, at once, with every combination of what becomes of them.
// The order is the scheduler's; what must hold is the same in each.
func TestBugB1CallersReleasedTogetherKeepToTheTable(t *testing.T) {
	const callers = 4
	endings := []stepKind{stepSuccess, stepFailure, stepNeutral, stepPanic}
	runs := 0
	for combination := range 256 {
		b := bounds{callers, 1, 1 + combination%3, 1 + combination/3%3}
		var how [callers]stepKind
		for i, rest := 0, combination; i < callers; i, rest = i+1, rest/len(endings) {
			how[i] = endings[rest%len(endings)]
		}
		together(t, b, how[:])
		runs++
	}
	t.Logf("%d combinations", runs)
}

func together(t *testing.T, b bounds, how []stepKind) {
	var (
		mu    sync.Mutex
		seen  []Transition
		clock handClock
		phase [8]atomic.Int64 // probes in flight, by generation
		start = make(chan struct{})
		wg    sync.WaitGroup
	)
	s := b.settings()
	s.Now = clock.now
	s.OnTransition = func(tr Transition) { mu.Lock(); seen = append(seen, tr); mu.Unlock() }
	cb, err := New(s)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := cb.Acquire()
	first.Release(Failure, errDown)
	_, _ = cb.Acquire() // publishes the refusal
	clock.advance(modelDelay)
	for i, k := range how {
		wg.Go(func() {
			<-start
			defer func() { _ = recover() }()
			_, _ = DoProbe(context.Background(), cb, func(_ context.Context, probe bool) (int, error) {
				if probe {
					n := &phase[cb.Snapshot().Generation%8]
					if got := n.Add(1); got > int64(b.probes) {
						t.Errorf("%d probes at once, want at most %d", got, b.probes)
					}
					defer n.Add(-1)
				}
				for range i {
					runtime.Gosched()
				}
				switch k {
				case stepPanic:
					panic("sensor")
				case stepFailure:
					return 0, errDown
				case stepNeutral:
					return 0, context.Canceled
				}
				return 1, nil
			})
		})
	}
	wg.Go(func() {
		<-start
		for range 4 {
			m := cb.Snapshot().Metrics
			if m.TotalCalls != m.SuccessCalls+m.FailureCalls+m.FastFailCount+m.IgnoredCalls+m.InFlight || m.InFlight > uint64(len(how)) {
				t.Errorf("the counts do not add up: %+v", m)
			}
		}
	})
	close(start)
	wg.Wait()
	m := cb.Metrics()
	if m.TotalCalls != uint64(len(how))+2 || m.InFlight != 0 {
		t.Errorf("after all calls: %+v", m)
	}
	checkChain(t, seen)
}

// TestBugB1ARefusalThatTakesNoLockIsCountedAtOnce reads the sum while callers are
// refused without the lock and others open and close the circuit.
func TestBugB1ARefusalThatTakesNoLockIsCountedAtOnce(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, OpenFor: time.Hour})
	r.trip()
	const callers, each = 4, 500
	var wg sync.WaitGroup
	for range callers {
		wg.Go(func() {
			for range each {
				if _, err := r.Acquire(); err == nil {
					t.Error("let through")
				}
			}
		})
	}
	for range 200 {
		if m := r.Metrics(); m.InFlight != 0 || m.TotalCalls != m.FastFailCount+m.FailureCalls {
			t.Errorf("the counts do not add up: %+v", m)
		}
	}
	wg.Wait()
	r.counts(Metrics{TotalCalls: callers*each + 1, FailureCalls: 1, FastFailCount: callers * each, CircuitOpenCount: 1})
}
