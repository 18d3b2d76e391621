// Package draw is what every screen and box is drawn with: themes and glyphs, a
// pen that writes lines of a known width, frames, boxes with what can be clicked
// in them, and the rectangles that they stand in.
//
// It knows colours by what they mean ([Role]) and nothing of what is drawn: no
// sensor, no circuit, no event. Pages and dialogs use it; it imports words and
// nothing else of the project.
package draw
