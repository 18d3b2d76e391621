package breaker

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// naive is CLOSED once more, as plainly as can be: every outcome is kept for ever,
// and all are looked through each time.
type naive struct {
	s        Settings
	inARow   int
	outcomes []naiveOutcome
}

type naiveOutcome struct {
	at, batch    time.Duration // batch is when the first outcome that leaves with it came
	failed, slow bool
}

func (n *naive) add(now time.Duration, failed, slow bool) {
	if n.inARow++; !failed {
		n.inARow = 0
	}
	o := naiveOutcome{at: now, batch: now, failed: failed, slow: slow}
	if k := len(n.outcomes); k > 0 && n.s.Window.Span > 0 {
		// A batch takes in what comes within a share of the span, rounded up.
		last := n.outcomes[k-1].batch
		if (now-last)*time.Duration(n.s.Window.Buckets) < n.s.Window.Span && now-last < n.s.Window.Span {
			o.batch = last
		}
	}
	n.outcomes = append(n.outcomes, o)
}

func (n *naive) sample(now time.Duration) (s Sample) {
	for i, o := range n.outcomes {
		in := len(n.outcomes)-i <= n.s.Window.Calls
		if n.s.Window.Span > 0 {
			in = now-o.batch < n.s.Window.Span
		}
		if in {
			s.add(o.failed, o.slow)
		}
	}
	return s
}

func (n *naive) trips(now time.Duration) (Reason, bool) {
	s := n.sample(now)
	reaches := func(part int, rate float64) bool {
		// The rates drawn are eighths, so that these products are exact.
		return rate > 0 && float64(part) >= rate*float64(s.Calls)
	}
	switch {
	case n.s.FailureThreshold > 0 && n.inARow >= n.s.FailureThreshold:
		return TooManyFailures, true
	case s.Calls < n.s.MinVolume:
	case reaches(s.Failures, n.s.FailureRate):
		return TooHighFailureRate, true
	case reaches(s.Slow, n.s.SlowRate):
		return TooManySlow, true
	}
	return 0, false
}

// farthest is how far ahead the naive forecast looks; longer than any ring here.
const farthest = 150

// missing tries it out, with one outcome more at a time.
func (n *naive) missing(now time.Duration, failed, slow bool) int {
	try := *n
	try.outcomes = slices.Clone(n.outcomes)
	if !failed {
		try.s.FailureThreshold = NoThreshold
	}
	for k := 1; k <= farthest; k++ {
		try.add(now, failed, slow)
		if _, ok := try.trips(now); ok {
			return k
		}
	}
	return 0
}

func drawSettings(t *rapid.T) Settings {
	s := Settings{
		FailureThreshold: rapid.SampledFrom([]int{NoThreshold, NoThreshold, 0, 3, 12}).Draw(t, "threshold"),
		FailureRate:      float64(rapid.IntRange(0, 8).Draw(t, "failure rate")) / 8,
		SlowRate:         float64(rapid.IntRange(0, 8).Draw(t, "slow rate")) / 8,
	}
	if s.SlowRate > 0 {
		s.SlowCall = 5
	} else if s.FailureRate == 0 {
		s.FailureRate = 1
	}
	if rapid.Bool().Draw(t, "by time") {
		s.Window.Span = time.Duration(rapid.IntRange(1, 60).Draw(t, "span"))
		s.Window.Buckets = rapid.IntRange(2, 8).Draw(t, "buckets")
		s.MinVolume = rapid.IntRange(0, 12).Draw(t, "volume")
	} else {
		s.Window.Calls = rapid.OneOf(rapid.IntRange(1, 12), rapid.IntRange(60, 140)).Draw(t, "calls")
		s.MinVolume = rapid.IntRange(0, s.Window.Calls).Draw(t, "volume")
	}
	return s
}

// TestWindowAgreesWithTheNaiveOne compares what the window holds, every opening
// with its figures, and the forecasts, after every step.
func TestWindowAgreesWithTheNaiveOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSettings(t)
		var now time.Duration
		s.Now = func() time.Duration { return now }
		b, err := New(s)
		if err != nil {
			t.Fatal(err)
		}
		n := &naive{s: b.Settings()}
		call := func(o Outcome, slow bool) {
			p, err := b.Acquire()
			if err != nil {
				t.Fatal(err)
			}
			slow = slow && s.SlowCall > 0
			if slow {
				now += s.SlowCall + 1
			}
			p.Release(o, errDown)
			if o != Neutral {
				n.add(now, o == Failure, slow)
			}
			reason, trips := n.trips(now)
			last := b.Snapshot().Last
			if trips = trips && o != Neutral; trips != (b.Snapshot().State == Open) {
				t.Fatalf("open: %v; the naive window %+v trips: %v", !trips, n.sample(now), trips)
			}
			if trips {
				if last.Reason != reason || last.Sample != n.sample(now) || last.At != now {
					t.Fatalf("%+v\nwant %v, %+v", last, reason, n.sample(now))
				}
				b.Reset()
				n.outcomes, n.inARow = nil, 0
			}
		}
		drawn := func(t *rapid.T) {
			good := rapid.IntRange(0, 9).Draw(t, "outcome")
			o := Success
			switch {
			case good < 3:
				o = Failure
			case good == 3:
				o = Neutral
			}
			call(o, rapid.IntRange(0, 3).Draw(t, "slow") == 0)
		}
		t.Repeat(map[string]func(*rapid.T){
			"call":  drawn,
			"call2": drawn,
			"good":  func(t *rapid.T) { call(Success, false) },
			"wait":  func(t *rapid.T) { now += time.Duration(rapid.IntRange(0, 30).Draw(t, "wait")) },
			"": func(t *rapid.T) {
				got := b.Snapshot()
				if want := n.sample(now); got.Sample != want {
					t.Fatalf("the window holds %+v, want %+v", got.Sample, want)
				}
			},
			"forecast": func(t *rapid.T) {
				got := b.Snapshot()
				check := func(what string, got, want int) {
					if got != want && (got <= farthest || want != 0) {
						t.Fatalf("%d %s to trip, want %d; the window holds %+v", got, what, want, n.sample(now))
					}
				}
				check("failures", got.FailuresToTrip, n.missing(now, true, false))
				if s.SlowCall > 0 {
					check("slow calls", got.SlowToTrip, n.missing(now, false, true))
				}
			},
		})
	})
}

// TestACallCountsForASpanLessABucketAtLeast holds without knowing of buckets.
func TestACallCountsForASpanLessABucketAtLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		span := time.Duration(rapid.IntRange(2, 1000).Draw(t, "span"))
		buckets := rapid.IntRange(2, 20).Draw(t, "buckets")
		list := newSpans(span, buckets)
		var now time.Duration
		var ends []time.Duration
		for range rapid.IntRange(1, 60).Draw(t, "calls") {
			now += time.Duration(rapid.IntRange(0, int(span)/4).Draw(t, "wait"))
			list.add(now, false, false)
			ends = append(ends, now)
			var sure, possible int
			for _, at := range ends {
				if now-at < span-list.width {
					sure++
				}
				if now-at < span {
					possible++
				}
			}
			if got := list.at(now).Calls; got < sure || got > possible {
				t.Fatalf("%d calls, want %d to %d", got, sure, possible)
			}
		}
	})
}
