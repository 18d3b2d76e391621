package views

import (
	"fmt"
	"strings"

	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Log is what the events' page shows: a part of the log with a cursor in it.
type Log struct {
	// Lines are the ones in view, oldest first; Cursor is the one chosen, -1 for
	// none.
	Lines  []stats.Line
	Cursor int
	// Following says that the newest line is always in view.
	Following bool
	// Newer is how many lines are known to come after the cursor; -1 is unknown.
	Newer int
	// Begins and Ends say that nothing is before and after what is in view.
	Begins, Ends bool
	// Search is what is looked for; empty is nothing.
	Search string
	// Only names the sensor whose events alone are shown; empty is all.
	Only string
	// Busy says that older lines are being looked up.
	Busy bool
}

// LineMatches is true where an event's name or text holds what is looked for, in
// whatever case. Nothing matches everything.
func LineMatches(e stats.Line, search string) bool {
	search = strings.ToLower(strings.TrimSpace(search))
	return strings.Contains(strings.ToLower(e.Name), search) || strings.Contains(strings.ToLower(e.Text), search)
}

// LogText is an event as text, to be taken elsewhere.
func LogText(e stats.Line) string {
	text := words.Clock(e.At) + "  "
	if e.Batch > 0 {
		text += fmt.Sprintf("batch %d  ", e.Batch)
	}
	if e.Name != "" {
		text += e.Name + "  "
	}
	return text + e.Text
}

// planEvents plans the page: the log has it all.
func (l *Layout) planEvents(f *Frame) {
	l.rest(l.Header, false)
	if f.Log.Only != "" {
		l.want.Lines = stats.MaxLines // what is shown of them is not known before
	}
}

// LogLines is how many lines of the log are in view.
func (l Layout) LogLines() int {
	if l.Kind != Paged || l.Page != PageEvents || l.Detail {
		return 0
	}
	return l.eventLines()
}

// LogLine is which of the lines in view is at a row of the screen; ok is false
// where none is.
func (l Layout) LogLine(y int) (line int, ok bool) {
	n := l.LogLines()
	line = y - l.Events.Y - (l.Events.H - n)
	return line, line >= 0 && line < n
}

// log draws the page: the log.
func (s *screen) log() {
	h := s.l.LogLines()
	if s.l.Events.H > h {
		s.pen.Start(s.l.Width)
		s.logRule()
		s.add()
	}
	names := s.nameColumn()
	lines := s.f.Log.Lines
	lines = lines[max(len(lines)-h, 0):]
	cursor := s.f.Log.Cursor - (len(s.f.Log.Lines) - len(lines))
	for i := range h {
		s.pen.Start(s.l.Width)
		last := i == h-1
		if last {
			s.pen.Limit = s.besideCaption(s.l.Width)
		}
		switch {
		case last && s.f.Notice != "":
			s.pen.Clip(draw.Strong, " "+s.f.Notice, s.l.Width)
		case i < len(lines):
			s.logLine(&lines[i], i == cursor, names)
		case i == 0 && len(lines) == 0:
			s.pen.Clip(draw.Label, " nothing notable has happened yet", s.l.Width)
		}
		if s.pen.Limit = s.l.Width; last {
			s.caption()
		}
		s.add()
	}
}

// logLine draws a line of the log; the one at the cursor is marked, and what was
// looked for stands out.
func (s *screen) logLine(e *stats.Line, chosen bool, names int) {
	p := &s.pen
	found := strings.ToLower(strings.TrimSpace(s.f.Log.Search))
	if !chosen && (found == "" || !LineMatches(*e, found)) {
		drawEvent(p, e, s.l.Width, names)
		return
	}
	if chosen {
		p.Text(draw.Accent, s.look.Selected)
	} else {
		p.Text(draw.Plain, " ")
	}
	glyph, r := lineSign(s.look, e.Role)
	name := e.ID
	if s.l.Width >= longEvents {
		p.Text(draw.Label, words.Clock(e.At)+fmt.Sprintf("%5d  ", e.Batch))
		start := p.X
		s.hit(draw.Plain, s.look.Clip(e.Name, names), found, chosen)
		p.To(start + names)
		p.Text(draw.Plain, "  ")
		p.Glyph(r, glyph)
		p.Text(draw.Plain, "  ")
	} else {
		p.Text(draw.Label, words.Clock(e.At)+" ")
		if name != "" {
			s.hit(draw.Plain, s.look.Clip(name, 12), found, chosen)
			p.Text(draw.Plain, " ")
		}
		p.Glyph(r, glyph)
		p.Text(draw.Plain, " ")
	}
	s.hit(textRole(e.Role, r), s.look.Clip(e.Text, s.l.Width-p.X-1), found, chosen)
}

// hit writes a text with every place inverse where the search matches.
func (s *screen) hit(r draw.Role, text, found string, chosen bool) {
	p := &s.pen
	if chosen && r == draw.Plain {
		r = draw.Strong
	}
	for found != "" {
		at := strings.Index(strings.ToLower(text), found)
		// Lower case may have another length; then nothing is marked.
		if at < 0 || at+len(found) > len(text) || len(strings.ToLower(text)) != len(text) {
			break
		}
		p.Text(r, text[:at])
		p.Inverse = true
		p.Text(r, text[at:at+len(found)])
		p.Inverse = false
		text = text[at+len(found):]
	}
	p.Text(r, text)
}

// logRule says what the log shows: the newest, or a part that is held.
func (s *screen) logRule() {
	p, log := &s.pen, &s.f.Log
	p.Text(draw.Label, s.look.Rule+" events ")
	if log.Only != "" {
		p.Text(draw.Label, "of ")
		p.Clip(draw.Strong, log.Only, mostName)
		p.Text(draw.Label, " ")
	}
	p.Text(draw.Label, s.look.Rule+" ")
	switch {
	case log.Following && s.f.Frozen:
		p.Text(draw.Label, "up to "+words.Clock(s.f.Now))
	case log.Following:
		p.Text(draw.Live, "following the newest")
	case s.f.Frozen: // what is newer is known to the present only
		p.Text(draw.Stale, "held: z goes back to the present")
	case log.Newer > 0:
		p.Text(draw.Stale, fmt.Sprintf("held, %d newer: G follows", log.Newer))
	default:
		p.Text(draw.Stale, "held: G follows")
	}
	p.Text(draw.Label, " ")
	if log.Search != "" {
		text := "search " + log.Search
		p.Text(draw.Label, s.look.Rule+" ")
		p.Clip(draw.Strong, text, s.l.Width/3)
		p.Text(draw.Label, " ")
	}
	if log.Busy {
		p.Text(draw.Label, s.look.Rule+" looking ")
	}
	right := fmt.Sprintf(" %d in all %s", s.f.Snap.LinesTotal, s.look.Rule)
	if p.X+words.Width(right) > s.l.Width {
		right = ""
	}
	p.Repeat(draw.Label, s.look.Rule, s.l.Width-p.X-words.Width(right))
	p.Text(draw.Label, right)
}
