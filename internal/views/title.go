package views

import (
	"fmt"
	"strings"

	"resiltui/internal/engine/event"
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
func title(p *pane) {
	t := titlePartsOf(p)
	inner := p.w - 2
	p.Pen.Start(p.w)
	p.edgeGlyph(p.edge.TopLeft)
	lead, leadRole := " ", draw.Plain
	if p.selected {
		lead, leadRole = p.Look.Selected, draw.Accent
	}
	p.Pen.Text(leadRole, lead)
	fill := inner - t.width()
	nameRole := draw.Plain
	if p.selected {
		nameRole = draw.Strong
	}
	p.Pen.Text(nameRole, t.name)
	p.Pen.Text(draw.Plain, " ")
	for range max(fill, 0) + 1 {
		p.edgeGlyph(p.edge.H)
	}
	p.Pen.Text(draw.Plain, " ")
	if t.quality != "" {
		p.Pen.Text(markRole(t.mark), t.quality)
		p.Pen.Text(draw.Plain, " ")
		p.edgeGlyph(p.edge.H)
		p.Pen.Text(draw.Plain, " ")
	}
	p.Pen.Inverse = p.flash
	p.Pen.Limit = p.w - 1
	p.Pen.Text(stateRole(p.v.Circuit.State), t.state)
	p.Pen.Inverse = false
	p.Pen.Text(draw.Plain, " ")
	p.Pen.Limit = p.w
	for p.Pen.X < p.w-1 {
		p.edgeGlyph(p.edge.H)
	}
	p.edgeGlyph(p.edge.TopRight)
	p.out = append(p.out, p.Pen.End(p.w))
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

// titleParts chooses words that fit.
func titlePartsOf(p *pane) titleParts {
	name := SensorTitle(p.v.Sensor)
	m, long, short := quality(p.v)
	glyph, _ := markSign(p.Look, m)
	long, short = strings.TrimSpace(glyph+" "+long), strings.TrimSpace(glyph+" "+short)
	state, stateShort := stateWords(p.v.Circuit.State)
	toggle := toggleSign(p.Look, p.v.Circuit.State)
	try := []titleParts{
		{name, long, toggle + " " + state, m},
		{name, short, toggle + " " + state, m},
		{name, short, toggle + " " + stateShort, m},
	}
	inner := p.w - 2
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
		if room >= min(leastName, words.Width(name)) {
			t.name = p.Look.Clip(name, room)
			return t
		}
	}
	t.name = ""
	return t
}

// bottom draws the bottom border with the figures since the start.
func bottom(p *pane) {
	p.Pen.Start(p.w)
	p.edgeGlyph(p.edge.BottomLeft)
	middle := fmt.Sprintf("retries %d", p.v.Counts.Retries)
	if p.v.Real && p.Frame.interval(p.v) > 0 {
		middle = "every " + words.Span(p.Frame.interval(p.v))
	}
	load := p.Frame.loadWords(p.v)
	figures := fmt.Sprintf(" %s  %s  opens %d %s", okText(p.v.Counts), middle, p.v.Circuit.Opens, load)
	if words.Width(figures) > p.w-2 && load != "" {
		figures = " " + okText(p.v.Counts) + " " + load
	}
	if words.Width(figures) > p.w-2 {
		figures = " " + okText(p.v.Counts) + " "
	}
	p.Pen.Limit = p.w - 1
	p.Pen.Text(draw.Label, figures)
	for p.Pen.X < p.w-1 {
		p.edgeGlyph(p.edge.H)
	}
	p.Pen.Limit = p.w
	p.edgeGlyph(p.edge.BottomRight)
	p.out = append(p.out, p.Pen.End(p.w))
}

// pane draws a sensor: title, value, the score, what the circuit will do next
// and why it is as it is.
func (s *overviewDrawing) pane(sensor, w int) []string {
	p := &pane{Screen: s.Screen, v: s.sensor(sensor), w: w, edge: s.Look.Light, frame: draw.Label}
	p.selected = sensor == s.Layout.Selected
	p.flash = s.flashing(sensor)
	if p.selected {
		p.edge, p.frame = s.Look.Heavy, draw.Accent
		if s.Frame.Frozen {
			p.frame = draw.Label // nothing here is happening now
		}
	}
	p.out = make([]string, 0, s.Layout.Score.Height())
	title(p)
	p.row(p.valueRow)
	p.chart()
	p.row(p.callRow)
	if s.Layout.Score.State {
		p.row(p.stateRow)
	}
	p.row(p.faultRow)
	if s.Layout.Score.Axis {
		p.row(p.axisRow)
	}
	p.row(p.forecastRow)
	if s.Layout.Score.Cause {
		p.row(p.causeRow)
	}
	if s.Layout.Score.Percentiles {
		p.row(p.percentileRow)
	}
	bottom(p)
	return p.out
}
