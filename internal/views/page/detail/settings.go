package detail

import (
	"strconv"
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// settingRows are the settings in force: what trips the circuit, how a call is
// retried, what is served in place of a value.
func settingRows(v *stats.SensorView, f *views.Frame) []whyRow {
	apart := "   "
	p := v.Policy.Resolved()
	b := &p.Breaker
	trip := []string{tripRule(b, false), "open " + words.Age(b.OpenFor)}
	if b.OpenGrowth > 1 {
		grows := "times " + strconv.FormatFloat(b.OpenGrowth, 'g', 4, 64)
		if b.OpenMax > 0 {
			grows += " to " + words.Age(b.OpenMax)
		}
		trip[1] += " " + grows
	}
	trip = append(trip, "close after "+strconv.Itoa(b.SuccessesToClose)+" good")
	if p.BreakerOff {
		trip = []string{"off: calls pass uncounted"}
	}
	age := "max age none"
	if p.MaxAge > 0 {
		age = "max age " + words.Span(p.MaxAge)
	}
	serve := []string{p.Strategy, age}
	for _, h := range f.Footer {
		if h.Key == "t" {
			serve = append(serve, " t tunes")
		}
	}
	return []whyRow{
		{label: "trip", text: strings.Join(trip, apart)},
		{label: "retry", text: strings.Join(retryRule(v), apart)},
		{label: "fallback", text: strings.Join(serve, apart)},
	}
}

// tripRule is what trips the circuit, in a few words; long gives a longer form of the rule
// about failures.
func tripRule(b *breaker.Settings, long bool) string {
	rules := sentence.TripRules(b, "failure")
	if long && len(rules) == 1 && rules[0].Rule == breaker.TooManyFailures {
		return strings.TrimPrefix(rules[0].Text, "after ")
	}
	var short []string
	for _, r := range rules {
		short = append(short, r.Short)
	}
	return strings.Join(short, " or ")
}

// retryRule is how often a call is tried, what it waits for, and how long an
// attempt may take.
func retryRule(v *stats.SensorView) []string {
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
