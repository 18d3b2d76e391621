package stats

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTheScaleIsRoundedToOneTwoFourEight(t *testing.T) {
	for d, want := range map[time.Duration]time.Duration{
		0: ms, ms: ms, ms + 1: 2 * ms, 3 * ms: 4 * ms, 5 * ms: 8 * ms, 9 * ms: 10 * ms, 10 * ms: 10 * ms,
		81 * ms: 100 * ms, 153 * ms: 200 * ms, 201 * ms: 400 * ms, 900 * ms: time.Second,
		time.Minute: 80 * time.Second, 22 * time.Hour: 80000 * time.Second, math.MaxInt64: math.MaxInt64,
	} {
		if got := roundUp(d); got != want {
			t.Errorf("%v is rounded to %v, want %v", d, got, want)
		}
	}
}

func TestTheScaleOfARun(t *testing.T) {
	s := func(n float64) time.Duration { return time.Duration(n * float64(time.Second)) }
	steps := []struct {
		at, took, top time.Duration
		why           string
	}{
		{0, 50 * ms, scaleFirst, "it begins with room for retries"},
		{s(1), 900 * ms, scaleFirst, "it keeps still at first"},
		{s(5), 50 * ms, time.Second, "then it takes in what was seen"},
		{s(5.5), 3 * time.Second, time.Second, "one change in 5 s"},
		{s(9.9), 50 * ms, time.Second, "not yet"},
		{s(10), 50 * ms, 4 * time.Second, "now"},
		{s(36.9), 50 * ms, 4 * time.Second, "the peak is still in the window"},
		{s(37), 50 * ms, 80 * ms, "it has left the window: the scale decays"},
		{s(43), 0, 80 * ms, "the last peaks count"},
		{s(120), 0, 80 * ms, "nothing but refusals says nothing"},
		{s(121), 70 * time.Second, 80 * time.Second, "after long silence"},
		{s(9000), 9 * ms, 10 * ms, "after longer silence"},
	}
	var sc scale
	if sc.top() != scaleFirst {
		t.Errorf("before any call the top is %v", sc.top())
	}
	for _, c := range steps {
		sc.call(c.at, c.took)
		if got := sc.top(); got != c.top {
			t.Errorf("at %v, a call of %v: top %v, want %v (%s)", c.at, c.took, got, c.top, c.why)
		}
	}
}

func TestTheScaleChangesAtMostOnceInFiveSecondsAndFollowsThePeak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type seen struct{ at, took time.Duration }
		var calls []seen
		var s scale
		var at time.Duration
		changed := time.Duration(0) // a run begins with a change
		for range rapid.IntRange(1, 200).Draw(t, "calls") {
			at += time.Duration(rapid.Int64Range(0, int64(2*time.Second)).Draw(t, "wait"))
			took := time.Duration(rapid.Int64Range(0, int64(3*time.Second)).Draw(t, "took"))
			before := s.top()
			s.call(at, took)
			calls = append(calls, seen{at, took})
			top := s.top()
			if top != before {
				if at-changed < 5*time.Second {
					t.Fatalf("changed at %v and again at %v", changed, at)
				}
				changed = at
			}
			if top != roundUp(top) {
				t.Fatalf("the top is %v", top)
			}
			var peak time.Duration // of the last 32 started seconds
			for _, c := range calls {
				if c.at/time.Second > at/time.Second-scaleWindow {
					peak = max(peak, c.took)
				}
			}
			if at-changed >= scaleHold && peak > 0 && top != roundUp(peak) {
				t.Fatalf("at %v the top is %v, the peak %v", at, top, peak)
			}
		}
	})
}
