package render

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// clipCells cuts a text to n cells and marks the cut.
func clipCells(s string, n int, mark string) string {
	if ansi.StringWidth(s) <= n {
		return s
	}
	return ansi.Truncate(s, n, mark)
}

// padCells pads a text with spaces to n cells.
func padCells(s string, n int) string {
	return s + strings.Repeat(" ", max(n-ansi.StringWidth(s), 0))
}
