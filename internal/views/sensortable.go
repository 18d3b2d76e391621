package views

import (
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
	// FigureGap is the cells in front of each column of figures.
	FigureGap = 2
	// LeastNames bounds the column of names of a table from below.
	LeastNames = 6
	// MostNames bounds it from above.
	MostNames = 22
	// LeastName is what a title keeps of a name before it gives up words.
	LeastName = 4
	// RowName is the cells of a name in a row.
	RowName = 10
	// RowQuality is the cells of a quality's word there.
	RowQuality = 9
)

// Column is a column of a table of sensors: a number, right-aligned.
type Column struct {
	Title string
	// Long is the title where there is room for it; empty is none.
	Long  string
	Width int
	// Text is what stands in the column; Key orders by it, the greatest first.
	// A key below 0 is a figure that does not exist yet.
	Text func(v *stats.SensorView) string
	Key  func(v *stats.SensorView) float64
}

// FiguresOf is how many cells the figures need.
func FiguresOf(figures []Column) int {
	n := 0
	for i := range figures {
		n += FigureGap + figures[i].Width
	}
	return n
}

// Names is the width of the longest name, bounded by the room there is. It
// looks at all sensors of the run, so that scrolling moves no column.
func (f *Frame) Names(most int) int {
	n := LeastNames
	if run := f.Snap.Run; run != nil {
		for i := range run.Sensors {
			if n >= most {
				break
			}
			info := &run.Sensors[i]
			w := words.Width(info.Name)
			if !info.Real && info.ID != "" && info.Name != info.ID {
				w += words.Width(info.ID) + 1
			}
			n = max(n, w)
		}
	}
	return max(min(n, most), 0)
}

// TableName writes the mark of the selection and a sensor's name, and goes on to
// the column behind it.
func (s *Screen) TableName(p *draw.Pen, v *stats.SensorView, width int) {
	lead, nameRole := " ", draw.Plain
	if v.Index == s.Layout.Selected {
		lead, nameRole = s.Look.Selected, draw.Strong
	}
	p.Text(draw.Accent, lead)
	p.Clip(nameRole, sentence.SensorTitle(v.Sensor), width)
	p.To(1 + width)
}

// Heading writes a title of a column, right-aligned to end at a column of the
// screen; the one that orders the table has an arrow.
func (s *Screen) Heading(title string, sorted bool, end int) {
	r := draw.Label
	if sorted {
		r = draw.Accent
		title += s.SortArrow()
	}
	s.Pen.Right(r, title, end, 1)
}

// SortArrow points down where the greatest comes first.
func (s *Screen) SortArrow() string {
	if s.Frame.Sort.Inverted {
		return "↑"
	}
	return "↓"
}

// KeyOfRate orders by a rate.
func KeyOfRate(share float64, ok bool) float64 {
	if !ok {
		return -1
	}
	return share
}
