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
	// Begins and Ends say that no line is before and after the ones in view.
	Begins, Ends bool
	// Search is the text searched for; empty is no search.
	Search string
	// Only names the one sensor whose events are shown; empty shows those of all.
	Only string
	// Busy says that older lines are being looked up.
	Busy bool
}

// LineMatches is true where an event's name or text contains the text searched for, without
// regard to case. An empty search matches every event.
func LineMatches(e sentence.Line, search string) bool {
	search = strings.ToLower(strings.TrimSpace(search))
	return strings.Contains(strings.ToLower(e.Name), search) || strings.Contains(strings.ToLower(e.Text), search)
}
