// Package draw holds the tools with which every screen and box is drawn: a surface of
// cells, pens that write into rectangles of it, panels, boxes with clickable parts, themes
// and glyphs.
//
// It names colours by their meaning ([Role]) and knows nothing about sensors, circuits or
// events. Pages and dialogs use it. It may import the standard library,
// lipgloss, x/ansi and, of the project, internal/words alone; internal/house checks that.
package draw
