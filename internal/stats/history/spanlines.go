package history

import (
	"iter"
	"slices"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
)

// events goes through all events, oldest first. An event may be used only until the
// next one.
func (s Span) events() iter.Seq[*event.Event] {
	return func(yield func(*event.Event) bool) {
		for _, p := range s.parts {
			for e := range p.events(len(p.places)) {
				if !yield(e) {
					return
				}
			}
		}
	}
}

// others goes through the events that are no ordinary calls, oldest first.
func (s Span) others() iter.Seq[*event.Event] {
	return func(yield func(*event.Event) bool) {
		for _, p := range s.parts {
			for i := range p.others {
				if !yield(&p.others[i]) {
					return
				}
			}
		}
	}
}

// notables goes through the events that get a line of text, newest first. No ordinary
// call does.
func (s Span) notables() iter.Seq[*event.Event] {
	return func(yield func(*event.Event) bool) {
		for _, p := range slices.Backward(s.parts) {
			for i := len(p.others) - 1; i >= 0; i-- {
				if e := &p.others[i]; event.Notable(e, s.run()) && !yield(e) {
					return
				}
			}
		}
	}
}

// backwards goes through the notable events in words, newest first, but for those whose
// place a later one took.
func (s Span) backwards() iter.Seq[sentence.Line] {
	type subject struct {
		sensor int
		story  event.Story
	}
	return func(yield func(sentence.Line) bool) {
		told := map[subject]bool{}
		for l := range s.described() {
			about := subject{l.Sensor, l.Story}
			if told[about] {
				continue
			}
			if l.Story != (event.Story{}) {
				told[about] = true
			}
			if !yield(l) {
				return
			}
		}
	}
}

// described goes through the notable events in words, newest first, and on
// through those that the base still has. A verdict comes after the event that
// led to it, which need not be a notable one.
func (s Span) described() iter.Seq[sentence.Line] {
	return func(yield func(sentence.Line) bool) {
		if s.Empty() {
			return
		}
		run, verdicts := s.run(), s.verdicts()
		for e := range s.notables() {
			l := sentence.Describe(e, run)
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
		for l := range s.base().Backwards() {
			if !yield(l) {
				return
			}
		}
	}
}

// run is the run that the events belong to. The span must not be empty.
func (s Span) run() *event.Run {
	if run := s.base().Run(); run != nil {
		return run
	}
	for e := range s.others() {
		return e.Run // a run's start is its first event
	}
	return nil
}

// judge finds the lines of the verdicts by counting once more. Only a fault begins
// an episode, or an outage of a real endpoint, so where there is neither there is nothing
// to find.
func (s Span) judge() []sentence.Line {
	if !s.run().Real() && !s.injected() {
		return nil
	}
	var out []sentence.Line
	t := s.base().Clone()
	for e := range s.events() {
		t.Observe(e)
		if l, ok := t.VerdictLine(e); ok {
			out = append(out, l)
		}
	}
	return out
}

// injected is true where a fault may have been active in this part of the run.
func (s Span) injected() bool {
	if s.base().Injected() {
		return true
	}
	for e := range s.others() {
		if e.Kind == event.FaultBegan {
			return true
		}
	}
	return false
}
