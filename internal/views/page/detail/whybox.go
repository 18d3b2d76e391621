package detail

import (
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// whyBox draws, in a frame, why the circuit is in its state and what comes next.
func (s *drawing) whyBox(v *stats.SensorView, at draw.Rect) {
	var right []draw.Seg
	if v.Differs {
		right = []draw.Seg{draw.Words(draw.Fault, "settings differ from the start's")}
	}
	title := "why, and what next"
	if s.plan.chain {
		title = "circuit, why, and what next"
	}
	s.why(s.Panelled(at, []draw.Seg{draw.Words(draw.Plain, title)}, right), v)
}

// whyPlain is the same without a frame.
func (s *drawing) whyPlain(v *stats.SensorView) {
	d := s.plan
	if d.whyRule {
		s.Ruled([]draw.Seg{draw.Words(draw.Plain, "why, and what next")}, nil)
	}
	at := s.Pen.Take(d.top - views.OneIf(d.whyRule))
	s.why(s.In(draw.At(at.X+1, at.Y, at.W-1, at.H)), v)
}

// why writes the rows of whyRows, and above them the circuit as one line where there is no
// room for the diagram. The chosen row is marked.
func (s *drawing) why(p *draw.Pen, v *stats.SensorView) {
	if s.plan.chain {
		p.Next()
		s.circuitChain(p, v)
	}
	chosen := 0
	for _, row := range s.plan.whyRows(v, s.Frame) {
		mark := false
		if row.moment {
			chosen++
			mark = chosen == s.Frame.Why
		}
		room := max(p.Width()-whyLabel, 0)
		lines := []string{row.text}
		if row.lines > 1 {
			lines = append(words.Wrap(row.text, room, row.lines), make([]string, row.lines)...)[:row.lines]
		}
		for i, text := range lines {
			p.Next()
			if i == 0 {
				row.head(p, mark)
			}
			p.To(whyLabel)
			p.Clip(draw.Plain, text, p.Room())
		}
	}
}

// head writes the name of a row, marked if it is chosen, and its first word.
func (row *whyRow) head(p *draw.Pen, chosen bool) {
	name := draw.Seg{Role: draw.Label, Text: row.label}
	if chosen {
		name.Role, name.Inverse = draw.Accent, true
	}
	p.Segs([]draw.Seg{name})
	p.To(whyLabel)
	p.Segs([]draw.Seg{row.lead})
}
