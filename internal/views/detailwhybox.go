package views

import (
	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// whyBox is the lines of why in a frame.
func (s *screen) whyBox(v *stats.SensorView, w int) []string {
	right := labelled("")[:0]
	if v.Differs {
		right = []seg{{roleFault, "settings differ from the start's"}}
	}
	title := "why, and what next"
	if s.l.detail.chain {
		title = "circuit, why, and what next"
	}
	b := s.frame([]seg{{rolePlain, title}}, right, w)
	if s.l.detail.chain {
		b.line(func() { s.circuitChain(v) })
	}
	s.why(v, w-3, b.line)
	return b.end(s.l.detail.top)
}

// whyPlain is the same without a frame.
func (s *screen) whyPlain(v *stats.SensorView) {
	d := &s.l.detail
	line := func(content func()) {
		s.pen.start(s.l.Width)
		s.pen.to(1)
		content()
		s.add()
	}
	if d.whyRule {
		s.ruled([]seg{{rolePlain, "why, and what next"}}, nil)
	}
	if d.chain {
		line(func() { s.circuitChain(v) })
	}
	s.why(v, s.l.Width-1, line)
}

// why writes the lines, w cells wide. The chosen one is marked.
func (s *screen) why(v *stats.SensorView, w int, line func(content func())) {
	chosen := 0
	for _, row := range s.l.whyRows(v, s.f) {
		mark := false
		if row.moment {
			chosen++
			mark = chosen == s.f.Why
		}
		room := max(w-whyLabel, 0)
		text, rest := row.text, ""
		if row.lines > 1 {
			text, rest = words.BreakLine(text, room)
		}
		line(func() { s.whyLine(&row, text, mark) })
		for i := 1; i < row.lines; i++ {
			line(func() {
				s.pen.to(s.pen.w + whyLabel)
				s.pen.clip(rolePlain, rest, room)
			})
		}
	}
}

func (s *screen) whyLine(row *whyRow, text string, chosen bool) {
	p := &s.pen
	start := p.w
	name := roleLabel
	if chosen {
		name = roleAccent
		p.inverse = true
	}
	p.text(name, row.label)
	p.inverse = false
	p.to(start + whyLabel)
	p.text(row.lead.r, row.lead.s)
	p.clip(rolePlain, text, p.limit-p.w)
}
