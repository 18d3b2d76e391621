package overview

import (
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// leastSentence is how many cells what is said of an endpoint keeps beside its remark.
const leastSentence = 12

// pane draws an endpoint.
func (s *endpoints) pane(v *stats.SensorView, p *draw.Pen) {
	p.Next()
	s.title(v, p)
	figures := s.figuresOf(v)
	line := func(draw func(), figure string) {
		p.Next()
		draw()
		s.figure(p, figure)
	}
	rows := s.chart // of the latency
	value := !v.Timed && rows > 1
	if value {
		rows--
	}
	first := figures.latency
	if value {
		first = figures.up
	}
	if rows > 1 {
		s.latency(v, p, rows)
		p.Line(1)
		s.figure(p, figures.up)
		p.Line(rows)
		s.figure(p, figures.latency)
	} else {
		line(func() { s.latencyRow(v, p) }, first)
	}
	if value {
		line(func() { s.valueRow(v, p) }, figures.value)
	}
	if s.call {
		line(func() {
			s.label(p, "call ")
			s.DrawSlots(p, v, s.Layout.Columns)
		}, figures.call)
	}
	if s.state {
		line(func() {
			s.label(p, "state ")
			s.DrawSlotStates(p, v, s.Layout.Columns)
		}, figures.state)
	}
	if s.fault {
		p.Next()
		s.label(p, "fault ")
		if views.FaultsInSight(v, s.Layout.Columns) {
			views.DrawFaults(p, v, s.Layout.Columns, s.Frame.Now)
		} else {
			p.Text(draw.Label, "none injected")
		}
	}
}

// label writes the name of a track, which ends where the track begins.
func (s *endpoints) label(p *draw.Pen, name string) { p.Right(draw.Label, name, s.gutter, 0) }

// figure writes a figure beside the track.
func (s *endpoints) figure(p *draw.Pen, text string) {
	p.To(s.gutter + s.Layout.Columns + 2)
	p.Clip(draw.Label, text, p.Room())
}

// stepped is true where latency in several lines is drawn on the common steps.
func (s *endpoints) stepped() bool { return s.Frame.Rescaled == (s.chart >= 2) }

// latency draws the latency in several lines with its scale.
func (s *endpoints) latency(v *stats.SensorView, p *draw.Pen, rows int) {
	n := s.Layout.Columns
	top := views.OwnSlotTop(v.Columns, n)
	names := views.ChartLabels(rows, top)
	if s.stepped() {
		steps := views.Steps()
		names = views.ChartLabels(rows, steps[len(steps)-1])
	}
	if rows == 2 {
		_, names[1] = words.Scale(top)
		if s.stepped() {
			names[1] = "steps"
		}
	}
	for y, name := range names {
		p.Line(1 + y)
		p.Right(draw.Label, name, s.gutter-1, 0)
		tick := s.Look.Axis
		if y == 0 || y == rows-1 && rows > 2 {
			tick = s.Look.Tick
		}
		p.To(s.gutter - 1)
		p.Glyph(draw.Label, tick)
	}
	p.Line(1)
	p.To(s.gutter)
	if s.stepped() {
		s.DrawStepped(p, v, rows, n)
	} else {
		s.DrawOwn(p, v, rows, n, top)
	}
}

// latencyRow draws the latency in one line.
func (s *endpoints) latencyRow(v *stats.SensorView, p *draw.Pen) {
	if s.gutter > 1 {
		s.label(p, "ms ")
	}
	p.To(s.gutter)
	if s.Frame.Rescaled {
		s.DrawOwn(p, v, 1, s.Layout.Columns, views.OwnSlotTop(v.Columns, s.Layout.Columns))
	} else {
		s.DrawStepped(p, v, 1, s.Layout.Columns)
	}
}

// valueRow draws the value in one line, with the top of its scale.
func (s *endpoints) valueRow(v *stats.SensorView, p *draw.Pen) {
	p.Right(draw.Label, views.ValueTopText(v.Values, s.Layout.Columns), s.gutter-1, 0)
	p.To(s.gutter - 1)
	p.Glyph(draw.Label, s.Look.Tick)
	s.DrawValues(p, v.Values, s.Layout.Columns)
}

// title is the first line of a pane: at the left the endpoint, at the right the policies.
func (s *endpoints) title(v *stats.SensorView, p *draw.Pen) {
	lead, nameRole := " ", draw.Plain
	if v.Index == s.Layout.Selected {
		lead, nameRole = s.Look.Selected, draw.Strong
	}
	gap := 1 + views.OneIf(s.Layout.Width >= wideFrom)
	names := s.names()
	p.Text(draw.Accent, lead)
	p.Inverse = s.Flashing(v.Index)
	views.DrawName(p, nameRole, v.Sensor, names)
	p.Inverse = false
	right := s.policies(v)
	p.To(1 + names + gap)
	room := s.Layout.Width - draw.SegsWidth(right) - p.X - 1
	remark := ""
	if room-words.Width(v.Remark) > leastSentence && v.Remark != "" {
		remark = "  " + v.Remark
		room -= words.Width(remark)
	}
	writeSentence(p, v, words.FirstFit(room, s.EndpointForms(v, s.Layout.Width < midFrom)...))
	p.Text(draw.Stale, remark)
	p.To(s.Layout.Width - draw.SegsWidth(right))
	p.Segs(right)
}

// writeSentence writes what is said of an endpoint, its first word in the colour of its
// state.
func writeSentence(p *draw.Pen, v *stats.SensorView, text string) {
	word := text
	for i, r := range text {
		if r == ' ' || r == ',' {
			word = text[:i]
			break
		}
	}
	p.Text(views.HealthRole(&v.Health), word)
	p.Text(draw.Plain, text[len(word):])
}

// names is how many cells the names have.
func (s *endpoints) names() int {
	return s.Frame.Names(min(views.MostNames, max(s.Layout.Width/5, views.LeastNames)))
}
