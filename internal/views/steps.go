package views

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Steps are the fixed steps of latency, by which endpoints of all kinds can be compared in
// one row each: an answer up to the first has the lowest block, one beyond the last the
// highest.
func Steps() []time.Duration {
	const ms = time.Millisecond
	return []time.Duration{3 * ms, 10 * ms, 30 * ms, 100 * ms, 300 * ms, time.Second, 3 * time.Second}
}

// stepOf is how many eighths of the height an answer has on the scale of Steps.
func stepOf(took time.Duration) int {
	steps := Steps()
	for i, s := range steps {
		if took <= s {
			return i + 1
		}
	}
	return len(steps) + 1
}

// StepsLegend is the scale of Steps in words, shorter from form to form.
func StepsLegend(l *draw.Look) []string {
	g := func(i int) string { return string(l.Blocks[i]) }
	full := g(1) + " to 3 ms " + g(2) + " 10 " + g(3) + " 30 " + g(4) + " 100 " + g(5) + " 300 " + g(6) + " 1 s " + g(7) + " 3 s " + g(8) + " over"
	failed := "      " + string(l.Burnt) + " failed  " + l.FastFail + " refused, not asked"
	return []string{
		full + failed + "  blank not due", full + failed, full,
		g(1) + " to 3 ms  " + g(4) + " 100 ms  " + g(6) + " 1 s  " + g(8) + " over", g(4) + " to 100 ms",
	}
}

// OwnSlotTop is the top of a scale for one endpoint alone: above the longest answer that
// is shown and above 2.5 times the median, so that what is steady lies low. Without answers
// it is above the longest call.
func OwnSlotTop(cols []stats.Column, n int) time.Duration {
	last, _ := Shown(cols, n)
	var took []time.Duration
	var longest time.Duration
	for i := range last {
		longest = max(longest, last[i].Took)
		if last[i].Answered() {
			took = append(took, last[i].Took)
		}
	}
	switch {
	case longest <= 0:
		return 0
	case len(took) == 0:
		return NiceAbove(longest, 1, 2, 4, 8)
	}
	slices.Sort(took)
	return NiceAbove(max(took[len(took)-1], took[len(took)/2]*5/2), 1, 2, 4, 8)
}

// DrawStepped draws the last n slots of latency on the scale of Steps, on the pen's line
// and the lines below it.
func (s *Screen) DrawStepped(p *draw.Pen, v *stats.SensorView, rows, n int) {
	last, _ := Shown(v.Columns, n)
	stepped := make([]stats.Column, len(last))
	for i := range last {
		stepped[i] = last[i]
		if last[i].Mark != event.MarkNone && !last[i].FastFail() {
			stepped[i].Took = time.Duration(stepOf(last[i].Took))
		}
	}
	s.chart.Scale(rows, time.Duration(len(Steps())+1)).Draw(p, stepped, n)
}

// DrawOwn draws the last n slots of latency up to a top of their own.
func (s *Screen) DrawOwn(p *draw.Pen, v *stats.SensorView, rows, n int, top time.Duration) {
	s.chart.Scale(rows, top).Draw(p, v.Columns, n)
}

// DrawValues draws the last n values on one line, from 0 or the lowest value up to ValueTop;
// nothing where there is no value.
func (s *Screen) DrawValues(p *draw.Pen, values []float64, n int) {
	last, before := Shown(values, n)
	low, top, ok := valueScale(last)
	if !ok {
		return
	}
	p.To(p.X + before)
	for _, value := range last {
		if math.IsNaN(value) {
			p.Cell(draw.Plain, ' ')
			continue
		}
		eighths := 1
		if top > low {
			eighths = min(max(int(math.Ceil((value-low)/(top-low)*8)), 1), 8)
		}
		p.Cell(draw.Retried, s.Look.Blocks[eighths])
	}
}

// ValueTop is the top of the scale of the last n values, NaN where there is none.
func ValueTop(values []float64, n int) float64 {
	last, _ := Shown(values, n)
	if _, top, ok := valueScale(last); ok {
		return top
	}
	return math.NaN()
}

// ValueTopText is ValueTop in at most five cells; empty where there is none.
func ValueTopText(values []float64, n int) string {
	const room = 5
	top := ValueTop(values, n)
	if math.IsNaN(top) {
		return ""
	}
	for _, unit := range []struct {
		from, by float64
		sign     string
	}{{1e9, 1e9, "G"}, {1e6, 1e6, "M"}, {1e5, 1e3, "k"}} {
		if text := words.Amount(top/unit.by, words.MaxDecimals) + unit.sign; top >= unit.from && words.Width(text) <= room {
			return text
		}
	}
	text := words.Amount(top, words.MaxDecimals)
	return words.FirstFit(room, text, strings.ReplaceAll(text, ",", ""), strconv.FormatFloat(top, 'e', 0, 64))
}

// valueScale is from where to where values are drawn: from 0, or from the lowest where any
// is negative, to a round number.
func valueScale(values []float64) (low, top float64, ok bool) {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			continue
		}
		low, top, ok = min(low, v), max(top, v), true
	}
	if top > 0 {
		unit := math.Pow(10, math.Floor(math.Log10(top)))
		for _, step := range []float64{1, 2, 4, 8, 10} {
			if top <= step*unit*(1+1e-9) {
				top = step * unit
				break
			}
		}
	}
	return low, top, ok
}
