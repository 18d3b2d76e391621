package stats

import (
	"slices"
	"time"
)

// scale is the rolling top of the latency scale that all panes share, so that
// they can be compared: rounded to 1, 2, 4 or 8 times a power of ten, and
// changed at most once in scaleHold, so that it does not jump.
type scale struct {
	// longest call by second, over the last scaleWindow seconds
	peaks   [scaleWindow]time.Duration
	peak    time.Duration // the longest of them, and the top that it asks for:
	wanted  time.Duration // looked for when they change, and not at every call
	second  int64
	now     time.Duration
	shown   time.Duration
	changed time.Duration
}

const (
	scaleWindow = 32
	scaleHold   = 5 * time.Second
	// scaleFirst is the top that a run begins with: enough for a call of 50 ms
	// with two retries, so that the first failures fit.
	scaleFirst = 400 * time.Millisecond
)

// call records a call that took d and ended at the given time.
func (s *scale) call(at, d time.Duration) {
	second := int64(at / time.Second)
	changes := d > s.peak || s.second < second
	for ; s.second < second; s.second++ {
		if second-s.second > scaleWindow {
			s.second = second - scaleWindow // all slots are too old
		}
		s.peaks[(s.second+1)%scaleWindow] = 0
	}
	slot := &s.peaks[second%scaleWindow]
	*slot = max(*slot, d)
	if changes {
		s.peak = slices.Max(s.peaks[:])
		s.wanted = roundUp(s.peak)
	}
	s.now = at
	s.settle()
}

func (s *scale) settle() {
	if s.peak == 0 {
		return // calls that were all refused say nothing about a scale
	}
	if s.wanted != s.top() && s.now-s.changed >= scaleHold {
		s.shown, s.changed = s.wanted, s.now
	}
}

func (s *scale) top() time.Duration {
	if s.shown == 0 {
		return scaleFirst
	}
	return s.shown
}

// roundUp is the next of 1, 2, 4, 8 times a power of ten milliseconds.
func roundUp(d time.Duration) time.Duration {
	for unit := time.Millisecond; ; unit *= 10 {
		for _, m := range []time.Duration{1, 2, 4, 8} {
			if d <= m*unit {
				return m * unit
			}
		}
		if unit > time.Hour {
			return d
		}
	}
}
