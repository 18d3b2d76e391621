// Package views draws resiltui's screens: pure functions from data, a size and
// a look to a string.
//
// The package reads no clock, asks no terminal and keeps no state between two
// calls: everything that a screen shows stands in the [Frame], the time
// included, so that the same frame is the same string. Who turns keys into
// frames is the model; who folds events into the data is the tally.
//
// A screen is made in three steps. [Plan] turns a size into rectangles and says
// which part of the tally fits ([Layout.Query]). [Overview] draws a frame by
// that plan, with the styles and glyphs of a [draw.Look]. [Layout.Hit] reads the same
// rectangles backwards for the mouse, so a click cannot miss what was drawn.
//
// Every sensor is drawn as a score: tracks over one shared time axis, one
// column a call, the newest at the right. A state is always a glyph and a word;
// the colour only repeats them.
package views
