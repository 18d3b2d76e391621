package overview

import (
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// single draws the selected sensor alone.
func (s *drawing) single() {
	if len(s.Layout.Visible) == 0 {
		return
	}
	if s.Layout.Bare {
		s.bare()
		return
	}
	s.pane(s.Layout.Visible[0], s.Layout.Cells[0])
}

// bare draws a sensor without a frame, for screens of a few lines, with the most important
// lines first.
func (s *drawing) bare() {
	v := s.Sensor(s.Layout.Visible[0])
	// The lines are those of a pane, drawn without its frame.
	b := &views.Pane{Screen: s.Screen, View: v, Pen: s.In(s.Layout.Cells[0])}
	rows := []func(){
		func() { s.bareTitle(b) },
		func() {
			if v.Real {
				writeSentence(b.Pen, v, words.FirstFit(s.Layout.Width, s.EndpointForms(v, true)...))
				return
			}
			b.Pen.Clip(draw.Strong, views.ValueText(s.Look, v), s.Layout.Width)
			b.Pen.Right(draw.Label, views.AgeShort(v, s.Frame.Now), s.Layout.Width, 1)
		},
		b.CallRow,
		func() { s.bareForecast(b) },
		b.StateRow,
		b.FaultRow,
		func() { b.Pen.Clip(draw.Label, s.Frame.CauseWords(v, s.Layout.Width), s.Layout.Width) },
		func() { b.Pen.Clip(draw.Label, views.PercentileWords(v), s.Layout.Width) },
	}
	for _, content := range rows {
		b.Row(content)
	}
}

func (s *drawing) bareTitle(b *views.Pane) {
	glyph, role, _, short := s.Frame.ResultSign(b.View)
	state, _ := s.Frame.StateWords(b.View.Circuit.State)
	name := b.View.ID
	if name == "" {
		name = b.View.Name
	}
	terms := glyph + " " + short
	if words.Width(name)+words.Width(terms)+words.Width(state)+2 > s.Layout.Width {
		terms = glyph
	}
	room := max(s.Layout.Width-words.Width(terms)-words.Width(state)-2, 2)
	b.Pen.Text(draw.Strong, views.ClipName(s.Look, b.View.Sensor, name, room))
	b.Pen.Text(draw.Plain, " ")
	b.Pen.Text(role, terms)
	b.Pen.Text(draw.Plain, " ")
	b.Pen.Inverse = s.Flashing(b.View.Index)
	b.Pen.Text(views.StateRole(b.View.Circuit.State), state)
	b.Pen.Inverse = false
}

func (s *drawing) bareForecast(b *views.Pane) {
	f := views.ForecastOf(b.View, s.Frame.Now)
	if n := f.On + f.Off; n > 0 && !f.Timed && n+1+words.Width(f.Short) <= s.Layout.Width {
		views.DrawGauge(b.Pen, f)
		b.Pen.Text(draw.Plain, " ")
	}
	room := s.Layout.Width - b.Pen.X
	b.Pen.Clip(draw.Plain, f.Brief(room), room)
}
