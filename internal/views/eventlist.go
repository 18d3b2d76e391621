package views

import (
	"strings"

	"resiltui/internal/sentence"
)

// Log is what the events' page shows: a part of the log with a cursor in it.
type Log struct {
	// Lines are the ones in view, oldest first; Cursor is the one chosen, -1 for
	// none.
	Lines  []sentence.Line
	Cursor int
	// Following says that the newest line is always in view.
	Following bool
	// Newer is how many lines are known to come after the cursor; -1 is unknown.
	Newer int
	// Begins and Ends say that nothing is before and after what is in view.
	Begins, Ends bool
	// Search is what is looked for; empty is nothing.
	Search string
	// Only names the sensor whose events alone are shown; empty is all.
	Only string
	// Busy says that older lines are being looked up.
	Busy bool
}

// LineMatches is true where an event's name or text holds what is looked for, in
// whatever case. Nothing matches everything.
func LineMatches(e sentence.Line, search string) bool {
	search = strings.ToLower(strings.TrimSpace(search))
	return strings.Contains(strings.ToLower(e.Name), search) || strings.Contains(strings.ToLower(e.Text), search)
}
