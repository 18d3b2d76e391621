package stats

import "resiltui/internal/engine/event"

// Notable says whether an event deserves a line of words, those of Describe:
// changes of state and of policies, faults, commands, good probes, and calls that
// ended badly by themselves.
func Notable(e *event.Event) bool { return notable(e) }
