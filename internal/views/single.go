package views

import (
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// single draws the selected sensor alone.
func (s *screen) single() {
	if len(s.l.Visible) == 0 {
		return
	}
	if s.l.Bare {
		s.bare()
		return
	}
	s.lines = append(s.lines, s.pane(s.l.Visible[0], s.l.Width)...)
}

// bare draws a sensor without a frame, for screens of a few lines: what matters
// most first.
func (s *screen) bare() {
	v := s.sensor(s.l.Visible[0])
	// A pane without frame borrows the pane's rows.
	b := &pane{screen: s, v: v, w: s.l.Width + 2}
	rows := []func(){
		func() { s.bareTitle(b) },
		func() {
			s.pen.Clip(draw.Strong, valueText(s.look, v), s.l.Width)
			s.pen.Right(draw.Label, ageShort(v, s.f.Now), s.l.Width, 1)
		},
		b.callRow,
		func() { s.bareForecast(b) },
		b.stateRow,
		b.faultRow,
		func() { s.pen.Clip(draw.Label, causeWords(v, s.l.Width), s.l.Width) },
		func() { s.pen.Clip(draw.Label, percentileWords(v), s.l.Width) },
	}
	for i, content := range rows {
		if i >= s.l.Cells[0].H {
			break
		}
		s.pen.Start(s.l.Width)
		content()
		s.add()
	}
}

func (s *screen) bareTitle(b *pane) {
	m, _, short := quality(b.v)
	glyph, _ := markSign(s.look, m)
	state, _ := stateWords(b.v.Circuit.State)
	name := b.v.ID
	if name == "" {
		name = b.v.Name
	}
	terms := glyph + " " + short
	if words.Width(name)+words.Width(terms)+words.Width(state)+2 > s.l.Width {
		terms = glyph
	}
	s.pen.Clip(draw.Strong, name, max(s.l.Width-words.Width(terms)-words.Width(state)-2, 2))
	s.pen.Text(draw.Plain, " ")
	s.pen.Text(markRole(m), terms)
	s.pen.Text(draw.Plain, " ")
	s.pen.Inverse = b.flash
	s.pen.Text(stateRole(b.v.Circuit.State), state)
	s.pen.Inverse = false
}

func (s *screen) bareForecast(b *pane) {
	f := forecastOf(b.v, s.f.Now)
	if n := f.on + f.off; n > 0 && !f.timed && n+1+words.Width(f.short) <= s.l.Width {
		drawGauge(&s.pen, f)
		s.pen.Text(draw.Plain, " ")
	}
	s.pen.Clip(draw.Plain, f.short, s.l.Width-s.pen.X)
}
