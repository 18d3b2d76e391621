package breaker

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"
)

// TestBugD3ConcurrentUseIsFreeOfRaces lets callers, readers and an operator at
// one breaker; the race detector and goleak judge, and the sums at the end.
func TestBugD3ConcurrentUseIsFreeOfRaces(t *testing.T) {
	var mu sync.Mutex
	var seen []Transition
	r := newRig(t, Settings{
		FailureThreshold: 2, MaxProbes: 3, SuccessesToClose: 4, OpenFor: 5, ProbeTimeout: 50,
		OpenGrowth: 2, OpenMax: 20, OpenJitter: 0.5, Rand: func() float64 { return 0.5 },
		OnTransition: func(tr Transition) { mu.Lock(); seen = append(seen, tr); mu.Unlock() },
	})
	const callers, each = 6, 1500
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(1, uint64(c)))
			for range each {
				r.clock.advance(time.Duration(rnd.IntN(4)))
				_, _ = Do(context.Background(), r.Breaker, func(context.Context) (int, error) {
					return 0, []error{nil, nil, errDown, context.Canceled}[rnd.IntN(4)]
				})
			}
		})
	}
	wg.Go(func() {
		for i := range 300 {
			[]func(){r.ForceOpen, r.ReleaseForced, r.Disable, r.Enable, r.Reset}[i%5]()
		}
	})
	wg.Go(func() {
		for range 1000 {
			s := r.Snapshot()
			if s.ProbesInFlight > s.MaxProbes || s.Good+s.ProbesInFlight > s.SuccessesToClose {
				t.Errorf("too many probes: %+v", s)
			}
			_ = r.Status().String()
		}
	})
	wg.Wait()
	m := r.Metrics()
	if m.InFlight != 0 || m.TotalCalls != callers*each {
		t.Errorf("after all calls: %+v", m)
	}
	checkChain(t, seen)
	var opens uint64
	for _, tr := range seen {
		if tr.Opens() {
			opens++
		}
	}
	if opens != m.CircuitOpenCount {
		t.Errorf("%d openings in the transitions, %d in the metrics", opens, m.CircuitOpenCount)
	}
}

func TestBugA7ReleaseFromManyGoroutinesCountsOnce(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 2})
	p := r.begin()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { p.Release(Failure, errDown) })
	}
	wg.Wait()
	r.in(Closed)
	r.counts(Metrics{TotalCalls: 1, FailureCalls: 1})
}
