package views

import (
	"math"
	"time"

	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/canvas/graph"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Chart draws latency tracks: one column a call, with 0 at the bottom and the top of the
// scale at the top. The columns are drawn by ntcharts. One column of every height is drawn
// once and kept, because the cells of an ntcharts canvas are large, and clearing and copying
// them for each call of each frame would be slow.
type Chart struct {
	rows int
	top  time.Duration
	// columns holds the runes of each column from top to bottom; the index is its height in
	// eighths of a row.
	columns [][]rune
}

// Scale sets how many rows the tracks have, and the duration at their top.
func (c *Chart) Scale(rows int, top time.Duration) *Chart {
	c.top = top
	if rows = max(rows, 0); rows != c.rows {
		c.rows, c.columns = rows, make([][]rune, 8*rows+1)
		for eighths := range c.columns {
			column := canvas.New(1, rows)
			graph.DrawColumnBottomToTop(&column, canvas.Point{Y: rows - 1}, float64(eighths)/8, column.Style)
			for y := range rows {
				c.columns[eighths] = append(c.columns[eighths], column.Cell(canvas.Point{Y: y}).Rune)
			}
		}
	}
	return c
}

// height returns a duration in rows, and whether it is higher than the scale.
func (c *Chart) height(d time.Duration) (rows float64, clipped bool) {
	if c.top <= 0 || d <= 0 {
		return 0, false
	}
	h := float64(d) / float64(c.top) * float64(c.rows)
	return math.Min(h, float64(c.rows)), d > c.top
}

// Row is the row of a duration, -1 where it is off the scale.
func (c *Chart) Row(d time.Duration) int {
	h, clipped := c.height(d)
	if clipped || d <= 0 || c.top <= 0 {
		return -1
	}
	return c.rows - 1 - int(h)
}

// Draw draws the last n calls, on the pen's line and the lines below it. Afterwards the pen
// is on its first line again, after the columns.
func (c *Chart) Draw(p *draw.Pen, cols []stats.Column, n int) {
	x, y := p.X, p.Y
	last, before := Shown(cols, n)
	for i := range last {
		if c.rows > 0 && last[i].Mark != event.MarkNone {
			c.column(p, x+before+i, y, &last[i])
		}
	}
	p.Line(y)
	p.To(x + max(n, 0))
}

// column draws one call. An answer has at least one eighth of a row, so that it is always
// visible. A refused call took no time and is a dot in the bottom row. A failed call is drawn
// in whole cells, because the shaded glyph has no eighths.
func (c *Chart) column(p *draw.Pen, x, y int, col *stats.Column) {
	put := func(row int, r draw.Role, glyph rune) {
		p.Line(y + row)
		p.To(x)
		p.Cell(r, glyph)
	}
	h, clipped := c.height(col.Took)
	top := func(row int, role, above draw.Role) draw.Role {
		if clipped && row == 0 {
			return above
		}
		return role
	}
	switch {
	case col.FastFail():
		put(c.rows-1, draw.Label, []rune(p.Look.FastFail)[0])
	case col.Answered():
		for row, glyph := range c.columns[max(int(math.Round(h*8)), 1)] {
			if glyph != 0 {
				put(row, top(row, draw.Accent, draw.Clipped), glyph)
			}
		}
	default:
		for row := c.rows - max(int(math.Round(h)), 1); row < c.rows; row++ {
			put(row, top(row, draw.Fail, draw.FailClipped), p.Look.Burnt)
		}
	}
}

// Level is a horizontal line behind the data of a chart, with a name in the scale.
type Level struct {
	At   time.Duration
	Name string
	// From is the column where it begins.
	From int
}

// Chart draws a latency track of so many rows with its scale, and lines behind it.
func (s *Screen) Chart(p *draw.Pen, v *stats.SensorView, rows int, top time.Duration, levels ...Level) {
	first, labels, n := p.Y+1, ChartLabels(rows, top), s.Layout.Columns
	c := s.chart.Scale(rows, top)
	for _, l := range levels {
		y := c.Row(l.At)
		if y < 0 {
			continue
		}
		if labels[y] == "" {
			labels[y] = l.Name
		}
		p.Line(first + y)
		p.To(RowGutter + l.From)
		for range n - l.From {
			p.Cell(draw.Faint, s.Look.Behind)
		}
	}
	for y := range rows {
		// The scale is one cell further left than other text, so that its
		// line ends where the tracks begin.
		p.Line(first + y)
		p.Right(draw.Label, labels[y], RowGutter-1, 0)
		tick := s.Look.Axis
		if y == 0 || y == rows-1 {
			tick = s.Look.Tick
		}
		p.To(RowGutter - 1)
		p.Glyph(draw.Label, tick)
	}
	p.Line(first)
	p.To(RowGutter)
	c.Draw(p, v.Columns, n)
	p.Line(first + rows - 1)
}

// ChartRow draws a latency track of one row without a scale.
func (s *Screen) ChartRow(p *draw.Pen, v *stats.SensorView) {
	s.chart.Scale(1, s.chartTop(v)).Draw(p, v.Columns, s.Layout.Columns)
}

// linesFrom is from how many rows on lines behind the data are useful.
const linesFrom = 5

// chartTop is the top of a sensor's scale. All sensors have the same, so that they can be
// compared; a sensor that is shown alone has its own.
func (s *Screen) chartTop(v *stats.SensorView) time.Duration {
	if s.Frame.Maximised && len(s.Layout.Visible) == 1 {
		return s.OwnTop(v)
	}
	return s.Frame.Snap.ScaleTop
}

// Chart draws the latency track with its scale.
func (p *Pane) Chart() {
	var levels []Level
	if p.Layout.Score.Chart >= linesFrom && p.View.Answers >= stats.SureAnswers {
		_, from := Shown(p.View.Columns, p.Layout.Columns)
		levels = []Level{{p.View.P95, "p95", from}, {p.View.P50, "p50", from}}
	}
	p.Screen.Chart(p.Pen, p.View, p.Layout.Score.Chart, p.chartTop(p.View), levels...)
}

// ChartLabels are the words on the scale: top, unit, 0.
func ChartLabels(rows int, top time.Duration) []string {
	labels := make([]string, rows)
	number, unit := words.Scale(top)
	switch {
	case rows == 0:
	case rows == 1:
		labels[0] = number
	case rows == 2:
		labels[0], labels[1] = number, "0 "+unit
	default:
		labels[0], labels[rows/2], labels[rows-1] = number, unit, "0"
	}
	return labels
}
