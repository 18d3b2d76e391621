package stats

import (
	"slices"
	"time"
)

// Slots are the lengths of time that one column of a real endpoint can stand for, in
// order: round times, so that the ends of an axis are round clock times.
func Slots() []time.Duration {
	return []time.Duration{
		time.Second, 2 * time.Second, 5 * time.Second, 10 * time.Second, 15 * time.Second, 30 * time.Second,
		time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour,
	}
}

// SlotFor is the shortest slot that is at least as long as every one of the intervals, so
// that no column of an endpoint that answers in time stays blank; the longest slot is the
// limit.
func SlotFor(intervals ...time.Duration) time.Duration {
	all := Slots()
	longest := slices.Max(append(intervals, all[0]))
	for _, s := range all {
		if s >= longest {
			return s
		}
	}
	return all[len(all)-1]
}
