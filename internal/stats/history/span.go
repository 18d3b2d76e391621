package history

import (
	"slices"
	"sort"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
)

// Span is the part of a run that can be shown again, as it was when
// History.Span was called. It is safe for concurrent use and never changes. The
// zero value is empty.
type Span struct {
	parts []chunk // copies, oldest first
	to    time.Duration
	// verdicts returns the lines of the verdicts that the events of the parts
	// led to, oldest first. Finding them takes counting once more, which is done at the
	// first call.
	verdicts func() []sentence.Line
}

// Empty is true where there is nothing to show.
func (s Span) Empty() bool { return len(s.parts) == 0 }

// From is the earliest moment that At can show: the start of the run, or the
// last event before those that are kept.
func (s Span) From() time.Duration {
	switch {
	case s.Empty():
		return 0
	case s.base().Run() != nil:
		return s.base().At()
	default:
		return s.parts[0].first
	}
}

// base is the aggregator before all events. The span must not be empty.
func (s Span) base() *stats.Aggregator { return s.parts[0].before }

// To is the time of the last event.
func (s Span) To() time.Duration { return s.to }

// At is the aggregator as it was after all events up to and including t; before From
// it is that of From. The aggregator is a copy and belongs to the caller.
func (s Span) At(t time.Duration) *stats.Aggregator {
	if s.Empty() {
		return stats.New()
	}
	part, n := s.find(t)
	first := part
	for s.parts[first].before == nil {
		first--
	}
	out := s.parts[first].before.Clone()
	for e := range (Span{parts: s.parts[first:part]}).events() {
		out.Observe(e)
	}
	for e := range s.parts[part].events(n) {
		out.Observe(e)
	}
	return out
}

// find returns the part that holds the last event up to t, and how many of its
// events to take. All events of the parts before it are taken, also those that
// are a little out of order.
func (s Span) find(t time.Duration) (part, n int) {
	for part = len(s.parts) - 1; part >= 0; part-- {
		p := &s.parts[part]
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
func (s Span) Previous(t time.Duration) (at time.Duration, ok bool) {
	stops := s.stops()
	i, _ := slices.BinarySearch(stops, t)
	if i == 0 {
		return 0, false
	}
	return stops[i-1], true
}

// Next is the first stop after t. The last of all is To.
func (s Span) Next(t time.Duration) (at time.Duration, ok bool) {
	stops := s.stops()
	i := sort.Search(len(stops), func(i int) bool { return stops[i] > t })
	if i == len(stops) {
		return 0, false
	}
	return stops[i], true
}

// stops are all stops (see Previous), in order, each once.
func (s Span) stops() []time.Duration {
	if s.Empty() {
		return nil
	}
	run, events, end := s.run(), s.others(), event.BatchEnded
	virtual := run == nil || run.Virtual
	if !virtual {
		events, end = s.events(), event.CallEnded
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
	return slices.Compact(append(out, s.to))
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
func (s Span) Change(t time.Duration, sensor int, forward bool) (at time.Duration, ok bool) {
	for e := range s.others() {
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
func (s Span) Lines(before uint64, n int, match func(sentence.Line) bool) []sentence.Line {
	var out []sentence.Line
	for l := range s.backwards() {
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
func (s Span) LinesAfter(after uint64, n int, match func(sentence.Line) bool) []sentence.Line {
	var out []sentence.Line
	for l := range s.backwards() {
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
