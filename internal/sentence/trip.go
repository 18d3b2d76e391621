package sentence

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/words"
)

// TripRule is one of the rules by which a circuit opens, in words.
type TripRule struct {
	// Rule is the reason of a transition by this rule.
	Rule breaker.Reason
	// Text continues a sentence after "opens": "after 5 failures in a row", "when 50
	// % of 20 calls fail".
	Text string
	// Short is the rule where there is little room: "5 in a row", "50 % of 20 calls".
	Short string
}

// TripRules are the rules by which a circuit with these settings opens, in the order in
// which they are listed everywhere. failure is what a failure is called in Text. The
// settings must be valid and resolved, otherwise there may be no rule at all.
func TripRules(b *breaker.Settings, failure string) (rules []TripRule) {
	if n := b.FailureThreshold; n > 0 {
		r := TripRule{breaker.TooManyFailures, "after " + words.Counted(n, failure), strconv.Itoa(n) + " in a row"}
		if n == 1 {
			r.Short = "1 failure"
		} else {
			r.Text += " in a row"
		}
		rules = append(rules, r)
	}
	of, shortOf := windowOf(b)
	if b.FailureRate > 0 {
		rate := words.Rate(b.FailureRate)
		rules = append(rules, TripRule{breaker.TooHighFailureRate, "when " + rate + of + " fail", rate + shortOf})
	}
	if b.SlowRate > 0 {
		rate := words.Rate(b.SlowRate)
		rules = append(rules, TripRule{
			breaker.TooManySlow,
			"when " + rate + of + " take longer than " + words.Spoken(b.SlowCall), rate + " over " + words.ShortMillis(b.SlowCall),
		})
	}
	return rules
}

// windowOf says which calls a rate is taken over.
func windowOf(b *breaker.Settings) (text, short string) {
	w, least := b.Window, b.MinVolume
	switch {
	case w.Calls == 0:
		return fmt.Sprintf(" of the calls of %s, if there are %d,", words.Spoken(w.Span), least), " of " + words.Span(w.Span)
	case least < w.Calls:
		return fmt.Sprintf(" of the last %d to %d calls", least, w.Calls), " of " + words.Counted(w.Calls, "call")
	default:
		return " of " + words.Counted(w.Calls, "call"), " of " + words.Counted(w.Calls, "call")
	}
}
