package breaker

import (
	"testing"
	"time"
)

func TestBugH1TimeThatALateFailureNotedIsNotTakenBackFromARefusal(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1, OpenFor: 10})
	late := r.begin()
	r.trip()
	r.refused() // from here on without the lock
	r.clock.set(10)
	late.Release(Failure, errDown)
	r.clock.set(5)
	if s := r.Snapshot(); !s.ProbeDue {
		t.Fatalf("%+v", s)
	}
	if p := r.begin(); !p.Probe() {
		t.Fatal("a probe that was due is not let through")
	}
}

func TestAForcedRefusalReadsNoClockAndAnOpenOneReadsItOnce(t *testing.T) {
	reads := 0
	b, err := New(Settings{Now: func() time.Duration { reads++; return 0 }, FailureThreshold: 1})
	if err != nil {
		t.Fatal(err)
	}
	count := func(want int) {
		t.Helper()
		_, _ = b.Acquire() // the first of a generation takes the lock
		reads = 0
		for range 10 {
			if _, err := b.Acquire(); err == nil {
				t.Fatal("let through")
			}
		}
		if reads != want {
			t.Errorf("%d clock readings in 10 refusals, want %d", reads, want)
		}
	}
	p, _ := b.Acquire()
	p.Release(Failure, errDown)
	count(10)
	b.ForceOpen()
	count(0)
}

func TestASavedStateHasTheRefusalsThatTookNoLock(t *testing.T) {
	r := newRig(t, Settings{FailureThreshold: 1})
	r.trip()
	for range 5 {
		r.refused()
	}
	b, err := Restore(r.Settings(), r.Save())
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Metrics(); got != r.Metrics() || got.FastFailCount != 5 {
		t.Fatalf("restored %+v, saved %+v", got, r.Metrics())
	}
}

func TestWhatAPanicLeftUntoldIsToldByARefusalAlsoAfterOthers(t *testing.T) {
	var r *rig
	told := 0
	r = newRig(t, Settings{FailureThreshold: 1, OnTransition: func(tr Transition) {
		told++
		if tr.Reason == TooManyFailures {
			r.ForceOpen()
			r.refused() // publishes the refusal while the queue is not empty
			panic("listener")
		}
	}})
	mustPanic(t, func() { r.call(Failure) })
	r.refused()
	if told != 2 {
		t.Fatalf("%d transitions told, want 2", told)
	}
}
