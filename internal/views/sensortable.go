package views

import (
	"strings"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

const (
	// LeastNames is the least width of the column of names in a table.
	LeastNames = 6
	// MostNames is the greatest width of that column.
	MostNames = 22
	// LeastName is how many cells of a name a title keeps; other words are dropped first.
	LeastName = 4
	// RowName is the cells of a name in a row.
	RowName = 10
	// RowQuality is the cells of the word for the quality in a row.
	RowQuality = 9
)

// Names returns the width of the longest name, at most most cells. It looks at all sensors
// of the run, so that columns do not move when the user scrolls.
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

// ClipName cuts a name of a sensor to n cells. The address of an endpoint is cut in its middle,
// because those of one host differ in their ends only.
func ClipName(look *draw.Look, info event.Sensor, name string, n int) string {
	if info.Real && strings.Contains(name, ":") {
		return look.ClipMiddle(name, n)
	}
	return look.Clip(name, n)
}

// DrawName writes what a sensor is called, in n cells at most.
func DrawName(p *draw.Pen, r draw.Role, info event.Sensor, n int) {
	p.Text(r, ClipName(p.Look, info, sentence.SensorTitle(info), min(n, p.Limit-p.X)))
}

// TableName writes the mark of the selection and a sensor's name, and moves to the column
// after them.
func (s *Screen) TableName(p *draw.Pen, v *stats.SensorView, width int) {
	lead, nameRole := " ", draw.Plain
	if v.Index == s.Layout.Selected {
		lead, nameRole = s.Look.Selected, draw.Strong
	}
	p.Text(draw.Accent, lead)
	DrawName(p, nameRole, v.Sensor, width)
	p.To(1 + width)
}

// NameHead writes the title of the names, and moves to the column after it. It has an arrow
// only where the order of the run is inverted.
func (s *Screen) NameHead(p *draw.Pen, width int) {
	r, title, by := draw.Label, " sensor", s.Frame.Sort
	if by.Column == 0 && by.Inverted {
		r, title = draw.Accent, title+by.Arrow()
	}
	p.Clip(r, title, width+1)
	p.To(1 + width)
}
