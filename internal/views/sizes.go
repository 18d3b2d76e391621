package views

import "resiltui/internal/views/draw"

// Sizes at which the form changes.
const (
	lineWidth, lineHeight = 20, 5
	// SingleWidth is the least for more than one sensor.
	SingleWidth = 60
	// LargeWidth and LargeHeight are from where on there is room to spare.
	LargeWidth = 140
	// LargeHeight is the same of lines.
	LargeHeight = 45
	// PaneWidth is the least that holds a title and 29 columns.
	PaneWidth = 39
	// EndpointWidth holds an address too.
	EndpointWidth = 48
	// PaneSensors is with how many sensors the comparison still has a cell.
	PaneSensors = 5
	// TrackGutter is what stands beside the columns of a track in a pane: the
	// frame, the name of the track, a space.
	TrackGutter = 10
	// RowGutter is the same in front of a row's track: its name.
	RowGutter = 6
	// RowInfo is what the figures behind a row's track take.
	RowInfo = 20
	// RowForecasts is the same where the forecast stands there, for want of room
	// above.
	RowForecasts = 23
	// RowWide is from where on a row has room for it above.
	RowWide = 80
	// RowEvents is how many lines of events rows leave at least, their rule
	// included.
	RowEvents = 3
	// DrawnWidth is from where on a circuit's states are drawn as a diagram.
	DrawnWidth = 116
	// DrawnRoom is the lines that this needs.
	DrawnRoom = 31
	// BoxedWidth is from where on parts of a page are framed.
	BoxedWidth = 96
	// BoxedRoom is the lines that this needs.
	BoxedRoom = 22
)

// start is what every plan begins with. Its Kind is Line where there is no room
// for anything else.
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

// Rest gives what is left from line y on to the comparison's line and the events.
func (l *Layout) Rest(y int, pipelineLine bool) {
	if pipelineLine {
		l.PipelineLine = draw.At(0, y, l.Width, 1)
		y++
	}
	if h := l.Height - 1 - y; h > 0 {
		l.Events = draw.At(0, y, l.Width, h)
	}
}

// Window moves First so that n sensors from it on hold the selected one, with no
// empty place at the end while there is something before, and fills Visible.
// step is how far one step of scrolling goes.
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
