package export

import (
	"strings"
	"time"
)

// capital makes the first letter of a sentence upper case. s must not be empty.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// times lists waits: "50ms, 100ms". A long list is cut and ends with dots.
func times(list []time.Duration) string {
	const most = 6
	var parts []string
	for _, d := range list[:min(len(list), most)] {
		parts = append(parts, short(d))
	}
	if len(list) > most {
		parts = append(parts, "…")
	}
	return strings.Join(parts, ", ")
}

// durations is a number as a factor of a time.Duration.
func durations(n int) time.Duration { return time.Duration(n) }
