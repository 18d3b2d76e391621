package stats

import (
	"math"
	"slices"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
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

// slots are the slots of one sensor, of every length. The zero value keeps none.
type slots struct {
	zero  int64 // the Unix time of the run's start, in nanoseconds
	limit int   // how many are kept of each length
	rings []slotRing
}

// newSlots keeps the slots of a sensor of a run that has so many.
func newSlots(run *event.Run) slots {
	s := slots{limit: min(maxSlots, Columns(len(run.Sensors))), rings: make([]slotRing, len(Slots()))}
	for i := range s.rings {
		s.rings[i] = newSlotRing(s.limit)
	}
	if date, ok := run.Date(0); ok {
		s.zero = date.UnixNano()
	}
	return s
}

// number is the number of the slot of a length that a time of the run is in.
func (s *slots) number(at, length time.Duration) int64 { return (s.zero + int64(at)) / int64(length) }

// call adds a call that has ended to all slots that it touches. before is the breaker's
// state until it ended.
func (s *slots) call(c *event.Call, before breaker.State) {
	for i := range s.rings {
		length := Slots()[i]
		last := s.number(c.Start+max(c.Took-1, 0), length)
		oldest := max(last, s.rings[i].newest) - int64(s.limit) + 1
		for n := max(s.number(c.Start, length), oldest); n <= last; n++ {
			slot := s.rings[i].at(n)
			if n < last {
				slot.touch(c, before)
				continue
			}
			slot.touch(c, c.Circuit.State)
			if c.Result == event.Live {
				slot.value, slot.flags = c.Value, slot.flags|slotValue
			}
		}
	}
}

// kept is true where any slots are.
func (s *slots) kept() bool { return len(s.rings) > 0 }

// columns are the last count slots of a length, all of them, blank ones too. The last is
// the one that until is in.
func (s *slots) columns(count int, length, until time.Duration) []Column {
	return inSlots(s, count, length, until, func(n int64, slot slot) Column {
		return Column{
			At: time.Duration(n*int64(length) - s.zero), Took: time.Duration(slot.micros) * time.Microsecond,
			Mark: slot.mark, State: slot.state,
			Probe: slot.flags&slotProbe != 0, Fault: slot.flags&slotFault != 0,
		}
	})
}

// values are the newest values in the same slots, NaN where there was none.
func (s *slots) values(count int, length, until time.Duration) []float64 {
	return inSlots(s, count, length, until, func(_ int64, slot slot) float64 {
		if slot.flags&slotValue == 0 {
			return math.NaN()
		}
		return slot.value
	})
}

// inSlots makes something of each of the last count slots; nil where slots of the length
// are not kept.
func inSlots[T any](s *slots, count int, length, until time.Duration, of func(int64, slot) T) []T {
	i := slices.Index(Slots(), length)
	if i < 0 {
		return nil
	}
	out := make([]T, max(min(count, s.limit), 0))
	first := s.number(until, length) - int64(len(out)) + 1
	for k := range out {
		n := first + int64(k)
		out[k] = of(n, s.rings[i].get(n, s.limit))
	}
	return out
}

// clone copies the slots, so that adding to the copy does not change these, to which
// nothing must be added any more.
func (s *slots) clone() slots {
	out := *s
	out.rings = slices.Clone(s.rings)
	for i := range out.rings {
		out.rings[i] = s.rings[i].clone()
	}
	return out
}
