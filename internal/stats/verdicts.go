package stats

import (
	"iter"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats/verdict"
)

// MaxVerdicts is how many verdicts of a run are kept, the newest.
const MaxVerdicts = 32

// entry is what a line is made from: a notable event, or the verdict that an
// event led to.
type entry struct {
	event   event.Event
	verdict *verdict.Verdict
}

// line puts an entry into words.
func (t *Aggregator) line(n *entry) sentence.Line {
	if n.verdict == nil {
		return sentence.Describe(&n.event, t.run)
	}
	v := n.verdict
	return sentence.Line{
		Seq: n.event.Seq, At: n.event.At, Batch: n.event.Batch,
		Sensor: v.Sensor, ID: v.ID, Name: v.Name, Role: sentence.RoleInfo, Text: v.Text(),
	}
}

// Backwards goes through the lines that are kept, newest first.
func (t *Aggregator) Backwards() iter.Seq[sentence.Line] {
	return func(yield func(sentence.Line) bool) {
		for i := t.lines.Len() - 1; i >= 0; i-- {
			if !yield(t.line(t.lines.At(i))) {
				return
			}
		}
	}
}

// VerdictLine is the line of the verdict that e, the event counted last, led to; ok is
// false where it led to none.
func (t *Aggregator) VerdictLine(e *event.Event) (l sentence.Line, ok bool) {
	n := t.lines.Newest()
	if n == nil || n.verdict == nil || n.event.Seq != e.Seq {
		return sentence.Line{}, false
	}
	return t.line(n), true
}

// Episode is the verdict so far of a sensor's episode in progress; ok is false
// where there is none. Over and Back are 0 in it, and Why is empty.
func (t *Aggregator) Episode(sensor int) (v verdict.Verdict, ok bool) {
	if sensor < 0 || sensor >= len(t.sensors) || t.sensors[sensor].episode == nil {
		return verdict.Verdict{}, false
	}
	return t.sensors[sensor].episode.SoFar(), true
}

// judge passes an event to the episode of its sensor, which begins with a
// fault, and keeps the verdict where the episode ends with it.
func (t *Aggregator) judge(s *sensor, e *event.Event) {
	if s.episode == nil {
		s.episode = verdict.Begin(e, s.circuit.State)
	}
	if !s.episode.Observe(e) {
		return
	}
	named := sentence.Describe(e, t.run)
	v := s.episode.End(e)
	v.Sensor, v.ID, v.Name = e.Sensor, named.ID, named.Name
	s.episode = nil
	t.verdicts.Push(v, MaxVerdicts)
	t.lines.Push(entry{event: *e, verdict: &v}, MaxLines)
	t.lineN++
}
