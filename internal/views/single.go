package views

import (
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// single draws the selected sensor alone.
func (s *overviewDrawing) single() {
	if len(s.Layout.Visible) == 0 {
		return
	}
	if s.Layout.Bare {
		s.bare()
		return
	}
	s.Lines = append(s.Lines, s.pane(s.Layout.Visible[0], s.Layout.Width)...)
}

// bare draws a sensor without a frame, for screens of a few lines: what matters
// most first.
func (s *overviewDrawing) bare() {
	v := s.sensor(s.Layout.Visible[0])
	// A pane without frame borrows the pane's rows.
	b := &pane{Screen: s.Screen, v: v, w: s.Layout.Width + 2}
	rows := []func(){
		func() { s.bareTitle(b) },
		func() {
			s.Pen.Clip(draw.Strong, valueText(s.Look, v), s.Layout.Width)
			s.Pen.Right(draw.Label, ageShort(v, s.Frame.Now), s.Layout.Width, 1)
		},
		b.callRow,
		func() { s.bareForecast(b) },
		b.stateRow,
		b.faultRow,
		func() { s.Pen.Clip(draw.Label, causeWords(v, s.Layout.Width), s.Layout.Width) },
		func() { s.Pen.Clip(draw.Label, percentileWords(v), s.Layout.Width) },
	}
	for i, content := range rows {
		if i >= s.Layout.Cells[0].H {
			break
		}
		s.Pen.Start(s.Layout.Width)
		content()
		s.add()
	}
}

func (s *overviewDrawing) bareTitle(b *pane) {
	m, _, short := quality(b.v)
	glyph, _ := markSign(s.Look, m)
	state, _ := stateWords(b.v.Circuit.State)
	name := b.v.ID
	if name == "" {
		name = b.v.Name
	}
	terms := glyph + " " + short
	if words.Width(name)+words.Width(terms)+words.Width(state)+2 > s.Layout.Width {
		terms = glyph
	}
	s.Pen.Clip(draw.Strong, name, max(s.Layout.Width-words.Width(terms)-words.Width(state)-2, 2))
	s.Pen.Text(draw.Plain, " ")
	s.Pen.Text(markRole(m), terms)
	s.Pen.Text(draw.Plain, " ")
	s.Pen.Inverse = b.flash
	s.Pen.Text(stateRole(b.v.Circuit.State), state)
	s.Pen.Inverse = false
}

func (s *overviewDrawing) bareForecast(b *pane) {
	f := forecastOf(b.v, s.Frame.Now)
	if n := f.on + f.off; n > 0 && !f.timed && n+1+words.Width(f.short) <= s.Layout.Width {
		drawGauge(&s.Pen, f)
		s.Pen.Text(draw.Plain, " ")
	}
	s.Pen.Clip(draw.Plain, f.short, s.Layout.Width-s.Pen.X)
}
