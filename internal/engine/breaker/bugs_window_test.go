package breaker

import (
	"math/bits"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// byCount judges only the failure rate of the latest n calls.
func byCount(n, volume int, failureRate float64) Settings {
	return Settings{
		FailureThreshold: NoThreshold, Window: Window{Calls: n},
		MinVolume: volume, FailureRate: failureRate, SuccessesToClose: 1,
	}
}

// byTime judges only the failure rate of the latest ten seconds, in ten buckets.
func byTime(volume int, failureRate float64) Settings {
	s := byCount(0, volume, failureRate)
	s.Window.Span = 10 * time.Second
	return s
}

func (r *rig) holds(want Sample) {
	r.t.Helper()
	if got := r.Snapshot().Sample; got != want {
		r.t.Fatalf("at %v the window holds %+v, want %+v", r.clock.now(), got, want)
	}
}

func TestBugA5HalfOpenIgnoresTheMinimumVolume(t *testing.T) {
	for name, s := range map[string]Settings{"by count": byCount(100, 50, 0.5), "by time": byTime(50, 0.5)} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, s)
			for range 50 {
				r.call(Failure)
			}
			r.in(Open)
			r.probe().Release(Failure, errDown)
			r.in(Open)
			r.probe().Release(Success, nil)
			r.in(Closed)
		})
	}
}

func TestBugF1AWindowByTimeRunsEmptyWithReadsAlone(t *testing.T) {
	r := newRig(t, byTime(20, 0.5))
	for range 9 {
		r.call(Failure)
	}
	r.clock.set(5 * time.Second)
	r.call(Success)
	for _, tt := range []struct {
		at      time.Duration
		want    Sample
		missing int
	}{
		{5 * time.Second, Sample{Calls: 10, Failures: 9}, 10},
		{10*time.Second - 1, Sample{Calls: 10, Failures: 9}, 10},
		{10 * time.Second, Sample{Calls: 1}, 19},
		{15*time.Second - 1, Sample{Calls: 1}, 19},
		{15 * time.Second, Sample{}, 20},
		{24 * time.Hour, Sample{}, 20},
	} {
		r.clock.set(tt.at)
		r.holds(tt.want)
		if got := r.Snapshot().FailuresToTrip; got != tt.missing {
			t.Errorf("at %v: %d failures to trip, want %d", tt.at, got, tt.missing)
		}
	}
	r.clock.set(5 * time.Second) // a clock that goes back finds what was not really gone
	r.holds(Sample{Calls: 10, Failures: 9})
	if len(r.seen) != 0 {
		t.Errorf("reading changed the state: %v", r.seen)
	}
}

func TestBugF3ABurstIsSeenWhereverOnTheClockItFalls(t *testing.T) {
	// Five failures within 9 s are within 10 s less a bucket, so they trip from any
	// start; fixed edges every 10 s would cut most such bursts in two.
	for start := time.Duration(0); start < 20*time.Second; start += 130 * time.Millisecond {
		r := newRig(t, byTime(5, 1))
		r.clock.set(start)
		r.call(Failure)
		for range 4 {
			r.clock.advance(9*time.Second/4 - 1)
			r.call(Failure)
		}
		if r.Snapshot().State != Open {
			t.Fatalf("a burst that begins at %v was not seen", start)
		}
		// And four with one that is 10 s older never do.
		r.Reset()
		r.call(Failure)
		r.clock.advance(10 * time.Second)
		for range 4 {
			r.call(Failure)
		}
		r.in(Closed)
	}
}

func TestBugF5ASuccessThatCompletesTheVolumeIsJudged(t *testing.T) {
	for name, s := range map[string]Settings{"by count": byCount(3, 3, 0.5), "by time": byTime(3, 0.5)} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, s)
			r.clock.set(time.Second)
			r.call(Failure)
			r.clock.set(2 * time.Second)
			r.call(Failure)
			r.in(Closed)
			r.clock.set(3 * time.Second)
			r.call(Success)
			r.in(Open)
			last := r.Snapshot().Last
			if last.Reason != TooHighFailureRate || last.At != 3*time.Second ||
				last.Sample != (Sample{Calls: 3, Failures: 2}) || last.Limit != 0.5 || last.Delay != DefaultOpenFor {
				t.Errorf("%+v", last)
			}
			if len(last.Causes) != 2 || last.Causes[0] != (Cause{time.Second, errDown}) || last.Causes[1] != (Cause{2 * time.Second, errDown}) {
				t.Errorf("causes %+v", last.Causes)
			}
		})
	}
}

func TestBugF6ThePartsOfAWindowAlwaysAddUp(t *testing.T) {
	count := func(words []uint64) (n int) {
		for _, w := range words {
			n += bits.OnesCount64(w)
		}
		return n
	}
	rapid.Check(t, func(t *rapid.T) {
		ring := newRing(rapid.IntRange(1, 130).Draw(t, "calls"))
		list := newSpans(time.Duration(rapid.IntRange(1, 40).Draw(t, "span")), rapid.IntRange(2, 12).Draw(t, "buckets"))
		var now time.Duration
		t.Repeat(map[string]func(*rapid.T){
			"add": func(t *rapid.T) {
				failed, slow := rapid.Bool().Draw(t, "failed"), rapid.Bool().Draw(t, "slow")
				ring.add(failed, slow)
				list.add(now, failed, slow)
			},
			"wait": func(t *rapid.T) { now += time.Duration(rapid.IntRange(0, 15).Draw(t, "wait")) },
			"clear": func(t *rapid.T) {
				if rapid.IntRange(0, 9).Draw(t, "rare") == 0 {
					ring.clear()
					list.clear()
				}
			},
			"": func(t *rapid.T) {
				if h := ring.held; h.Failures != count(ring.failed) || h.Slow != count(ring.slow) || h.Calls > ring.size {
					t.Fatalf("the ring holds %+v, its bits say %d and %d", h, count(ring.failed), count(ring.slow))
				}
				var sum, left Sample
				for i := range list.used {
					b := list.list[list.index(i)]
					sum = Sample{sum.Calls + b.sum.Calls, sum.Failures + b.sum.Failures, sum.Slow + b.sum.Slow}
					if now-b.began < list.span {
						left = Sample{left.Calls + b.sum.Calls, left.Failures + b.sum.Failures, left.Slow + b.sum.Slow}
					}
				}
				if sum != list.held || left != list.at(now) || list.used > len(list.list) {
					t.Fatalf("the buckets sum up to %+v, %+v of it not over; held are %+v and %+v", sum, left, list.held, list.at(now))
				}
			},
		})
	})
}

func TestBugF7RefusedCallsAreNotInTheWindow(t *testing.T) {
	for name, s := range map[string]Settings{"by count": byCount(4, 4, 0.5), "by time": byTime(4, 0.5)} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, s)
			for range 4 {
				r.call(Failure)
			}
			for range 100 {
				r.refused()
			}
			r.probe().Release(Success, nil)
			r.in(Closed)
			r.holds(Sample{}) // neither are probes
			for range 3 {
				r.call(Success)
			}
			r.call(Failure)
			r.in(Closed)
			r.holds(Sample{Calls: 4, Failures: 1})
		})
	}
}

func TestBugF8NeutralCallsAreNotInTheSample(t *testing.T) {
	r := newRig(t, byCount(4, 4, 0.5))
	r.call(Failure)
	r.call(Failure)
	r.call(Success)
	for range 100 { // neither complete the volume nor drive out what is there
		r.call(Neutral)
	}
	r.holds(Sample{Calls: 3, Failures: 2})
	r.in(Closed)
	r.call(Success)
	r.in(Open)
	r.counts(Metrics{TotalCalls: 104, SuccessCalls: 2, FailureCalls: 2, IgnoredCalls: 100, CircuitOpenCount: 1})
}
