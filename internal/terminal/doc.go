// Package terminal handles the terminal that the program runs in: the full screen and
// the output by lines, signals, stopping and continuing (ctrl+z), and panics. However the
// program ends, the terminal state is restored.
//
// It knows no scenario, no flag and no model: it receives what to draw and where the
// events come from. Command resiltui combines the two.
package terminal
