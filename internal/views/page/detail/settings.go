package detail

import (
	"strconv"
	"strings"

	"resiltui/internal/engine/breaker"
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
		{label: "retry", text: strings.Join(views.RetryRule(v), apart)},
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
