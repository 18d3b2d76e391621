package views

import "resiltui/internal/views/draw"

// Sizes at which a screen gets another form.
const (
	lineWidth, lineHeight = 20, 5
	// SingleWidth is the least for more than one sensor.
	SingleWidth = 60
	// LargeWidth is the number of columns from which a screen counts as large.
	LargeWidth = 140
	// LargeHeight is the number of lines from which it does.
	LargeHeight = 45
	// PaneWidth is the least that holds a title and 29 columns.
	PaneWidth = 39
	// PaneSensors is the most sensors with which the comparison has a pane of its own.
	PaneSensors = 5
	// TrackGutter is the cells of a pane that hold no columns of a track: the frame, the
	// name of the track, a space.
	TrackGutter = 10
	// RowGutter is the cells of the name before a track.
	RowGutter = 6
	// RowInfo is the cells of the figures after a row's track.
	RowInfo = 20
	// RowForecasts is the same where the forecast is there, because the line above has no
	// room for it.
	RowForecasts = 23
	// RowWide is the width from which the first line of a row has room for the forecast.
	RowWide = 80
	// RowEvents is the least number of lines that rows leave for the events, including
	// their rule.
	RowEvents = 3
	// DrawnWidth is the width from which a circuit's states are drawn as a diagram.
	DrawnWidth = 116
	// DrawnRoom is the lines that this needs.
	DrawnRoom = 31
	// BoxedWidth is the width from which parts of a page have frames.
	BoxedWidth = 96
	// BoxedRoom is the lines that this needs.
	BoxedRoom = 22
)

// start returns the layout with which every plan begins. Its Kind is Line where there is no
// room for anything else.
func start(width, height, sensors, selected, first int) Layout {
	l := Layout{
		Width: max(width, 0), Height: max(height, 0),
		Sensors:  max(sensors, 0),
		Selected: min(max(selected, 0), max(sensors-1, 0)),
	}
	l.First = min(max(first, 0), max(l.Sensors-1, 0))
	if l.Width < lineWidth || l.Height < lineHeight {
		l.Kind = Line
		return l
	}
	l.Kind = Rows
	l.Header = 2
	if l.Height < 8 {
		l.Header = 1
	}
	l.Footer = draw.At(0, l.Height-1, l.Width, 1)
	return l
}

// Room is the lines between header and footer.
func (l *Layout) Room() int { return max(l.Height-l.Header-1, 0) }

// Rest gives the lines from y on to the line of the comparison and the events.
func (l *Layout) Rest(y int, pipelineLine bool) {
	if pipelineLine {
		l.PipelineLine = draw.At(0, y, l.Width, 1)
		y++
	}
	if h := l.Height - 1 - y; h > 0 {
		l.Events = draw.At(0, y, l.Width, h)
	}
}

// Window moves First so that the selected sensor is among the n sensors from it on, and
// fills Visible. No place at the end is empty while there are sensors before First. step is
// by how many sensors one step of scrolling moves.
func (l *Layout) Window(n, step int) {
	if n = min(n, l.Sensors); n <= 0 {
		l.First = 0
		return
	}
	last := (l.Sensors - n + step - 1) / step * step
	first := min(l.First-l.First%step, last)
	if l.Selected < first {
		first = l.Selected - l.Selected%step
	}
	if l.Selected >= first+n {
		first = (l.Selected - n + step) / step * step
	}
	l.First = first
	for i := first; i < min(first+n, l.Sensors); i++ {
		l.Visible = append(l.Visible, i)
	}
}
