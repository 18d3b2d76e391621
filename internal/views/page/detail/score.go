package detail

import (
	"fmt"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// scoreBox is the score over the whole width with the latency in figures beside.
func (s *drawing) scoreBox(v *stats.SensorView) []string {
	right := draw.Labelled("latency of answered calls")
	b := s.Boxed([]draw.Seg{draw.Words(draw.Plain, "one column a call")}, right, s.Layout.Width)
	d := s.plan
	figures := s.figures(v)
	at := s.Layout.Width - figuresWidth + 2
	line := func(content func()) {
		b.Line(func() {
			content()
			s.Pen.To(at)
			if n := len(b.Out) - 1; n < len(figures) {
				s.Pen.Clip(draw.Label, figures[n], figuresWidth-4)
			}
		})
	}
	s.tracks(v, d, 1, line)
	return b.End(d.score)
}

// scorePlain is the score without a frame; its figures stand in its rule.
func (s *drawing) scorePlain(v *stats.SensorView) {
	d := s.plan
	if d.scoreRule {
		s.Ruled([]draw.Seg{draw.Words(draw.Plain, "one column a call")}, draw.Labelled(views.PercentileWords(v)))
	}
	s.tracks(v, d, 0, func(content func()) {
		s.Pen.Start(s.Layout.Width)
		content()
		s.Add()
	})
}

// tracks draws the tracks that there is room for. lead is what a frame adds in
// front of them.
func (s *drawing) tracks(v *stats.SensorView, d *plan, lead int, line func(content func())) {
	p := &views.Pane{Screen: s.Screen, View: v, Width: s.Layout.Width}
	gutter := lead + views.RowGutter
	if lead > 0 {
		gutter++ // a space after the frame
	}
	if d.chart > 0 {
		s.detailChart(v, d.chart, gutter, line)
	}
	if d.call {
		line(p.CallRow)
	}
	if d.state {
		line(p.StateRow)
	}
	if d.fault {
		// It has a row for the error elsewhere, so this one is about faults only.
		line(func() { faultOnly(p) })
	}
	if d.axis {
		line(func() { s.TimeAxis(gutter, s.Layout.Columns, s.Frame.Interval(v)) })
	}
}

// faultOnly is the fault track, or that there is none.
func faultOnly(p *views.Pane) {
	marks, found := views.FaultTrack(p.View, p.Layout.Columns, p.Frame.Now, p.Look)
	p.Pen.Text(draw.Label, views.FaultLabel)
	switch {
	case found:
		views.DrawFaultCells(&p.Pen, marks)
	case p.Frame.Locked:
		p.Pen.Text(draw.Label, "locked")
	default:
		p.Pen.Text(draw.Label, views.NoFault(p.View, p.Layout.Columns))
	}
}

// detailChart draws the latency with a scale of its own, so that what is in
// sight fills it, and the timeout where it is on the scale and of a whole call.
func (s *drawing) detailChart(v *stats.SensorView, rows, gutter int, line func(content func())) {
	top := s.OwnTop(v)
	c := views.NewChart(s.Layout.Columns, rows, top, s.Look)
	c.Draw(v.Columns)
	labels := views.ChartLabels(rows, top)
	if oneAttempt(v) {
		if y := c.Behind(v.Policy.Timeout, 0); y >= 0 && labels[y] == "" {
			labels[y] = "limit"
		}
	}
	for y := range rows {
		line(func() {
			// The scale stands one cell nearer to the edge than text does.
			s.Pen.Right(draw.Label, labels[y], gutter-1, 0)
			tick := s.Look.Axis
			if y == 0 || y == rows-1 {
				tick = s.Look.Tick
			}
			s.Pen.To(gutter - 1)
			s.Pen.Glyph(draw.Label, tick)
			views.DrawChartRow(&s.Pen, c, y)
		})
	}
}

// figures are the lines beside the score: the latency of answered calls, what a
// failed one took last, and the timeout of an attempt.
func (s *drawing) figures(v *stats.SensorView) []string {
	line := func(name string, d time.Duration) string {
		return fmt.Sprintf("%-7s %8s", name, words.ShortMillis(d))
	}
	out := make([]string, 0, mostChart)
	if v.Answers < stats.MinAnswers {
		out = append(out, "p50          n/a", "p95          n/a", fmt.Sprintf("%d of %d answers", v.Answers, stats.MinAnswers))
	} else {
		out = append(out, line("p50", v.P50), line("p95", v.P95))
		if v.Answers >= stats.MinAnswersP99 {
			out = append(out, line("p99", v.P99))
		}
		out = append(out, line("max", v.Max))
		if of := views.OfFew(v); of != "" {
			out = append(out, of[1:]+" answers")
		}
	}
	for len(out) < 4 {
		out = append(out, "")
	}
	failed := "last bad     n/a"
	cols, _ := views.Shown(v.Columns, s.Layout.Columns)
	for i := range cols {
		if c := &cols[i]; !c.Answered() && !c.Refused() && c.Mark != event.MarkNone {
			failed = fmt.Sprintf("%-8s%8s", "last bad", words.ShortMillis(c.Took))
		}
	}
	out = append(out, failed)
	limit, scale := "no timeout", ""
	if t := v.Policy.Timeout; t > 0 {
		limit = line("timeout", t)
		switch {
		case !oneAttempt(v):
			scale = "of one attempt"
		case t > s.OwnTop(v):
			scale = "(off the chart)"
		}
	}
	return append(out, limit, scale, fmt.Sprintf("%d answered", v.Answers))
}

// oneAttempt is true where a call has one attempt, so that the limit of an attempt is
// that of the call.
func oneAttempt(v *stats.SensorView) bool { return v.Policy.Resolved().Retry.MaxAttempts <= 1 }
