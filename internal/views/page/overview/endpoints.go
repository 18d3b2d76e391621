package overview

import (
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// Real endpoints have panes as wide as the screen, one below the other, so that one outage
// lines up through all of them; from seven endpoints on they have one line each (list.go).

// listFrom is from how many endpoints on each has one line.
const listFrom = 7

// Widths of the parts of an endpoint's pane.
const (
	// wideFrom is the width from which a pane has all figures, midFrom that from which it
	// has some.
	wideFrom, midFrom = 100, 76
	// leastWidth is the width below which one endpoint is told in a few words.
	leastWidth = views.PaneWidth - 5
	// scaleGutter is the cells before a track of a pane with a scale.
	scaleGutter = 7
	// Cells after the tracks, for the figures.
	wideFigures, midFigures, leastFigures = 41, 22, 14
)

// panes is the body of endpoints in panes.
type panes struct {
	// chart is how many lines the latency has; call, state and fault say whether these
	// tracks are there. Without call the latency has no name, because it stands alone.
	chart              int
	call, state, fault bool
	// axis is where the axis is, not drawn where it is empty.
	axis draw.Rect
	// gutter and figures are the cells before the tracks and after them.
	gutter, figures int
}

// height is the lines of a pane.
func (b *panes) height() int {
	return 1 + b.chart + views.OneIf(b.call) + views.OneIf(b.state) + views.OneIf(b.fault)
}

// Most lines of a pane's latency, and the events that must be left for each more than two.
const (
	mostChart   = 6
	alotOfLines = 10
)

// layoutEndpoints plans the overview of real endpoints.
func layoutEndpoints(f *views.Frame, l *views.Layout) views.Body {
	if l.Sensors == 0 {
		return l.OnlyEvents()
	}
	if l.Width < leastWidth {
		l.Slot = f.SlotLength(true)
		plan := plan{Layout: l}
		plan.single()
		return body{}
	}
	l.EventsUnruled = true
	if f.Maximised {
		return layoutOne(f, l)
	}
	if l.Sensors < listFrom {
		if b := layoutPanes(f, l, l.Sensors); b != nil {
			return b
		}
	}
	return layoutList(f, l)
}

// layoutPanes plans panes of n endpoints, in the form with the most lines that fits; nil
// where none does.
func layoutPanes(f *views.Frame, l *views.Layout, n int) views.Body {
	for _, try := range []struct {
		panes
		events, header int
	}{
		{panes{chart: 2, call: true, state: true, fault: !f.Locked}, 3 - 2*views.OneIf(!f.Locked), 2},
		{panes{chart: 2, call: true, state: true}, 3, 2},
		{panes{chart: 1, call: true, state: true}, 3, 2},
		{panes{chart: 1, call: true}, 3, 2},
		{panes{chart: 1}, 2, 2},
		{panes{chart: 1}, 1, 1},
		{panes{chart: 1}, 0, 1},
	} {
		b := try.panes
		header := min(try.header, l.Header)
		rest := l.Height - 1 - header - 2 - n*b.height() // the answer, the axis
		if rest < try.events {
			continue
		}
		for b.chart >= 2 && b.chart < mostChart && rest-n >= alotOfLines {
			b.chart, rest = b.chart+1, rest-n
		}
		l.Header = header
		return b.place(f, l, n)
	}
	return nil
}

// layoutOne plans the selected endpoint alone, with a latency as high as there is room.
func layoutOne(f *views.Frame, l *views.Layout) views.Body {
	const events, most = 7, 16
	b := panes{chart: 2, call: true, state: true, fault: !f.Locked}
	if room := l.Room() - 2; room < b.height() {
		b = panes{chart: 1}
	} else {
		b.chart = min(max(2, 2+room-b.height()-events), most)
	}
	return b.place(f, l, 1)
}

// place gives every pane its lines.
func (b panes) place(f *views.Frame, l *views.Layout, n int) views.Body {
	b.measure(l)
	l.Kind, l.Density, l.Score.Chart, l.Score.State = views.Panes, b.height(), b.chart, b.state
	l.Slot = f.SlotLength(false)
	l.Columns = max(l.Width-b.gutter-b.figures, 0)
	l.Window(n, 1)
	y := l.Header + 1 // the answer
	for range l.Visible {
		l.Cells = append(l.Cells, draw.At(0, y, l.Width, b.height()))
		y += b.height()
	}
	if y < l.Height-1 {
		b.axis = draw.At(0, y, l.Width, 1)
		y++
	}
	l.Rest(y, false)
	for _, i := range l.Visible {
		if info, ok := f.Info(f.Sensors()[i]); ok && !info.Timed {
			l.Want.Values = true
		}
	}
	return b
}

// measure sets what is left of the tracks and right of them.
func (b *panes) measure(l *views.Layout) {
	b.gutter, b.figures = scaleGutter, wideFigures
	if l.Width < wideFrom {
		b.figures = midFigures
		if b.chart == 1 {
			b.gutter = views.RowGutter
		}
	}
	if l.Width < midFrom {
		b.figures = leastFigures
	}
	if !b.call && l.Width < midFrom {
		b.gutter = 1
	}
}

// Draw draws the answer, the panes, the axis and the events.
func (b panes) Draw(screen *views.Screen) {
	s := &endpoints{screen, &b}
	s.Pen.Next()
	s.AnswerLine(&s.Pen)
	for i, at := range s.Layout.Cells {
		s.pane(s.Sensor(s.Layout.Visible[i]), s.In(at))
	}
	if !b.axis.Empty() {
		s.axis(s.In(b.axis))
	}
	s.EventsBelow()
}

// endpoints is the overview of endpoints being drawn.
type endpoints struct {
	*views.Screen
	*panes
}

// axis names the ends of the tracks and what a column is, and of what time the figures
// are.
func (s *endpoints) axis(p *draw.Pen) {
	p.Next()
	column := "a column is " + span(s.Layout.Slot)
	texts := []string{column + ": its worst result, its longest answer", column}
	if s.stepped() && s.call {
		texts = append(texts, views.StepsLegend(s.Look)...)
	}
	s.SlotAxis(p, s.gutter, s.Layout.Columns, texts...)
	figures := []string{"figures: the last " + figuresSpan(s.Frame), "figures: " + figuresSpan(s.Frame)}
	if s.Layout.Width < wideFrom {
		figures = []string{"figures: " + figuresSpan(s.Frame) + ", %", "figures: " + figuresSpan(s.Frame)}
	}
	at := s.gutter + s.Layout.Columns + 2
	if text := fits(s.Layout.Width-at, figures...); text != "" {
		p.To(at)
		p.Text(draw.Label, text)
	}
}
