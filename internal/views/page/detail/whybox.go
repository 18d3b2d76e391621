package detail

import (
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// whyBox is the lines of why in a frame.
func (s *drawing) whyBox(v *stats.SensorView, w int) []string {
	right := draw.Labelled("")[:0]
	if v.Differs {
		right = []draw.Seg{draw.Words(draw.Fault, "settings differ from the start's")}
	}
	title := "why, and what next"
	if s.plan.chain {
		title = "circuit, why, and what next"
	}
	b := s.Boxed([]draw.Seg{draw.Words(draw.Plain, title)}, right, w)
	if s.plan.chain {
		b.Line(func() { s.circuitChain(v) })
	}
	s.why(v, w-3, b.Line)
	return b.End(s.plan.top)
}

// whyPlain is the same without a frame.
func (s *drawing) whyPlain(v *stats.SensorView) {
	d := s.plan
	line := func(content func()) {
		s.Pen.Start(s.Layout.Width)
		s.Pen.To(1)
		content()
		s.Add()
	}
	if d.whyRule {
		s.Ruled([]draw.Seg{draw.Words(draw.Plain, "why, and what next")}, nil)
	}
	if d.chain {
		line(func() { s.circuitChain(v) })
	}
	s.why(v, s.Layout.Width-1, line)
}

// why writes the lines, w cells wide. The chosen one is marked.
func (s *drawing) why(v *stats.SensorView, w int, line func(content func())) {
	chosen := 0
	for _, row := range s.plan.whyRows(v, s.Frame) {
		mark := false
		if row.moment {
			chosen++
			mark = chosen == s.Frame.Why
		}
		room := max(w-whyLabel, 0)
		text, rest := row.text, ""
		if row.lines > 1 {
			text, rest = words.BreakLine(text, room)
		}
		line(func() { s.whyLine(&row, text, mark) })
		for i := 1; i < row.lines; i++ {
			line(func() {
				s.Pen.To(s.Pen.X + whyLabel)
				s.Pen.Clip(draw.Plain, rest, room)
			})
		}
	}
}

func (s *drawing) whyLine(row *whyRow, text string, chosen bool) {
	p := &s.Pen
	start := p.X
	name := draw.Label
	if chosen {
		name = draw.Accent
		p.Inverse = true
	}
	p.Text(name, row.label)
	p.Inverse = false
	p.To(start + whyLabel)
	p.Text(row.lead.Role, row.lead.Text)
	p.Clip(draw.Plain, text, p.Limit-p.X)
}
