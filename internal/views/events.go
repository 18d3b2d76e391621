package views

import (
	"fmt"
	"strings"
	"time"

	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
	// LongEvents is the width from which an event line has the batch and the whole name of
	// the sensor.
	LongEvents = 100
	// MostName is the widest column of names; mostID that of a narrow screen.
	MostName, mostID = 22, 12
)

// EventPlace is what the list says of an event beside the event itself: the widths of the
// line and of the column of names, and the moment of the line above, which decides whether
// the day is named.
type EventPlace struct {
	Width, Names int
	Above        time.Duration
}

// DrawEvent writes one notable event in at most as many cells as its place has: when, which
// sensor, the glyph of what it is about, and what happened. Where the run has a date, the
// time is that of the clock, and there is no batch; the first line of another day names it.
func (s *Screen) DrawEvent(p *draw.Pen, e *sentence.Line, at EventPlace) {
	p.Text(draw.Label, " ")
	r := s.EventHead(p, e, at, func(name string) { p.Text(draw.Plain, name) })
	text := s.EventText(e, at)
	room := at.Width - p.X - 1
	p.Clip(TextRole(e.Topic, r), sentence.Fit(text, room), room)
}

// EventHead writes what stands before the text of an event, from its time on, and returns
// the role of its glyph. The name, which may be part of what is searched for, is written by
// the caller.
func (s *Screen) EventHead(p *draw.Pen, e *sentence.Line, at EventPlace, name func(string)) draw.Role {
	run := s.Frame.Snap.Run
	_, dated := run.Date(e.At)
	glyph, r := LineSign(p.Look, e.Topic)
	gap, title, most := "  ", e.Name, at.Names
	p.Text(draw.Label, sentence.Moment(run, e.At))
	switch {
	case at.Width < LongEvents:
		gap, title, most = " ", e.ID, mostID
		p.Text(draw.Plain, gap)
	case dated:
		p.Text(draw.Label, gap)
	default:
		p.Text(draw.Label, fmt.Sprintf(" %4d  ", e.Batch))
	}
	start := p.X
	if title != "" {
		info, _ := s.Frame.Info(e.Sensor)
		name(ClipName(p.Look, info, title, most))
	}
	switch {
	case at.Width >= LongEvents:
		p.To(start + most)
	case dated: // few names, which stay for hours: the texts begin below each other
		p.To(start + min(at.Names, most))
	case title == "":
		p.To(start - 1)
	}
	p.Text(draw.Plain, gap)
	p.Glyph(r, glyph)
	p.Text(draw.Plain, gap)
	return r
}

// EventText is the text of an event; the first one of another day begins with that day.
func (s *Screen) EventText(e *sentence.Line, at EventPlace) string {
	if day := sentence.NewDay(s.Frame.Snap.Run, e.At, at.Above); day != "" {
		return day + ": " + e.Text
	}
	return e.Text
}

// TextRole gives a colour to the text of the most important events: faults, circuits that
// open or close, and endpoints that go down or come back. Other events stay plain.
func TextRole(line sentence.Topic, glyph draw.Role) draw.Role {
	switch line {
	case sentence.TopicFault, sentence.TopicOpen, sentence.TopicClosed, sentence.TopicForced, sentence.TopicUp, sentence.TopicDown:
		return glyph
	default:
		return draw.Plain
	}
}

// EventsBelow draws the list of events with its rule, the newest at the bottom, where the
// layout has room for it.
func (s *Screen) EventsBelow() {
	p := s.In(s.Layout.Events)
	if p.Height() > 1 && !s.Layout.EventsUnruled {
		p.Next()
		s.eventsRule(p)
	}
	s.EventLines(p)
}

// EventLines fills the rest of a pen's lines with events. The notice is below the newest
// event. Until the first fault is injected, the first line says how to inject one.
func (s *Screen) EventLines(p *draw.Pen) {
	h, width := p.Height()-1-p.Y, p.Width()
	room, notice := h, s.Frame.Notice
	if notice != "" {
		room--
	}
	hint := s.tryLine()
	if room <= 1 {
		hint = ""
	}
	if hint != "" {
		room--
	}
	lines := s.Frame.Snap.Lines
	lines = lines[max(len(lines)-max(room, 0), 0):]
	at := EventPlace{Width: width, Names: s.NameColumn(), Above: s.Frame.Now}
	for i := range h {
		p.Next()
		last := i == h-1
		if last {
			p.Limit = s.BesideCaption(width)
		}
		switch {
		case hint != "":
			p.Clip(draw.Accent, " "+hint, width)
			hint = ""
		case len(lines) > 0:
			s.DrawEvent(p, &lines[0], at)
			at.Above, lines = lines[0].At, lines[1:]
		case notice != "":
			p.Clip(draw.Strong, " "+notice, width)
			notice = ""
		}
		if p.Limit = width; last {
			s.Caption(p)
		}
	}
}

// BesideCaption is the cells that the caption leaves of a line.
func (s *Screen) BesideCaption(width int) int {
	if s.Frame.Caption == "" {
		return width
	}
	return max(width-words.Width(s.Frame.Caption)-3, 0)
}

// NameColumn is the width of the longest name of the run, so that the texts of all events
// are aligned and do not move when the user scrolls. It is computed once a frame, because a
// run may have thousands of sensors.
func (s *Screen) NameColumn() int {
	run := s.Frame.Snap.Run
	if s.names > 0 || run == nil {
		return s.names
	}
	for i := range run.Sensors {
		info := &run.Sensors[i]
		// No text has more cells than bytes.
		if len(info.ID)+1+len(info.Name) > s.names {
			s.names = max(s.names, words.Width(sentence.SensorTitle(*info)))
		}
		if s.names >= MostName {
			s.names = MostName
			break
		}
	}
	return s.names
}

func (s *Screen) eventsRule(p *draw.Pen) {
	p.Text(draw.Label, s.Look.Rule+" events ")
	if s.Frame.Real() {
		p.Text(draw.Label, s.Look.Rule+" faults act inside resiltui only, never on an endpoint ")
	}
	right := fmt.Sprintf(" %d in all %s", s.Frame.Snap.LinesTotal, s.Look.Rule)
	if s.Layout.Kind == Rows {
		right = s.rowsScale()
	}
	if p.X+words.Width(right) > s.Layout.Width {
		right = ""
	}
	p.Repeat(draw.Label, s.Look.Rule, p.Room()-words.Width(right))
	p.Text(draw.Label, right)
}

// rowsScale says what the rows' tracks show, because rows have no axes: the scale
// where there is a latency track, and the time that the columns span.
func (s *Screen) rowsScale() string {
	var parts []string
	if top, unit := words.Scale(s.Frame.Snap.ScaleTop); top != "" && s.Layout.Density == 3 {
		parts = append(parts, unit+" 0 to "+top)
	}
	if run := s.Frame.Snap.Run; run != nil && run.Interval > 0 && !s.Frame.Real() && s.Layout.Columns > 0 {
		parts = append(parts, words.Span(run.Interval*time.Duration(s.Layout.Columns)))
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.Join(parts, ", ") + " " + s.Look.Rule
}

// tryLine tells a new user which key to press first; it is empty after a fault was injected.
func (s *Screen) tryLine() string {
	if s.Frame.Real() || s.Frame.Guided || s.Frame.Snap.Injected || s.Frame.Snap.Run == nil || s.Layout.Sensors == 0 {
		return ""
	}
	if s.Frame.Locked {
		return "try  !  to unlock the fault keys;  ?  all keys"
	}
	// The fourth sensor never fails by itself, so what happens is caused by the key.
	const wellBehaved = 3
	target := max(min(wellBehaved, s.Layout.Sensors-1), s.Layout.Selected)
	info, _ := s.Frame.Info(target)
	id := info.ID
	if id == "" || info.Real {
		id = sentence.SensorTitle(info)
	}
	out := "try  "
	if n := target - s.Layout.Selected; n > 0 {
		out += strings.Repeat(s.Look.Arrow+" ", n) + " "
	}
	return out + "c  to crash " + id + ";  r  ends it;  ?  all keys"
}
