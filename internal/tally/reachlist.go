package tally

import (
	"iter"
	"slices"

	"resiltui/internal/engine/event"
)

// The lists of a chunk.
func begins(c *chunk) []uint16   { return c.begins }
func ends(c *chunk) []uint16     { return c.ends }
func changes(c *chunk) []uint16  { return c.changes }
func notables(c *chunk) []uint16 { return c.notable }

// each goes through the events of a list, oldest first.
func (r Reach) each(list func(*chunk) []uint16) iter.Seq[*event.Event] {
	return func(yield func(*event.Event) bool) {
		for i := range r.parts {
			p := &r.parts[i]
			for _, k := range list(p) {
				if !yield(&p.events[k]) {
					return
				}
			}
		}
	}
}

// eachBack is each, newest first.
func (r Reach) eachBack(list func(*chunk) []uint16) iter.Seq[*event.Event] {
	return func(yield func(*event.Event) bool) {
		for i := range slices.Backward(r.parts) {
			p := &r.parts[i]
			for _, k := range slices.Backward(list(p)) {
				if !yield(&p.events[k]) {
					return
				}
			}
		}
	}
}

// backwards goes through the notable events in words, newest first, and on
// through those that the base still has. A verdict stands after the event that
// made it known, which may be no notable one.
func (r Reach) backwards() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		if r.base == nil {
			return
		}
		run, verdicts := r.run(), r.verdicts()
		for e := range r.eachBack(notables) {
			l := Describe(e, run)
			for n := len(verdicts); n > 0 && verdicts[n-1].Seq >= l.Seq; n = len(verdicts) {
				if !yield(verdicts[n-1]) {
					return
				}
				verdicts = verdicts[:n-1]
			}
			if !yield(l) {
				return
			}
		}
		for _, l := range slices.Backward(verdicts) {
			if !yield(l) {
				return
			}
		}
		for _, n := range slices.Backward(r.base.lines.last(MaxLines)) {
			if !yield(r.base.line(&n)) {
				return
			}
		}
	}
}

// run is the run that the events belong to.
func (r Reach) run() *event.Run {
	if r.base.run != nil {
		return r.base.run
	}
	if !r.Empty() {
		return r.parts[0].events[0].Run // a run's start is its first event
	}
	return nil
}

// judge finds the lines of the verdicts by folding once more. Only a fault begins
// an episode, so where there was none there is nothing to find.
func (r Reach) judge() []Line {
	if !r.injected() {
		return nil
	}
	var out []Line
	t := r.base.Clone()
	for i := range r.parts {
		events := r.parts[i].events
		for k := range events {
			t.Fold(&events[k])
			if n := t.lines.newest(); n != nil && n.verdict != nil && n.event.Seq == events[k].Seq {
				out = append(out, t.line(n))
			}
		}
	}
	return out
}

// injected is true where a fault may have been active within reach.
func (r Reach) injected() bool {
	if r.base.injected {
		return true
	}
	for e := range r.each(notables) {
		if e.Kind == event.FaultBegan {
			return true
		}
	}
	return false
}
