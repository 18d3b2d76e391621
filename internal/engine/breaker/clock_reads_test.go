package breaker

import (
	"testing"
	"time"
)

// On a clock that goes on with every look at it, a second look for one result
// would put the opening after the failure that caused it.
func TestAFailureOpensTheCircuitAtTheTimeItWasReported(t *testing.T) {
	for name, s := range map[string]Settings{"in a row": {FailureThreshold: 1}, "by count": byCount(1, 1, 1), "by time": byTime(1, 1)} {
		t.Run(name, func(t *testing.T) {
			var now time.Duration
			s.Now = func() time.Duration { now++; return now }
			b, err := New(s)
			if err != nil {
				t.Fatal(err)
			}
			p, _ := b.Acquire()
			p.Release(Failure, errDown)
			last := b.Snapshot().Last
			if last.To != Open || len(last.Causes) != 1 || last.At != last.Causes[0].At {
				t.Errorf("%+v", last)
			}
		})
	}
}

func TestASuccessThatOpensTheCircuitLooksAtTheClockOnce(t *testing.T) {
	for name, s := range map[string]Settings{"by count": byCount(2, 2, 0.5), "by time": byTime(2, 0.5)} {
		t.Run(name, func(t *testing.T) {
			reads := 0
			s.Now = func() time.Duration { reads++; return 0 }
			b, err := New(s)
			if err != nil {
				t.Fatal(err)
			}
			p, _ := b.Acquire()
			p.Release(Failure, errDown)
			p, _ = b.Acquire()
			reads = 0
			p.Release(Success, nil)
			if reads != 1 || b.Snapshot().Last.Reason != TooHighFailureRate {
				t.Errorf("%d looks at the clock; %+v", reads, b.Snapshot().Last)
			}
		})
	}
}

// What a listener's own call published stays: the next refusal takes no lock.
func TestTellingTheListenerLeavesThePublishedRefusal(t *testing.T) {
	var r *rig
	r = newRig(t, Settings{FailureThreshold: 1, OnTransition: func(Transition) { r.refused() }})
	r.call(Failure)
	if r.shut.Load() == nil {
		t.Error("the refusal is taken back though all was told")
	}
}
