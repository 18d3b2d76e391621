package overview

import (
	"fmt"
	"strings"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// titleParts are the words of a pane's top border.
type titleParts struct {
	name, quality, state string
	mark                 event.Mark
}

// title draws the top border: name, quality and state. Where the words do not
// fit they get shorter, then the name is cut, then the switch goes; the state's
// word stays longest.
func title(p *views.Pane) {
	t := titlePartsOf(p)
	inner := p.Width - 2
	p.Pen.Start(p.Width)
	p.EdgeGlyph(p.Edge.TopLeft)
	lead, leadRole := " ", draw.Plain
	if p.Selected {
		lead, leadRole = p.Look.Selected, draw.Accent
	}
	p.Pen.Text(leadRole, lead)
	fill := inner - t.width()
	nameRole := draw.Plain
	if p.Selected {
		nameRole = draw.Strong
	}
	p.Pen.Inverse = p.Flash
	p.Pen.Text(nameRole, t.name)
	p.Pen.Inverse = false
	p.Pen.Text(draw.Plain, " ")
	for range max(fill, 0) + 1 {
		p.EdgeGlyph(p.Edge.H)
	}
	p.Pen.Text(draw.Plain, " ")
	if t.quality != "" {
		p.Pen.Text(views.MarkRole(t.mark), t.quality)
		p.Pen.Text(draw.Plain, " ")
		p.EdgeGlyph(p.Edge.H)
		p.Pen.Text(draw.Plain, " ")
	}
	p.Pen.Inverse = p.Flash
	p.Pen.Limit = p.Width - 1
	p.Pen.Text(views.StateRole(p.View.Circuit.State), t.state)
	p.Pen.Inverse = false
	p.Pen.Text(draw.Plain, " ")
	p.Pen.Limit = p.Width
	for p.Pen.X < p.Width-1 {
		p.EdgeGlyph(p.Edge.H)
	}
	p.EdgeGlyph(p.Edge.TopRight)
	p.Out = append(p.Out, p.Pen.End(p.Width))
}

// width is the cells that the title needs between the corners, with the least
// filling.
func (t *titleParts) width() int {
	n := 1 + words.Width(t.name) + 3 + words.Width(t.state) + 1
	if t.quality != "" {
		n += words.Width(t.quality) + 3
	}
	return n
}

// titlePartsOf chooses words that fit.
func titlePartsOf(p *views.Pane) titleParts {
	name := sentence.SensorTitle(p.View.Sensor)
	m, long, short := views.Quality(p.View)
	glyph, _ := views.MarkSign(p.Look, m)
	long, short = strings.TrimSpace(glyph+" "+long), strings.TrimSpace(glyph+" "+short)
	state, stateShort := sentence.State(p.View.Circuit.State)
	toggle := views.ToggleSign(p.Look, p.View.Circuit.State)
	try := []titleParts{
		{name, long, toggle + " " + state, m},
		{name, short, toggle + " " + state, m},
		{name, short, toggle + " " + stateShort, m},
	}
	inner := p.Width - 2
	for _, t := range try {
		if t.width() <= inner {
			return t
		}
	}
	last := []titleParts{
		try[2],
		{name, short, stateShort, m},
		{name, glyph, stateShort, m},
		{name, "", stateShort, m},
	}
	var t titleParts
	for _, t = range last {
		room := inner - t.width() + words.Width(t.name)
		if room >= min(views.LeastName, words.Width(name)) {
			t.name = p.Look.Clip(name, room)
			return t
		}
	}
	t.name = ""
	return t
}

// bottom draws the bottom border with the figures since the start.
func bottom(p *views.Pane) {
	p.Pen.Start(p.Width)
	p.EdgeGlyph(p.Edge.BottomLeft)
	middle := fmt.Sprintf("retries %d", p.View.Counts.Retries)
	if p.View.Real && p.Frame.Interval(p.View) > 0 {
		middle = "every " + words.Span(p.Frame.Interval(p.View))
	}
	load := p.Frame.LoadWords(p.View)
	figures := fmt.Sprintf(" %s  %s  opens %d %s", views.LiveShare(p.View.Counts), middle, p.View.Circuit.Opens, load)
	if words.Width(figures) > p.Width-2 && load != "" {
		figures = " " + views.LiveShare(p.View.Counts) + " " + load
	}
	if words.Width(figures) > p.Width-2 {
		figures = " " + views.LiveShare(p.View.Counts) + " "
	}
	p.Pen.Limit = p.Width - 1
	p.Pen.Text(draw.Label, figures)
	for p.Pen.X < p.Width-1 {
		p.EdgeGlyph(p.Edge.H)
	}
	p.Pen.Limit = p.Width
	p.EdgeGlyph(p.Edge.BottomRight)
	p.Out = append(p.Out, p.Pen.End(p.Width))
}

// pane draws a sensor: title, value, the score, what the circuit will do next
// and why it is as it is.
func (s *drawing) pane(sensor, w int) []string {
	p := &views.Pane{Screen: s.Screen, View: s.Sensor(sensor), Width: w, Edge: s.Look.Light, EdgeRole: draw.Label}
	p.Selected = sensor == s.Layout.Selected
	p.Flash = s.Flashing(sensor)
	if p.Selected {
		p.Edge, p.EdgeRole = s.Look.Heavy, draw.Accent
		if s.Frame.Frozen {
			p.EdgeRole = draw.Label // nothing here is happening now
		}
	}
	if p.Flash {
		p.EdgeRole = views.StateRole(p.View.Circuit.State)
	}
	p.Out = make([]string, 0, s.Layout.Score.Height())
	title(p)
	p.Row(p.ValueRow)
	p.Chart()
	p.Row(p.CallRow)
	if s.Layout.Score.State {
		p.Row(p.StateRow)
	}
	p.Row(p.FaultRow)
	if s.Layout.Score.Axis {
		p.Row(p.AxisRow)
	}
	p.Row(p.ForecastRow)
	if s.Layout.Score.Cause {
		p.Row(p.CauseRow)
	}
	if s.Layout.Score.Percentiles {
		p.Row(p.PercentileRow)
	}
	bottom(p)
	return p.Out
}
