package views

import (
	"strconv"
	"strings"

	"resiltui/internal/engine/retry"
	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// RetryRule is how often a call is tried, what it waits for, and how long an
// attempt may take.
func RetryRule(v *stats.SensorView) []string {
	r := v.Policy.Resolved().Retry
	n := r.MaxAttempts
	limit := "no timeout"
	if v.Policy.Timeout > 0 {
		limit = "timeout " + words.ShortTime(v.Policy.Timeout)
	}
	if n == 1 {
		return []string{"1 attempt, no retry", limit}
	}
	out := []string{strconv.Itoa(n) + " attempts", waitRule(r, n), limit}
	if r.Jitter != retry.NoJitter { // the least important is last, where it may be cut
		out = append(out, r.Jitter.String()+" jitter")
	}
	return out
}

func waitRule(r retry.Policy, attempts int) string {
	const most = 3
	r.Jitter = retry.NoJitter
	if r.Delay(1, 0, 0) == 0 {
		return "no wait"
	}
	var waits []string
	for i := 1; i < attempts && i <= most; i++ {
		waits = append(waits, strconv.FormatInt(words.Millis(r.Delay(i, 0, 0)), 10))
	}
	text := "wait " + strings.Join(waits, ", ")
	if attempts-1 > most {
		text += " .."
	}
	return text + " ms"
}
