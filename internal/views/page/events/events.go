package events

import (
	"fmt"
	"strings"

	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Page is the page of the log.
type Page struct{}

// Title names the page.
func (Page) Title() string { return "Events" }

// Lists is true: the log is all that is there.
func (Page) Lists() bool { return true }

// Layout gives the log all the room.
func (Page) Layout(f *views.Frame, l *views.Layout) views.Body {
	l.Kind = views.Paged
	l.Rest(l.Header, false)
	if f.Log.Only != "" {
		l.Want.Lines = stats.MaxLines // what is shown of them is not known before
	}
	l.List = l.Events
	if h := l.EventLines(); h < l.Events.H {
		l.List.Y, l.List.H = l.Events.Y+l.Events.H-h, h
	}
	return body{}
}

// body draws the log.
type body struct{}

// drawing is the log being drawn.
type drawing struct{ *views.Screen }

// Draw draws the log with its rule.
func (body) Draw(screen *views.Screen) {
	s := drawing{screen}
	h, p := s.Layout.List.H, s.In(s.Layout.Events)
	if s.Layout.Events.H > h {
		p.Next()
		s.logRule(p)
	}
	at := views.EventPlace{Width: s.Layout.Width, Names: s.NameColumn(), Above: s.Frame.Now}
	lines := s.Frame.Log.Lines
	lines = lines[max(len(lines)-h, 0):]
	cursor := s.Frame.Log.Cursor - (len(s.Frame.Log.Lines) - len(lines))
	for i := range h {
		p.Next()
		last := i == h-1
		if last {
			p.Limit = s.BesideCaption(s.Layout.Width)
		}
		switch {
		case last && s.Frame.Notice != "":
			p.Clip(draw.Strong, " "+s.Frame.Notice, s.Layout.Width)
		case i < len(lines):
			s.logLine(p, &lines[i], at, i == cursor)
			at.Above = lines[i].At
		case i == 0 && len(lines) == 0:
			p.Clip(draw.Label, " nothing notable has happened yet", s.Layout.Width)
		}
		if p.Limit = s.Layout.Width; last {
			s.Caption(p)
		}
	}
}

// logLine draws a line of the log. The line at the cursor is marked, and the text searched
// for is inverse.
func (s *drawing) logLine(p *draw.Pen, e *sentence.Line, at views.EventPlace, chosen bool) {
	found := strings.ToLower(strings.TrimSpace(s.Frame.Log.Search))
	if !chosen && (found == "" || !views.LineMatches(*e, found)) {
		s.DrawEvent(p, e, at)
		return
	}
	if chosen {
		p.Text(draw.Accent, s.Look.Selected)
	} else {
		p.Text(draw.Plain, " ")
	}
	r := s.EventHead(p, e, at, func(name string) { hit(p, draw.Plain, name, found, chosen) })
	hit(p, views.TextRole(e.Topic, r), s.Look.Clip(s.EventText(e, at), s.Layout.Width-p.X-1), found, chosen)
}

// hit writes a text with every place inverse where the search matches.
func hit(p *draw.Pen, r draw.Role, text, found string, chosen bool) {
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

// logRule says whether the log follows the newest event or stays at a part of the list.
func (s *drawing) logRule(p *draw.Pen) {
	log := &s.Frame.Log
	p.Text(draw.Label, s.Look.Rule+" events ")
	if log.Only != "" {
		p.Text(draw.Label, "of ")
		p.Clip(draw.Strong, log.Only, views.MostName)
		p.Text(draw.Label, " ")
	}
	p.Text(draw.Label, s.Look.Rule+" ")
	switch {
	case log.Following && s.Frame.Frozen:
		p.Text(draw.Label, "up to "+sentence.Moment(s.Frame.Snap.Run, s.Frame.Now))
	case log.Following:
		p.Text(draw.Live, "following the newest")
	case s.Frame.Frozen: // a frozen screen does not know newer events
		p.Text(draw.Stale, "held: z goes back to the present")
	case log.Newer > 0:
		p.Text(draw.Stale, fmt.Sprintf("held, %d newer: G follows", log.Newer))
	default:
		p.Text(draw.Stale, "held: G follows")
	}
	p.Text(draw.Label, " ")
	if log.Search != "" {
		text := "search " + log.Search
		p.Text(draw.Label, s.Look.Rule+" ")
		p.Clip(draw.Strong, text, s.Layout.Width/3)
		p.Text(draw.Label, " ")
	}
	if log.Busy {
		p.Text(draw.Label, s.Look.Rule+" looking ")
	}
	right := fmt.Sprintf(" %d in all %s", s.Frame.Snap.LinesTotal, s.Look.Rule)
	if p.X+words.Width(right) > s.Layout.Width {
		right = ""
	}
	p.Repeat(draw.Label, s.Look.Rule, p.Room()-words.Width(right))
	p.Text(draw.Label, right)
}
