package history

import (
	"slices"
	"sort"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
)

// Reach is the part of a run that can be shown again, as it was when
// History.Reach was called. It is safe for concurrent use and never changes. The
// zero value is empty.
type Reach struct {
	base  *stats.Aggregator
	parts []chunk // copies, oldest first
	to    time.Duration
	// verdicts returns the lines of the verdicts that the events of the parts
	// led to, oldest first. Finding them takes counting once more, which is done at the
	// first call.
	verdicts func() []sentence.Line
}

// Empty is true where there is nothing to show.
func (r Reach) Empty() bool { return len(r.parts) == 0 }

// From is the earliest moment that At can show: the start of the run, or the
// last event that the base has counted.
func (r Reach) From() time.Duration {
	switch {
	case r.base != nil && r.base.Run() != nil:
		return r.base.At()
	case r.Empty():
		return 0
	default:
		return r.parts[0].first
	}
}

// To is the time of the last event.
func (r Reach) To() time.Duration { return r.to }

// At is the aggregator as it was after all events up to and including t; before From
// it is that of From. The aggregator is a copy and belongs to the caller.
func (r Reach) At(t time.Duration) *stats.Aggregator {
	if r.base == nil {
		return stats.New()
	}
	out := r.base.Clone()
	part, n := r.find(t)
	for e := range (Reach{parts: r.parts[:part]}).events() {
		out.Observe(e)
	}
	if n > 0 {
		for e := range r.parts[part].events(n) {
			out.Observe(e)
		}
	}
	return out
}

// find returns the part that holds the last event up to t, and how many of its
// events to take. All events of the parts before it are taken, also those that
// are a little out of order.
func (r Reach) find(t time.Duration) (part, n int) {
	for part = len(r.parts) - 1; part >= 0; part-- {
		p := &r.parts[part]
		if p.first > t {
			continue
		}
		if p.last <= t {
			return part, len(p.places)
		}
		for i := range p.places {
			if p.places[i].call.At <= t {
				n = i + 1
			}
		}
		return part, n
	}
	return 0, 0
}

// Previous is the last stop before t: the end of a batch, when the scores of all
// sensors are equally long. Real endpoints have no common batch: there a stop is
// the end of the last call in each second.
func (r Reach) Previous(t time.Duration) (at time.Duration, ok bool) {
	stops := r.stops()
	i, _ := slices.BinarySearch(stops, t)
	if i == 0 {
		return 0, false
	}
	return stops[i-1], true
}

// Next is the first stop after t. The last of all is To.
func (r Reach) Next(t time.Duration) (at time.Duration, ok bool) {
	stops := r.stops()
	i := sort.Search(len(stops), func(i int) bool { return stops[i] > t })
	if i == len(stops) {
		return 0, false
	}
	return stops[i], true
}

// stops are all stops (see Previous), in order, each once.
func (r Reach) stops() []time.Duration {
	if r.Empty() {
		return nil
	}
	run, events, end := r.run(), r.others(), event.BatchEnded
	virtual := run == nil || run.Virtual
	if !virtual {
		events, end = r.events(), event.CallEnded
	}
	var out []time.Duration
	for e := range events {
		if e.Kind == end {
			out = append(out, e.At)
		}
	}
	slices.Sort(out)
	if !virtual {
		out = lastOfSeconds(out)
	}
	// The last event is a stop too, also where its batch has not ended.
	return slices.Compact(append(out, r.to))
}

// lastOfSeconds keeps the last of the times in every second.
func lastOfSeconds(times []time.Duration) []time.Duration {
	out := times[:0]
	for i, t := range times {
		if i+1 == len(times) || times[i+1]/time.Second != t/time.Second {
			out = append(out, t)
		}
	}
	return out
}

// Change is when the next change of a circuit's state after t came, or the
// previous one before t: that of a sensor, or of any (event.NoSensor).
func (r Reach) Change(t time.Duration, sensor int, forward bool) (at time.Duration, ok bool) {
	for e := range r.others() {
		then := e.At
		switch {
		case e.Kind != event.StateChanged, sensor != event.NoSensor && sensor != e.Sensor:
		case forward && then > t && (!ok || then < at), !forward && then < t && (!ok || then > at):
			at, ok = then, true
		}
	}
	return at, ok
}

// Lines are the last n notable events numbered less than before (Line.Seq; 0 for
// no limit) for which match is true, oldest first; a nil match takes all. They
// go back further than the aggregator's: through all that is kept, and the 512 lines
// before that. An event and the verdict that it led to have the same number;
// they stay together, and may then be one line more than n.
func (r Reach) Lines(before uint64, n int, match func(sentence.Line) bool) []sentence.Line {
	var out []sentence.Line
	for l := range r.backwards() {
		if len(out) >= n && (n <= 0 || l.Seq != out[len(out)-1].Seq) {
			break
		}
		if (before == 0 || l.Seq < before) && (match == nil || match(l)) {
			out = append(out, l)
		}
	}
	slices.Reverse(out)
	return out
}

// LinesAfter are the first n such events numbered more than after, oldest first,
// or one more, likewise.
func (r Reach) LinesAfter(after uint64, n int, match func(sentence.Line) bool) []sentence.Line {
	var out []sentence.Line
	for l := range r.backwards() {
		if l.Seq <= after {
			break
		}
		if match == nil || match(l) {
			out = append(out, l)
		}
	}
	slices.Reverse(out)
	n = min(max(n, 0), len(out))
	for n > 0 && n < len(out) && out[n].Seq == out[n-1].Seq {
		n++
	}
	return out[:n]
}
