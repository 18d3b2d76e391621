package views

import "resiltui/internal/views/draw"

// OneLineEach gives each sensor that there is room for a line below so many other lines, then
// keeps as many lines for a total, then up to most lines for notes; the events have what
// is left. It returns how many notes there are. All is shown before the events get more
// than a few lines.
func (l *Layout) OneLineEach(above, total, most int) (notes int) {
	room := max(l.Room()-above-total, 0)
	rows := min(l.Sensors, room)
	notes = min(max(room-rows-RowEvents, 0), most)
	if room-rows-notes < RowEvents {
		rows = max(min(rows, room-RowEvents), min(rows, 1))
	}
	l.Window(rows, 1)
	y := l.Header + above
	for range l.Visible {
		l.Cells = append(l.Cells, draw.At(0, y, l.Width, 1))
		y++
	}
	l.Rest(y+total+notes, false)
	return notes
}
