// Package draw has what every screen and box is drawn with: a surface of cells, pens that
// write into rectangles of it, panels, boxes with parts that can be clicked, themes and
// glyphs.
//
// It knows colours by their meaning ([Role]) and nothing of what is drawn: no sensor, no
// circuit, no event. Pages and dialogs use it. It may import the standard library,
// lipgloss, x/ansi and, of the project, internal/words alone; internal/house checks that.
package draw
