package eventlist

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
)

// place is a place in the list that must be loaded.
type place struct {
	kind placeKind
	// seq is the number of the event from which to look; at is a time of the run.
	seq uint64
	at  time.Duration
}

type placeKind uint8

const (
	// toAround loads more lines on both sides of an event.
	toAround placeKind = iota
	// toFirst goes to the oldest line that is kept in the history.
	toFirst
	// toTime goes to the last line at a time or before it.
	toTime
	// toEarlier and toLater go to the previous and the next match of the search.
	toEarlier
	toLater
)

// Found is a part of the list that was loaded.
type Found struct {
	id   int
	step place
	span history.Span
	// lines are the part, oldest first; at is the index of the line that was looked
	// for, -1 where there is none.
	lines        []sentence.Line
	at           int
	begins, ends bool
	seen         uint64
}

// want queues a place to load.
func (j *List) want(s place) { j.wanted = append(j.wanted, s) }

// Seek returns the function that loads what the list needs next: a queued place, or
// more lines where the cursor is close to the end of the kept ones. It is nil where
// nothing is needed or a load is already running. The function reads the events of
// the run backwards, which takes too long for Update.
//
// inView says that the list is on the screen. past is the part of the history that
// a frozen screen shows, empty on a live one.
func (j *List) Seek(s Source, inView bool, past history.Span) func() Found {
	if !j.held || j.busy || s.Run == nil {
		return nil
	}
	if len(j.wanted) == 0 {
		if j.cursor >= len(j.lines) || !inView || !j.near() {
			return nil
		}
		j.want(place{kind: toAround, seq: j.lines[j.cursor].Seq})
	}
	step := j.wanted[0]
	j.busy = true
	s.span = j.span
	if !past.Empty() {
		s.span = past
	}
	if step.kind == toLater || !j.ends {
		s.span = history.Span{} // it does not contain newer events
	}
	search, id := j.Search, j.id
	var shows func(sentence.Line) bool // nil is all lines
	if sensor := j.sensor; j.Only {
		shows = func(l sentence.Line) bool { return l.Sensor == sensor }
	}
	return func() Found { return s.lookUp(step, id, shows, search) }
}

// near says whether the cursor is close to an end of the kept lines and there are
// more beyond it.
func (j *List) near() bool {
	return (!j.begins && j.cursor < heldEdge) || (!j.ends && j.cursor >= len(j.lines)-heldEdge)
}

// Source is where lines are loaded from: the history, or without a history the
// lines that the aggregator keeps.
type Source struct {
	Run     *event.Run
	span    history.Span
	History *history.History
	// Snapshot is used where there is no history.
	Snapshot func(stats.Query) stats.Snapshot
	kept     []sentence.Line
}

func (s *Source) lookUp(step place, id int, shows func(sentence.Line) bool, search string) Found {
	if s.History == nil {
		s.kept = s.Snapshot(stats.Query{Sensors: []int{}, Lines: stats.MaxLines}).Lines
	} else if s.span.Empty() {
		s.span = s.History.Span()
	}
	msg := Found{id: id, step: step, span: s.span, at: -1}
	if last := s.before(0, 1, nil); len(last) > 0 {
		msg.seen = newest(last)
	}
	matching := func(l sentence.Line) bool { return (shows == nil || shows(l)) && views.LineMatches(l, search) }
	var found []sentence.Line
	switch step.kind {
	case toFirst:
		found = s.after(0, 1, shows)
	case toTime:
		found = s.before(0, 1, func(l sentence.Line) bool { return l.At <= step.at && (shows == nil || shows(l)) })
	case toEarlier:
		found = s.before(step.seq, 1, matching)
	case toLater:
		found = s.after(step.seq, 1, matching)
	default:
		found = []sentence.Line{{Seq: step.seq}}
	}
	if len(found) == 0 {
		return msg
	}
	seq := newest(found)
	older := s.before(seq+1, heldStep, shows)
	newer := s.after(seq, heldStep, shows)
	msg.lines = append(append(msg.lines, older...), newer...)
	msg.at = len(older) - 1
	if step.kind == toFirst {
		msg.at = min(0, msg.at)
	}
	msg.begins, msg.ends = len(older) < heldStep, len(newer) < heldStep
	return msg
}

// before and after do the same as Lines and LinesAfter of [history.Span], also
// without a history.
func (s *Source) before(seq uint64, n int, match func(sentence.Line) bool) []sentence.Line {
	if s.History != nil {
		return s.span.Lines(seq, n, match)
	}
	var out []sentence.Line
	for _, l := range s.kept {
		if (seq == 0 || l.Seq < seq) && (match == nil || match(l)) {
			out = append(out, l)
		}
	}
	return out[max(len(out)-n, 0):]
}

func (s *Source) after(seq uint64, n int, match func(sentence.Line) bool) []sentence.Line {
	if s.History != nil {
		return s.span.LinesAfter(seq, n, match)
	}
	var out []sentence.Line
	for _, l := range s.kept {
		if l.Seq > seq && (match == nil || match(l)) && len(out) < n {
			out = append(out, l)
		}
	}
	return out
}

// Take uses the part of the list that was loaded. none says that the search has no
// match there.
func (j *List) Take(msg Found) (none string) {
	if msg.id != j.id || !j.held {
		return ""
	}
	j.busy = false
	if len(j.wanted) > 0 {
		j.wanted = j.wanted[1:]
	}
	if msg.at < 0 {
		switch msg.step.kind {
		case toEarlier, toLater:
			return noMatch(msg.step.kind == toLater)
		default:
			j.bridge(msg)
			return ""
		}
	}
	to := msg.at
	if msg.step.kind == toAround {
		to = placeOf(msg.lines, j.lines[j.cursor].Seq, to)
		to = min(max(to+j.beyond, 0), len(msg.lines)-1)
		j.top = max(j.top+to-j.cursor-j.beyond, 0)
	}
	j.lines, j.cursor, j.beyond = msg.lines, to, 0
	j.begins, j.ends, j.seen, j.span = msg.begins, msg.ends, msg.seen, msg.span
	return ""
}

// bridge appends the oldest lines of the history to the kept lines, which are too
// old to be in the history now.
func (j *List) bridge(msg Found) {
	last := newest(j.lines)
	for _, l := range msg.lines {
		if l.Seq > last {
			j.lines = append(j.lines, l)
		}
	}
	j.begins, j.ends, j.beyond, j.seen, j.span = true, msg.ends, 0, msg.seen, msg.span
}

// placeOf is the index of the last line with this event number, or otherwise.
func placeOf(lines []sentence.Line, seq uint64, otherwise int) int {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].Seq == seq {
			return i
		}
	}
	return otherwise
}

// GoToTime moves the cursor to the time that a frozen screen shows.
func (j *List) GoToTime(at time.Duration) {
	if !j.held || len(j.lines) == 0 || j.lines[j.cursor].At == at {
		return
	}
	if at < j.lines[0].At && !j.begins {
		j.want(place{kind: toTime, at: at})
		return
	}
	to := 0
	for i := range j.lines {
		if j.lines[i].At <= at {
			to = i
		}
	}
	j.cursor = to
}
