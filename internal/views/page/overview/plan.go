package overview

import (
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// level is one form of the panes: the lines that a pane has, and how many lines must be left
// for the events.
type level struct {
	views.Score
	events int
}

// levels are the forms of the panes of a grid, the highest first. On a small screen the lines
// that can be missed are dropped first: the cause is also among the events, the percentiles
// repeat the chart as figures, and the axis only names its two ends.
func levels() []level {
	full := func(chart int) views.Score {
		return views.Score{Chart: chart, State: true, Axis: true, Cause: true, Percentiles: true}
	}
	return []level{
		{full(8), 14},
		{full(5), 10},
		{full(3), 6},
		{full(2), 5},
		{views.Score{Chart: 2, State: true, Axis: true, Percentiles: true}, 4},
		{views.Score{Chart: 2, State: true, Axis: true}, 3},
		{smallest(), 3},
	}
}

// smallest is the lowest form of a pane that has all four tracks.
func smallest() views.Score { return views.Score{Chart: 2, State: true} }

// plan is the layout while it is made.
type plan struct {
	*views.Layout
	// most is how many panes may be side by side.
	most int
}

// overview plans the overview in the form that its size allows.
func (l *plan) overview(maximised, hasPipeline bool) {
	switch {
	case l.Sensors == 0:
		l.Rest(l.Header, false)
	case l.Width < views.SingleWidth || maximised:
		l.single()
	case !l.panesAll(hasPipeline) && !l.rowsAll(hasPipeline):
		l.scroll(hasPipeline)
	}
	if l.Kind == views.Panes && l.Width >= views.LargeWidth && l.Height >= views.LargeHeight {
		l.Kind = views.Large
	}
}

// single plans one sensor with as many of its lines as fit.
func (l *plan) single() {
	l.Kind = views.Single
	l.Window(1, 1)
	room := l.Room()
	if l.Width < leastWidth || room < smallest().Height() {
		l.Bare = true
		l.Columns = max(l.Width-views.RowGutter, 0)
		l.Cells = []draw.Rect{draw.At(0, l.Header, l.Width, room)}
		return
	}
	l.Columns = max(l.Width-views.TrackGutter, 0)
	full := views.Score{State: true, Axis: true, Cause: true, Percentiles: true}
	const events, mostChart = 7, 12
	switch {
	case room >= full.Height()+3+events:
		l.Score = full
		l.Score.Chart = min(room-full.Height()-events, mostChart)
	case room >= full.Height()+2:
		l.Score = full
		l.Score.Chart = min(room-full.Height(), 3)
	default:
		for _, lv := range levels() {
			if l.Score = lv.Score; l.Score.Height() <= room {
				break
			}
		}
	}
	h := l.Score.Height()
	l.Cells = []draw.Rect{draw.At(0, l.Header, l.Width, h)}
	l.Rest(l.Header+h, false)
}

// panesAll plans a grid that shows all sensors; false where it does not fit.
func (l *plan) panesAll(hasPipeline bool) bool {
	if l.most < 1 || l.Width < 2*views.PaneWidth {
		return false
	}
	cell := hasPipeline && l.Sensors <= views.PaneSensors
	n := l.Sensors
	if cell {
		n++
	}
	rows := (n + l.most - 1) / l.most
	return l.grid(rows, (n+rows-1)/rows, cell, hasPipeline && !cell)
}

// panesSome plans a grid that scrolls.
func (l *plan) panesSome(hasPipeline bool) bool {
	rows := (l.Room() - views.RowEvents - 1) / smallest().Height()
	if l.most < 2 || rows < 1 {
		return false
	}
	return l.grid(rows, l.most, false, hasPipeline)
}

// grid places panes of the highest form that leaves the events their lines.
func (l *plan) grid(rows, columns int, cell, line bool) bool {
	room := l.Room()
	if line {
		room--
	}
	found := false
	for _, lv := range levels() {
		if lv.Height()*rows+lv.events <= room {
			l.Score, found = lv.Score, true
			break
		}
	}
	spare := cell && rows*columns > l.Sensors
	if !found && spare && smallest().Height()*rows <= room {
		// No lines are left for the events, but a place of the grid is, which can show some.
		l.Score, l.EventsInPane, found = smallest(), true, true
	}
	if !found {
		return false
	}
	l.Kind = views.Panes
	l.Columns = l.Width/columns - views.TrackGutter
	l.Window(rows*columns, columns)
	places := l.places(rows, columns)
	l.Cells = places[:len(l.Visible)]
	if cell {
		l.Pipeline = places[len(l.Visible)]
	}
	used := (len(l.Visible) + columns - 1) / columns
	if cell {
		used = rows
	}
	l.Rest(l.Header+used*l.Score.Height(), line)
	if l.EventsInPane {
		l.Events = draw.Rect{}
		l.PaneEvents = max(l.Pipeline.H-2-paneFigures-1, 0)
	}
	return true
}

// places are the rectangles of a grid, in reading order. Where the width is no multiple of
// the columns, the first columns are one cell wider.
func (l *plan) places(rows, columns int) []draw.Rect {
	h := l.Score.Height()
	out := make([]draw.Rect, 0, rows*columns)
	for r := range rows {
		x := 0
		for c := range columns {
			w := l.Width / columns
			if c < l.Width%columns {
				w++
			}
			out = append(out, draw.At(x, l.Header+r*h, w, h))
			x += w
		}
	}
	return out
}

// rowsAll plans rows that show all sensors, each with as many lines as fit. It returns false
// where one line for each does not fit, or where a grid shows more sensors in full.
func (l *plan) rowsAll(hasPipeline bool) bool {
	room := l.Room()
	for _, try := range []struct {
		density, events int
		line            bool
	}{
		{3, views.RowEvents, true},
		{3, views.RowEvents, false},
		{2, views.RowEvents, true},
		{2, views.RowEvents, false},
		{1, views.RowEvents, false},
		{1, 0, false},
	} {
		if try.line && !hasPipeline {
			continue
		}
		need := l.Sensors*try.density + try.events
		if try.line {
			need++
		}
		if need <= room {
			if try.density == 1 && l.panesBeat(room) {
				return false
			}
			l.rows(l.Sensors, try.density, try.line)
			return true
		}
	}
	return false
}

// panesBeat is true where a grid that scrolls shows at least as many sensors as rows of three
// lines would. Panes show more of each sensor, so they are then the better choice.
func (l *plan) panesBeat(room int) bool {
	rows := (room - views.RowEvents - 1) / smallest().Height()
	return l.most >= 2 && l.most*rows >= (room-views.RowEvents)/3
}

// scroll plans a screen on which not all sensors fit.
func (l *plan) scroll(hasPipeline bool) {
	room := l.Room()
	if l.panesBeat(room) && l.panesSome(hasPipeline) {
		return
	}
	switch {
	case room >= 2+views.RowEvents:
		l.rows((room-views.RowEvents)/2, 2, false)
	default:
		l.rows(room, 1, false)
	}
}

// rows places n sensors with density lines each.
func (l *plan) rows(n, density int, line bool) {
	l.Kind, l.Density = views.Rows, density
	switch {
	case density == 1:
		l.Columns = max(l.Width-views.RowWide-2, 0)
	case l.Width < views.RowWide:
		l.Columns = max(l.Width-views.RowGutter-views.RowForecasts, 0)
	default:
		l.Columns = max(l.Width-views.RowGutter-views.RowInfo, 0)
	}
	l.Window(n, 1)
	y := l.Header
	for range l.Visible {
		l.Cells = append(l.Cells, draw.At(0, y, l.Width, density))
		y += density
	}
	l.Rest(y, line)
}
