package detail

import (
	"fmt"
	"math"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// scoreBox draws the tracks in a frame over the whole width, with the latency as figures
// on the right.
func (s *drawing) scoreBox(v *stats.SensorView) {
	p := s.Boxed(s.plan.score, []draw.Seg{draw.Words(draw.Plain, s.columnWords())}, draw.Labelled("latency of answered calls"))
	s.tracks(p, v)
	lines := s.figures(v)
	for y := range min(p.Y+1, len(lines)) {
		p.Line(y)
		p.To(p.Width() - figuresWidth + 3)
		p.Clip(draw.Label, lines[y], figuresWidth-4)
	}
}

// scorePlain draws the tracks without a frame. The figures stand in the rule above them.
func (s *drawing) scorePlain(v *stats.SensorView) {
	if s.plan.scoreRule {
		s.Ruled([]draw.Seg{draw.Words(draw.Plain, s.columnWords())}, draw.Labelled(views.PercentileWords(v)))
	}
	s.tracks(&s.Pen, v)
}

// columnWords say what a column of the tracks is.
func (s *drawing) columnWords() string {
	if slot := s.Layout.Slot; slot > 0 {
		return "a column is " + words.Lasting(slot) + ": its worst result, its longest answer"
	}
	return "one column a call"
}

// tracks draws those of the tracks that the plan has lines for.
func (s *drawing) tracks(pen *draw.Pen, v *stats.SensorView) {
	d, p := s.plan, &views.Pane{Screen: s.Screen, View: v, Pen: pen}
	slots, rows := s.Layout.Slot > 0, d.chart
	value := slots && !v.Timed && rows > 1 && !math.IsNaN(views.ValueTop(v.Values, s.Layout.Columns))
	if value {
		rows--
	}
	if rows > 0 {
		s.detailChart(pen, v, rows)
	}
	if value {
		p.Row(func() { s.valueRow(pen, v) })
	}
	if d.call {
		p.Row(p.CallRow)
	}
	if d.state {
		p.Row(p.StateRow)
	}
	if d.fault {
		// The error of the last call stands elsewhere on this page, so this track shows
		// faults only.
		p.Row(p.FaultsOnly)
	}
	if d.axis {
		p.Row(func() {
			if slots {
				s.SlotAxis(pen, views.RowGutter, s.Layout.Columns)
			} else {
				s.TimeAxis(pen, views.RowGutter, s.Layout.Columns, s.Frame.Interval(v))
			}
		})
	}
}

// detailChart draws the latency. Its scale ends at the longest call that is visible, so
// that the chart is filled. The timeout is drawn where it lies on the scale, and only if a
// call has one attempt: it limits an attempt, and the chart shows whole calls.
func (s *drawing) detailChart(p *draw.Pen, v *stats.SensorView, rows int) {
	var levels []views.Level
	if s.oneAttempt(v) {
		levels = []views.Level{{At: v.Policy.Timeout, Name: "limit"}}
	}
	s.Chart(p, v, rows, s.top(v), levels...)
}

// top is the top of the scale of the latency.
func (s *drawing) top(v *stats.SensorView) time.Duration {
	if s.Layout.Slot > 0 {
		return views.OwnSlotTop(v.Columns, s.Layout.Columns)
	}
	return s.OwnTop(v)
}

// valueRow draws the values of an endpoint in one line, with the top of their scale.
func (s *drawing) valueRow(p *draw.Pen, v *stats.SensorView) {
	p.Right(draw.Label, views.ValueTopText(v.Values, s.Layout.Columns), views.RowGutter-1, 0)
	p.To(views.RowGutter - 1)
	p.Glyph(draw.Label, s.Look.Tick)
	s.DrawValues(p, v.Values, s.Layout.Columns)
}

// figures are the lines beside the tracks: the latency of answered calls, how long the
// last failed one took, and the timeout of an attempt.
func (s *drawing) figures(v *stats.SensorView) []string {
	line := func(name string, d time.Duration) string {
		return fmt.Sprintf("%-7s %8s", name, words.ShortMillis(d))
	}
	if v.Real { // of the same time as on the overview
		h, own := &v.Health, *v
		own.Answers, own.P50, own.P95, own.Max = h.Answers, h.P50, h.P95, h.Max
		v = &own
		line = func(name string, d time.Duration) string {
			return fmt.Sprintf("%-7s %8s", name, words.FineMillis(d)+" ms")
		}
	}
	out := make([]string, 0, mostChart)
	if v.Answers < stats.MinAnswers {
		out = append(out, "p50          n/a", "p95          n/a", fmt.Sprintf("%d of %d answers", v.Answers, stats.MinAnswers))
	} else {
		out = append(out, line("p50", v.P50), line("p95", v.P95))
		if v.Answers >= stats.MinAnswersP99 && !v.Real {
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
		if c := &cols[i]; !c.Answered() && !c.FastFail() && c.Mark != event.MarkNone {
			failed = fmt.Sprintf("%-8s%8s", "last bad", words.ShortMillis(c.Took))
		}
	}
	out = append(out, failed)
	limit, scale := "no timeout", ""
	if t := v.Policy.Timeout; t > 0 {
		limit = line("timeout", t)
		switch {
		case !s.oneAttempt(v):
			scale = "of one attempt"
		case t > s.top(v):
			scale = "(off the chart)"
		}
	}
	return append(out, limit, scale, fmt.Sprintf("%d answered", v.Answers))
}

// oneAttempt is true where a call has a single attempt, so that the timeout of an attempt
// is also that of the call.
func (s *drawing) oneAttempt(v *stats.SensorView) bool {
	return s.Frame.Beside() || v.Policy.Resolved().Retry.MaxAttempts <= 1
}
