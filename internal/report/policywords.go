package report

import (
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sentence"
	"resiltui/internal/words"
)

// circuitWords describe when the circuit of a policy opens, for how long, and what
// closes it: "a circuit that opens after 5 failed calls in a row for 3 s and closes
// after 2 good probes". p must be valid.
func circuitWords(p policy.Policy) string {
	if p.BreakerOff {
		return "no circuit, since the breaker is off"
	}
	b := p.Resolved().Breaker
	rules := tripWords(&b, "failed call")
	opens := rules + " for " + words.Spoken(b.OpenFor)
	if b.FailureRate > 0 || b.SlowRate > 0 { // the rule is long, so the duration comes before it
		opens = "for " + words.Spoken(b.OpenFor) + " " + rules
	}
	return "a circuit that opens " + opens + " and closes after " + words.Counted(b.SuccessesToClose, "good probe")
}

// tripWords describe what opens a circuit: "after 5 failed calls in a row", "when 50
// % of 20 calls fail". failure is the noun for a failure. b must be valid and
// resolved.
func tripWords(b *breaker.Settings, failure string) string {
	var rules []string
	for _, r := range sentence.TripRules(b, failure) {
		rules = append(rules, r.Text)
	}
	return strings.Join(rules, " or ")
}
