package breaker

import (
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// succession is a breaker that others take the place of, and what they told.
type succession struct {
	clock handClock
	now   atomic.Pointer[Breaker]
	mu    sync.Mutex
	seen  []Transition
	slow  func(tr Transition) // in the listener, before it is noted
}

func newSuccession(t *testing.T, slow func(tr Transition)) *succession {
	t.Helper()
	s := &succession{slow: slow}
	b, err := New(s.settings(1))
	if err != nil {
		t.Fatal(err)
	}
	s.now.Store(b)
	return s
}

func (s *succession) settings(threshold int) Settings {
	return Settings{
		FailureThreshold: threshold, OpenFor: 5, SuccessesToClose: 1, Now: s.clock.now,
		OnTransition: func(tr Transition) {
			if s.slow != nil {
				s.slow(tr)
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			s.seen = append(s.seen, tr)
		},
	}
}

// follow puts another breaker in the place of the one in force.
func (s *succession) follow(t *testing.T, threshold int) {
	t.Helper()
	next, err := s.now.Load().Successor(s.settings(threshold))
	if err != nil {
		t.Error(err)
		return
	}
	s.now.Store(next)
}

func TestASuccessorTellsWhatItDoesAfterWhatTheOldOneDid(t *testing.T) {
	told, goOn := make(chan struct{}), make(chan struct{})
	s := newSuccession(t, func(tr Transition) {
		if tr.Seq == 1 {
			close(told)
			<-goOn
		}
	})
	var wg sync.WaitGroup
	wg.Go(s.now.Load().ForceOpen) // its listener takes a while
	<-told
	s.follow(t, 2)
	s.now.Load().ReleaseForced()
	s.now.Load().Reset()
	s.mu.Lock()
	if len(s.seen) != 0 {
		t.Errorf("told before the first one was: %v", s.seen)
	}
	s.mu.Unlock()
	close(goOn)
	wg.Wait()
	if checkChain(t, s.seen); len(s.seen) != 3 {
		t.Errorf("told %v", s.seen)
	}
}

func TestWhatAPanicLeftUntoldTheSuccessorTells(t *testing.T) {
	var s *succession
	s = newSuccession(t, func(tr Transition) {
		if tr.Seq == 1 {
			s.follow(t, 2)
			s.now.Load().ReleaseForced()
			s.now.Load().ForceOpen() // both are queued behind this one
			_, _ = s.now.Load().Acquire()
			panic("listener")
		}
	})
	mustPanic(t, s.now.Load().ForceOpen)
	if _, err := s.now.Load().Acquire(); err == nil {
		t.Error("it is forced open")
	}
	if got := reasons(s.seen); len(got) != 2 || got[0] != ForceReleased || got[1] != Forced {
		t.Errorf("told %v", got)
	}
}

// TestManyCallersHearOfTransitionsInOrderWhileSettingsChange is for the race
// detector too.
func TestManyCallersHearOfTransitionsInOrderWhileSettingsChange(t *testing.T) {
	s := newSuccession(t, nil)
	var callers, tuner sync.WaitGroup
	var ended atomic.Bool
	for c := range 64 {
		callers.Go(func() {
			rnd := rand.New(rand.NewPCG(16, uint64(c)))
			for range 200 {
				s.clock.advance(time.Duration(rnd.IntN(3)))
				p, err := s.now.Load().Acquire()
				if err == nil {
					p.Release([]Outcome{Success, Failure}[rnd.IntN(2)], errDown)
				}
			}
		})
	}
	tuner.Go(func() {
		for n := 0; !ended.Load(); n++ {
			s.follow(t, 1+n%3)
			if n%5 == 0 {
				s.now.Load().Reset()
			}
		}
	})
	callers.Wait()
	ended.Store(true)
	tuner.Wait()
	s.now.Load().Reset() // whoever was told last has told all
	checkChain(t, s.seen)
	if len(s.seen) < 100 {
		t.Errorf("only %d transitions", len(s.seen))
	}
}
