package views

import (
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
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

// NameHead writes the title over the names, and goes on to the column behind it. The order
// of the run needs no arrow.
func (s *Screen) NameHead(p *draw.Pen, width int) {
	r, title, by := draw.Label, " sensor", s.Frame.Sort
	if by.Column == 0 && by.Inverted {
		r, title = draw.Accent, title+by.Arrow()
	}
	p.Clip(r, title, width+1)
	p.To(1 + width)
}
