// Package views lays screens out and draws them: pure functions from data, a size
// and a look to a string.
//
// It reads no clock, asks no terminal and keeps no state between two calls:
// everything that a screen shows stands in the [Frame], the time included, so that
// the same frame is the same string. Who turns keys into frames is the model; who
// folds events into the data is stats.
//
// A screen is made in two steps. [PlanFrame] asks the page that is shown to lay
// itself out ([Page]): rectangles, and which part of the statistics fits
// ([Layout.Query]). [Draw] draws header and footer around what the page's [Body]
// draws, by the same layout. [Layout.Hit] reads the rectangles backwards for the
// mouse, so a click cannot miss what was drawn.
//
// Here stands what all pages share: the contract of a page, header, footer, the list
// of events, the table of sensors, and the tracks. The pages themselves are below
// page, their list is in package page, and what everything is drawn with is in draw.
//
// Every sensor is drawn as a score: tracks over one shared time axis, one column a
// call, the newest at the right. A state is always a glyph and a word; the colour
// only repeats them.
package views
