package breaker

import (
	"testing"
	"time"
)

// grownTwice is a breaker whose delay has doubled twice.
func grownTwice(t *testing.T, s Settings) *rig {
	t.Helper()
	r := newRig(t, s)
	r.trip()
	r.probe().Release(Failure, errDown)
	r.probe().Release(Failure, errDown)
	return r
}

func TestTheGrowthOfTheDelayGoesOnUnlessWhatItFollowsFromIsChanged(t *testing.T) {
	from := Settings{FailureThreshold: 1, OpenFor: time.Second, OpenGrowth: 2, OpenMax: time.Minute}
	for _, tt := range []struct {
		name   string
		change func(*Settings)
		want   time.Duration // of the next opening
	}{
		{"nothing", func(*Settings) {}, 8 * time.Second},
		{"another rule", func(s *Settings) { s.MaxProbes = 5 }, 8 * time.Second},
		{"OpenFor", func(s *Settings) { s.OpenFor = 2 * time.Second }, 2 * time.Second},
		{"OpenGrowth", func(s *Settings) { s.OpenGrowth = 3 }, time.Second},
		{"OpenMax", func(s *Settings) { s.OpenMax = time.Hour }, time.Second},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := grownTwice(t, from)
			s := from
			tt.change(&s)
			next := r.follow(s)
			if got := next.Snapshot().OpenFor; got != 4*time.Second {
				t.Errorf("the delay under way is %v now", got)
			}
			next.probe().Release(Failure, errDown)
			if got := next.Snapshot().OpenFor; got != tt.want {
				t.Errorf("the next delay is %v, want %v", got, tt.want)
			}
		})
	}
}

func TestARestoredBreakerIsNoEarlierThanTheOneThatWasSaved(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 2})
	r.clock.set(time.Hour)
	r.call(Failure) // notes the time
	r.clock.set(0)
	next := r.follow(Settings{FailureThreshold: 2})
	if got := next.Snapshot().At; got != time.Hour {
		t.Errorf("it is %v there", got)
	}
	next.call(Failure)
	if got := next.Snapshot().Last.At; got != time.Hour {
		t.Errorf("it opens at %v", got)
	}
}

func TestALongStreakIsTakenOverThoughItsCausesAreForgotten(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 100})
	for range 3 * maxCauses {
		r.call(Failure)
	}
	next := r.follow(Settings{FailureThreshold: 3*maxCauses + 1})
	if got := next.Snapshot().Failures; got != 3*maxCauses {
		t.Errorf("%d failures in a row, want %d", got, 3*maxCauses)
	}
	next.call(Failure)
	next.in(Open)
	if last := next.Snapshot().Last; last.Failures != 3*maxCauses+1 || len(last.Causes) != maxCauses {
		t.Errorf("%+v", last)
	}
}

func TestAStreakThatHasEndedIsNotTakenOverWithItsCauses(t *testing.T) {
	s := byCount(10, 10, 0.5)
	s.FailureThreshold = 3
	r := newRig(t, s)
	r.call(Failure)
	r.call(Failure)
	r.call(Success)
	if got := r.follow(s).Snapshot().Failures; got != 0 {
		t.Errorf("%d failures in a row after a success", got)
	}
}

func TestAWindowMayComeOrGo(t *testing.T) {
	with, without := byCount(4, 4, 0.5), Settings{FailureThreshold: 9}
	r := newRig(t, with)
	r.call(Failure)
	r = r.follow(without)
	r.holds(Sample{})
	r.call(Failure)
	r = r.follow(with)
	r.holds(Sample{})
	if got := r.Snapshot().Failures; got != 2 {
		t.Errorf("%d failures in a row, want 2", got)
	}
}
