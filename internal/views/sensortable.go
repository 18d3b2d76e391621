package views

import (
	"math"
	"strconv"

	"resiltui/internal/stats"
)

const (
	// figureGap is the cells in front of each column of figures.
	figureGap = 2
	// leastNames and mostNames bound the column of names of a table.
	leastNames, mostNames = 6, 22
)

// figure is a column of a table of sensors: a number, right-aligned.
type figure struct {
	title string
	// long is the title where there is room for it; empty is none.
	long  string
	width int
	// text is what stands in the column; key orders by it, the greatest first.
	// A key below 0 is a figure that does not exist yet.
	text func(v *stats.SensorView) string
	key  func(v *stats.SensorView) float64
}

// figuresOf is how many cells the figures need.
func figuresOf(figures []figure) int {
	n := 0
	for i := range figures {
		n += figureGap + figures[i].width
	}
	return n
}

// names is the width of the longest name, bounded by the room there is. It
// looks at all sensors of the run, so that scrolling moves no column.
func (f *Frame) names(most int) int {
	n := leastNames
	if run := f.Snap.Run; run != nil {
		for i := range run.Sensors {
			if n >= most {
				break
			}
			info := &run.Sensors[i]
			w := cells(info.Name)
			if !info.Real && info.ID != "" && info.Name != info.ID {
				w += cells(info.ID) + 1
			}
			n = max(n, w)
		}
	}
	return max(min(n, most), 0)
}

// tableName writes the mark of the selection and a sensor's name, and goes on to
// the column behind it.
func (s *screen) tableName(v *stats.SensorView, width int) {
	p := &s.pen
	lead, nameRole := " ", rolePlain
	if v.Index == s.l.Selected {
		lead, nameRole = s.look.selected, roleStrong
	}
	p.text(roleAccent, lead)
	p.clip(nameRole, sensorTitle(v.Sensor), width)
	p.to(1 + width)
}

// heading writes a title of a column, right-aligned to end at a column of the
// screen; the one that orders the table has an arrow.
func (s *screen) heading(title string, sorted bool, end int) {
	r := roleLabel
	if sorted {
		r = roleAccent
		title += s.sortArrow()
	}
	s.pen.right(r, title, end, 1)
}

func (s *screen) sortArrow() string {
	if s.f.Sort.Inverted {
		return "↑"
	}
	return "↓"
}

// shareFixed is a share with one decimal, so that points stand under one
// another; ok false is n/a. It is 100.0 only for all, and 0.0 only for none.
func shareFixed(share float64, ok bool) string {
	if !ok || math.IsNaN(share) || math.IsInf(share, 0) {
		return notAvailable + "  "
	}
	tenths := math.Round(share * 1000)
	switch {
	case tenths == 0 && share > 0:
		tenths = 1
	case tenths == 1000 && share < 1:
		tenths = 999
	}
	return strconv.FormatFloat(tenths/10, 'f', 1, 64) + " %"
}

// ratio is part / of; ok is false where of is 0.
func ratio(part, of uint64) (share float64, ok bool) {
	if of == 0 {
		return 0, false
	}
	return float64(part) / float64(of), true
}

// keyOfRate orders by a rate.
func keyOfRate(share float64, ok bool) float64 {
	if !ok {
		return -1
	}
	return share
}

// countText is a count in at most six cells: from a million on in thousands or
// more.
func countText(n uint64) string {
	for _, unit := range []struct {
		from, by uint64
		sign     string
	}{{1e13, 1e12, "T"}, {1e10, 1e9, "G"}, {1e8, 1e6, "M"}, {1e6, 1e3, "k"}} {
		if n >= unit.from {
			return strconv.FormatUint(min(n/unit.by, 99999), 10) + unit.sign
		}
	}
	return strconv.FormatUint(n, 10)
}
