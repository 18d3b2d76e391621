package views

import (
	"math"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/canvas/graph"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// least is the height of the smallest column: an answer is never invisible.
const least = 1.0 / 8

// Chart is a latency track on an ntcharts canvas: one column a call, bottom at
// 0, top at the scale shared by all panes.
type Chart struct {
	canvas.Model
	look *draw.Look
	rows int
	top  time.Duration
}

// NewChart returns an empty track.
func NewChart(columns, rows int, top time.Duration, look *draw.Look) *Chart {
	columns, rows = max(columns, 0), max(rows, 0)
	return &Chart{Model: canvas.New(columns, rows), look: look, rows: rows, top: top}
}

// Draw replaces what is on the canvas by the last calls that fit.
func (c *Chart) Draw(cols []stats.Column) {
	c.Fill(canvas.Cell{})
	last, before := Shown(cols, c.Width())
	for i := range last {
		c.column(before+i, &last[i])
	}
}

// ChartOf draws a sensor's track. All tracks of a screen have one size and
// stand on one canvas in turn: a canvas is the largest thing that a frame needs.
func (s *Screen) ChartOf(v *stats.SensorView, rows int) *Chart {
	if s.canvas == nil {
		s.canvas = NewChart(s.Layout.Columns, rows, s.chartTop(v), s.Look)
	}
	s.canvas.Draw(v.Columns)
	return s.canvas
}

// height is a duration in rows, and whether it passes the top.
func (c *Chart) height(d time.Duration) (rows float64, clipped bool) {
	if c.top <= 0 || d <= 0 {
		return 0, false
	}
	h := float64(d) / float64(c.top) * float64(c.rows)
	return math.Min(h, float64(c.rows)), d > c.top
}

// column draws one call. A refused call cost nothing: a dot on the floor.
func (c *Chart) column(x int, col *stats.Column) {
	if c.rows == 0 || col.Mark == event.MarkNone {
		return
	}
	bottom := canvas.Point{X: x, Y: c.rows - 1}
	h, clipped := c.height(col.Took)
	top := canvas.Point{X: x, Y: 0}
	switch {
	case col.Refused():
		c.SetCell(bottom, canvas.NewCellWithStyle([]rune(c.look.Refused)[0], c.look.Styles[draw.Label]))
	case col.Answered():
		graph.DrawColumnBottomToTop(&c.Model, bottom, math.Max(h, least), c.look.Styles[draw.Accent])
		if clipped {
			c.SetCellStyle(top, c.look.Styles[draw.Clipped])
		}
	default:
		c.burnt(x, h)
		if clipped {
			c.SetCellStyle(top, c.look.Styles[draw.FailClipped])
		}
	}
}

// burnt draws the time of a failed call, in whole cells: shade has no eighths.
func (c *Chart) burnt(x int, h float64) {
	n := max(int(math.Round(h)), 1)
	for i := range n {
		c.SetCell(canvas.Point{X: x, Y: c.rows - 1 - i}, canvas.NewCellWithStyle(c.look.Burnt, c.look.Styles[draw.Fail]))
	}
}

// Behind draws a line at a duration, from column from on, where no column
// stands; it returns the row, or -1 where the duration is off the scale.
func (c *Chart) Behind(d time.Duration, from int) int {
	h, clipped := c.height(d)
	y := c.rows - 1 - int(h)
	if clipped || d <= 0 || c.top <= 0 || y < 0 {
		return -1
	}
	cell := canvas.NewCellWithStyle(c.look.Behind, c.look.Styles[draw.Faint])
	for x := from; x < c.Width(); x++ {
		p := canvas.Point{X: x, Y: y}
		if c.Cell(p).Rune == 0 {
			c.SetCell(p, cell)
		}
	}
	return y
}

// DrawChartRow writes a line of the canvas. Cells are joined by runs of equal style: the
// canvas's own View styles every cell on its own, which takes ten times as long.
func DrawChartRow(p *draw.Pen, c *Chart, y int) {
	var style lipgloss.Style
	for x := range c.Width() {
		cell := c.Cell(canvas.Point{X: x, Y: y})
		if cell.Rune == 0 || cell.Rune == ' ' {
			p.Cell(draw.Plain, ' ')
			continue
		}
		style = cell.Style
		p.Cell(c.look.RoleOf(&style), blockGlyph(c.look, cell.Rune))
	}
}

// blockGlyph is a block element's glyph in this look.
func blockGlyph(l *draw.Look, r rune) rune {
	if r >= '▁' && r <= '█' {
		return l.Blocks[r-'▁'+1]
	}
	return r
}

// Lines behind the data need this many rows to be of use.
const linesFrom = 5

// chartTop is the top of a sensor's scale: one for all of them, so that they can
// be compared, and its own where it is alone.
func (s *Screen) chartTop(v *stats.SensorView) time.Duration {
	if s.Frame.Maximised && len(s.Layout.Visible) == 1 {
		return s.OwnTop(v)
	}
	return s.Frame.Snap.ScaleTop
}

// Chart draws the latency track with its scale.
func (p *Pane) Chart() {
	rows := p.Layout.Score.Chart
	c := p.ChartOf(p.View, rows)
	labels := ChartLabels(rows, p.chartTop(p.View))
	if rows >= linesFrom && p.View.Answers >= stats.SureAnswers {
		_, from := Shown(p.View.Columns, p.Layout.Columns)
		for _, line := range []struct {
			d    time.Duration
			name string
		}{{p.View.P95, "p95"}, {p.View.P50, "p50"}} {
			if y := c.Behind(line.d, from); y >= 0 && labels[y] == "" {
				labels[y] = line.name
			}
		}
	}
	for y := range rows {
		p.Row(func() {
			// The scale stands one cell nearer to the frame than text does, so
			// that its line ends where the tracks begin.
			p.Pen.Right(draw.Label, labels[y], TrackGutter-3, 0)
			tick := p.Look.Axis
			if y == 0 || y == rows-1 {
				tick = p.Look.Tick
			}
			p.Pen.To(TrackGutter - 3)
			p.Pen.Glyph(draw.Label, tick)
			DrawChartRow(&p.Pen, c, y)
		})
	}
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
