// Package terminal is the program's side of the terminal that it runs in: the full
// screen and the lines without one, signals, being stopped and continued, the
// guard against panics, and that the terminal is given back as it was found.
//
// It knows no scenario, no flag and no model: what is to be drawn, and where the
// events come from, is given to it. Package main puts the two together.
package terminal
