// Package views lays screens out and draws them: from data, a size and a look to the cells
// of a surface.
//
// It reads no clock, asks no terminal and remembers nothing from frame to frame:
// everything that a screen shows is in the [Frame], including the time, so that equal
// frames give equal pictures. The model turns keys into frames; package stats provides the
// data.
//
// A screen is made in two steps. [PlanFrame] asks the current page for its layout
// ([Page]): rectangles, and which part of the statistics is needed ([Layout.Query]).
// [Screen.Draw] then draws the header, the page's [Body] and the footer with that layout.
// [Layout.Hit] finds the rectangle under the mouse in the same layout, so a click always
// hits what was drawn.
//
// Here is what all pages share: the interface of a page, header, footer, the list of
// events, the table of sensors, and the tracks. The pages are below page, package page
// lists them, and package draw has the themes, glyphs and boxes that all drawing uses.
//
// The score of a sensor is its timeline: tracks one under the other over a shared time
// axis, one column a call, the newest at the right. The chart track shows how long calls
// took, the call track what became of them, the state track the breaker, and the fault
// track the injected faults. A state is always a glyph and a word; the colour only
// repeats them. In the call track red is for calls that were refused or had nothing to
// serve ([MarkRole]); a failed attempt alone turns nothing red.
package views
