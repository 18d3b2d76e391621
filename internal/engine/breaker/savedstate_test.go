package breaker

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// follow is a breaker with other settings that goes on from r, on the same clock.
func (r *rig) follow(s Settings) *rig {
	r.t.Helper()
	next := &rig{t: r.t, clock: r.clock}
	s.Now, s.OnTransition = r.clock.now, func(t Transition) { next.seen = append(next.seen, t) }
	b, err := r.Successor(s)
	if err != nil {
		r.t.Fatal(err)
	}
	next.Breaker = b
	return next
}

func TestARestoredBreakerGoesOnAsTheOneThatWasSaved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := Settings{FailureThreshold: 3, OpenFor: time.Second, OpenGrowth: 2, MaxProbes: 2}
		switch rapid.IntRange(0, 2).Draw(t, "window") {
		case 1:
			s.Window, s.FailureRate, s.SlowCall, s.SlowRate = Window{Calls: 7}, 0.5, time.Second, 0.5
		case 2:
			s.Window, s.FailureRate, s.MinVolume = Window{Span: 5 * time.Second}, 0.6, 4
		}
		clock := &handClock{}
		s.Now = clock.now
		one, err := New(s)
		if err != nil {
			t.Fatal(err)
		}
		other := one
		step := func(what int) {
			clock.advance(time.Duration(what%7) * 200 * time.Millisecond)
			both := []*Breaker{one}
			if other != one {
				both = append(both, other)
			}
			for _, b := range both {
				switch what % 11 {
				case 9:
					b.ForceOpen()
				case 10:
					b.ReleaseForced()
				default:
					p, _ := b.Acquire()
					p.Release(Outcome(what%3), nil)
				}
			}
		}
		for _, what := range rapid.SliceOfN(rapid.IntRange(0, 1000), 0, 60).Draw(t, "before") {
			step(what)
		}
		if other, err = Restore(s, one.Save()); err != nil {
			t.Fatal(err)
		}
		for _, what := range rapid.SliceOfN(rapid.IntRange(0, 1000), 0, 60).Draw(t, "after") {
			step(what)
			if diff := cmp.Diff(one.Snapshot(), other.Snapshot(), errorsByIdentity); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func TestASuccessorWithALowerThreshold(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 5})
	for range 4 {
		r.call(Failure)
	}
	next := r.follow(Settings{FailureThreshold: 2})
	next.in(Closed)
	if s := next.Snapshot(); s.Failures != 4 || s.FailuresToTrip != 1 || s.Metrics.FailureCalls != 4 {
		t.Errorf("%+v", s)
	}
	next.call(Failure)
	next.in(Open)
	if len(next.seen) != 1 || next.seen[0].Failures != 5 || len(next.seen[0].Causes) != 5 {
		t.Errorf("%+v", next.seen)
	}
}

func TestASuccessorThatNeedsFewerProbesClosesWithTheNext(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, SuccessesToClose: 4})
	r.trip()
	for range 3 {
		r.probe().Release(Success, nil)
	}
	next := r.follow(Settings{FailureThreshold: 1, SuccessesToClose: 2})
	if s := next.Snapshot(); s.State != HalfOpen || s.Good != 1 {
		t.Errorf("%+v", s)
	}
	next.call(Success)
	next.in(Closed)
}

func TestWhatIsInFlightEndsAtTheOldBreaker(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	late := r.begin()
	next := r.follow(Settings{FailureThreshold: 1})
	late.Release(Failure, errDown)
	next.in(Closed)
	next.counts(Metrics{})
	r.counts(Metrics{TotalCalls: 1, FailureCalls: 1})
	if len(r.seen)+len(next.seen) != 0 {
		t.Error("it tells of a transition")
	}
	r.begin().Release(Failure, errDown) // one that looked for its breaker before
	if len(r.seen) != 0 {
		t.Error("the old one goes on")
	}
}

func TestAnOpenBreakerThatIsReplacedRefusesForGood(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, OpenFor: time.Second})
	r.trip()
	next := r.follow(Settings{FailureThreshold: 1, OpenFor: time.Minute})
	r.clock.advance(time.Hour)
	if e := r.refused(); e.State != Open {
		t.Errorf("%+v", e)
	}
	if s := next.Snapshot(); s.OpenFor != time.Second || s.Last.Seq != 1 || s.Generation != 1 {
		t.Errorf("%+v", s)
	}
	next.probe().Release(Failure, errDown)
	if s := next.Snapshot(); s.OpenFor != time.Minute || s.Last.Seq != 3 {
		t.Errorf("the next opening lasts %v", s.OpenFor)
	}
}

func TestSettingsThatCannotBeLeaveTheBreakerAsItIs(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	if _, err := r.Successor(Settings{OpenFor: -1}); err == nil {
		t.Error("it is taken")
	}
	r.trip()
}

func TestAWindowIsTakenOverAsFarAsItFits(t *testing.T) {
	windows := map[string]struct {
		from, to Window
		want     Sample
	}{
		"shorter":             {Window{Calls: 8}, Window{Calls: 3}, Sample{Calls: 3, Failures: 1}},
		"longer":              {Window{Calls: 8}, Window{Calls: 20}, Sample{Calls: 8, Failures: 3}},
		"by time, both":       {Window{Span: 20 * time.Second}, Window{Span: 40 * time.Second, Buckets: 2}, Sample{Calls: 10, Failures: 4}},
		"a time that is over": {Window{Span: 20 * time.Second}, Window{Span: 5 * time.Second}, Sample{Calls: 3, Failures: 1}},
		"another kind":        {Window{Calls: 8}, Window{Span: time.Minute}, Sample{}},
	}
	for name, tt := range windows {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Settings{FailureThreshold: NoThreshold, Window: tt.from, FailureRate: 1})
			for i := range 10 {
				r.clock.advance(2 * time.Second)
				r.call(Outcome(min(1, i%3) ^ 1)) // every third fails
			}
			next := r.follow(Settings{FailureThreshold: NoThreshold, Window: tt.to, FailureRate: 1})
			if got := next.Snapshot().Sample; got != tt.want {
				t.Errorf("%+v", got)
			}
		})
	}
}
