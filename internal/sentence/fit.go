package sentence

import (
	"strings"

	"resiltui/internal/words"
)

// Fit shortens the text of a [Line] to room cells where that is possible without
// cutting it off. It drops the beginning first, because the symbol before the line
// shows the same, and keeps the most important: the cause, and how many more failures
// trip the circuit.
func Fit(text string, room int) string {
	if words.Width(text) <= room {
		return text
	}
	for _, state := range []string{"CLOSED ", "OPEN ", "HALF_OPEN "} {
		if rest, ok := strings.CutPrefix(text, state); ok && strings.HasPrefix(rest, "to ") {
			return rest
		}
	}
	last := strings.LastIndex(text, "; ")
	if last < 0 || !strings.Contains(text[last:], " trip") {
		return text
	}
	front, trips := text[:last], text[last:]
	failed, served, _ := strings.Cut(front, "; ")
	if served != "" {
		served = "; " + served
	}
	value, _, _ := strings.Cut(served, ", ")
	cause := failed
	if _, inside, ok := strings.Cut(failed, " ("); ok {
		cause = strings.TrimSuffix(inside, ")")
	}
	short := strings.TrimPrefix(failed, "attempts ")
	return words.FirstFit(room, short+served+trips, cause+served+trips, cause+value+trips, cause+trips, trips[2:])
}
