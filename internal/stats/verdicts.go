package stats

import (
	"iter"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
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
		Sensor: v.Sensor, ID: v.ID, Name: v.Name, Topic: sentence.TopicInfo, Text: v.Text(),
	}
}

// addLine adds the line of a notable event, in the place of an older one about the same.
func (t *Aggregator) addLine(e *event.Event) {
	story := event.StoryOf(e)
	for i := t.lines.Len() - 1; i >= 0 && story != (event.Story{}); i-- {
		old := t.lines.At(i)
		if old.event.At < story.Since {
			break // it is older than all that the line is about
		}
		if old.verdict == nil && old.event.Sensor == e.Sensor && event.StoryOf(&old.event) == story {
			t.lines.Renew(i, entry{event: *e})
			return
		}
	}
	t.lines.Push(entry{event: *e}, MaxLines)
	t.lineN++
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

// Episode is the verdict so far of a sensor's episode in progress, of injected faults
// where there are any, else of an outage; ok is false where there is none. Over and Back
// are 0 in it, and Why is empty. Ended is 0 in an outage that is not over.
func (t *Aggregator) Episode(sensor int) (v verdict.Verdict, ok bool) {
	if sensor < 0 || sensor >= len(t.sensors) {
		return verdict.Verdict{}, false
	}
	s := t.sensors[sensor]
	switch {
	case s.episode != nil:
		return t.named(s.episode.SoFar(), sensor), true
	case s.outage != nil && s.outage.Confirmed():
		return t.named(s.outage.SoFar(), sensor), true
	default:
		return verdict.Verdict{}, false
	}
}

// Unfinished are the verdicts so far of all outages that are not over, in the order of the
// run, as Episode tells each.
func (t *Aggregator) Unfinished() (all []verdict.Verdict) {
	for i := range t.sensors {
		if p := t.sensors[i].outage; p != nil && p.Confirmed() {
			all = append(all, t.named(p.SoFar(), i))
		}
	}
	return all
}

// named says whose verdict it is.
func (t *Aggregator) named(v verdict.Verdict, sensor int) verdict.Verdict {
	line := sentence.Describe(&event.Event{Sensor: sensor}, t.run)
	v.Sensor, v.ID, v.Name = sensor, line.ID, line.Name
	return v
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
	t.conclude(s.episode.End(e), e)
	s.episode = nil
}

// judgeOutage does the same with what may be an outage of a real endpoint. It begins with a
// failed call, and is none where an answer comes too soon. What an injected fault did is no
// outage.
func (t *Aggregator) judgeOutage(s *sensor, e *event.Event) {
	failed := e.Kind == event.CallEnded && event.Failed(&e.Call)
	if p := s.outage; p != nil && p.Well() && failed {
		t.conclude(p.FailAgain(e), e)
		s.outage = nil
	}
	if s.outage == nil {
		if !failed || e.Call.Faulted || s.episode != nil {
			return
		}
		s.outage = verdict.BeginOutage(e, s.endpoint.before, t.run.Beside)
	}
	p := s.outage
	switch over := p.Observe(e); {
	case over:
		t.conclude(p.End(e), e)
		s.outage = nil
	case e.Kind == event.CallEnded && e.Call.Result == event.Live && !p.Confirmed():
		s.outage = nil
	}
}

// conclude keeps a verdict that e led to.
func (t *Aggregator) conclude(v verdict.Verdict, e *event.Event) {
	v = t.named(v, e.Sensor)
	if v.Kind == verdict.Outage {
		v.Beside(t.otherOutages(e.Sensor))
	}
	t.verdicts.Push(v, MaxVerdicts)
	t.lines.Push(entry{event: *e, verdict: &v}, MaxLines)
	t.lineN++
}

// otherOutages are the newest outages of all other endpoints.
func (t *Aggregator) otherOutages(sensor int) (all []verdict.Overlap) {
	for i := range t.sensors {
		p := t.sensors[i].endpoint
		if p == nil || i == sensor {
			continue
		}
		o := verdict.Overlap{Sensor: i, Name: sentence.SensorTitle(t.run.Sensors[i])}
		if p.state == health.Down {
			o.Began = p.since
			all = append(all, o)
		}
		if o.Began, o.Ended, o.PlusMinus = p.last.Began, p.last.Ended, p.last.PlusMinus; o.Ended > 0 {
			all = append(all, o)
		}
	}
	return all
}
