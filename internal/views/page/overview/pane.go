package overview

import (
	"fmt"
	"strings"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// titleParts are the words of a pane's top border.
type titleParts struct {
	name, quality, state string
	mark                 event.Mark
}

// frame draws the border, with name, quality and state at the top, and the figures since
// the start at the bottom. Where the words do not fit they get shorter, then the name is
// cut, then the switch goes; the state's word stays longest.
func (s *drawing) frame(v *stats.SensorView, at draw.Rect) {
	selected, flash := v.Index == s.Layout.Selected, s.Flashing(v.Index)
	edge, lead, name := draw.Light(), draw.Words(draw.Plain, " "), draw.Plain
	if selected {
		edge, lead, name = draw.Heavy(draw.Accent), draw.Words(draw.Accent, s.Look.Selected), draw.Strong
		if s.Frame.Frozen {
			edge.Role = draw.Label // nothing here is happening now
		}
	}
	if flash {
		edge.Role = views.StateRole(v.Circuit.State)
	}
	t := s.titlePartsOf(v, at.W-2)
	left := []draw.Seg{lead, {Role: name, Text: t.name, Inverse: flash}, draw.Words(draw.Plain, " ")}
	right := []draw.Seg{
		draw.Words(draw.Plain, " "),
		{Role: views.StateRole(v.Circuit.State), Text: t.state, Inverse: flash},
		draw.Words(draw.Plain, " "),
	}
	if t.quality != "" {
		right = append([]draw.Seg{
			draw.Words(draw.Plain, " "), draw.Words(views.MarkRole(t.mark), t.quality), draw.Words(draw.Plain, " "),
			draw.Words(edge.Role, string(edge.H)),
		}, right...)
	}
	s.Panel(at, left, right, edge)
	s.Foot(at).Text(draw.Label, s.bottom(v, at.W-2))
}

// width is how many cells the title needs between the corners, with one cell of border
// between its parts.
func (t *titleParts) width() int {
	n := 1 + words.Width(t.name) + 3 + words.Width(t.state) + 1
	if t.quality != "" {
		n += words.Width(t.quality) + 3
	}
	return n
}

// titlePartsOf chooses the longest words that fit into so many cells.
func (s *drawing) titlePartsOf(v *stats.SensorView, inner int) titleParts {
	name := sentence.SensorTitle(v.Sensor)
	m, long, short := views.LastResult(v)
	glyph, _ := views.MarkSign(m)
	long, short = strings.TrimSpace(glyph+" "+long), strings.TrimSpace(glyph+" "+short)
	state, stateShort := sentence.State(v.Circuit.State)
	toggle := views.ToggleSign(v.Circuit.State)
	try := []titleParts{
		{name, long, toggle + " " + state, m},
		{name, short, toggle + " " + state, m},
		{name, short, toggle + " " + stateShort, m},
	}
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
			t.name = views.ClipName(s.Look, v.Sensor, name, room)
			return t
		}
	}
	t.name = ""
	return t
}

// bottom writes the figures since the start in at most so many cells.
func (s *drawing) bottom(v *stats.SensorView, inner int) string {
	middle := fmt.Sprintf("retries %d", v.Counts.Retries)
	if v.Real && s.Frame.Interval(v) > 0 {
		middle = "every " + words.Span(s.Frame.Interval(v))
	}
	load := s.Frame.LoadWords(v)
	figures := fmt.Sprintf(" %s  %s  opens %d %s", views.LiveShare(v.Counts), middle, v.Circuit.Opens, load)
	if words.Width(figures) > inner && load != "" {
		figures = " " + views.LiveShare(v.Counts) + " " + load
	}
	if words.Width(figures) > inner {
		figures = " " + views.LiveShare(v.Counts) + " "
	}
	return figures
}

// pane draws a sensor: its title and value, its tracks, what the circuit will do next, and
// why it is in its state.
func (s *drawing) pane(sensor int, at draw.Rect) {
	p := &views.Pane{Screen: s.Screen, View: s.Sensor(sensor), Pen: s.In(at.Inside())}
	s.frame(p.View, at)
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
}
