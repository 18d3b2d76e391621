package sentence

import (
	"strings"

	"resiltui/internal/words"
)

// fitRound shortens what is said of a round of probes, from the number of the round on,
// by the time since which there are rounds.
func fitRound(round string, room int) string {
	round = "probe " + round
	before, rest, _ := strings.Cut(round, " since ")
	_, result, _ := strings.Cut(rest, " ")
	return words.FirstFit(room, round, before+" "+result)
}

// Fit shortens the text of a [Line] to room cells where that is possible without
// cutting it off. It drops the beginning first, because the symbol before the line
// shows the same, and keeps the most important: the cause, and how many more failures
// trip the circuit.
func Fit(text string, room int) string {
	if words.Width(text) <= room {
		return text
	}
	for _, opened := range []string{"OPEN to OPEN: probe ", "OPEN to OPEN): probe "} {
		if _, round, ok := strings.Cut(text, opened); ok && strings.Contains(round, " since ") {
			return fitRound(round, room)
		}
	}
	aside, bare := "", text
	if rest, ok := strings.CutPrefix(text, "("); ok {
		aside, bare = "(", rest
	}
	for _, state := range []string{"CLOSED ", "OPEN ", "HALF_OPEN "} {
		if rest, ok := strings.CutPrefix(bare, state); ok && strings.HasPrefix(rest, "to ") {
			return aside + rest
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
