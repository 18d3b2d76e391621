package report

import (
	"fmt"
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/words"
)

// circuitWords say when a policy's circuit opens, for how long, and what closes it:
// "a circuit that opens after 5 failed calls in a row for 3 s and closes after 2
// good probes". p must be valid.
func circuitWords(p policy.Policy) string {
	if p.BreakerOff {
		return "no circuit, since the breaker is off"
	}
	b := p.Resolved().Breaker
	rules := tripWords(&b, "failed call")
	opens := rules + " for " + spoken(b.OpenFor)
	if b.FailureRate > 0 || b.SlowRate > 0 { // too long to have something behind
		opens = "for " + spoken(b.OpenFor) + " " + rules
	}
	return "a circuit that opens " + opens + " and closes after " + words.Counted(b.SuccessesToClose, "good probe")
}

// tripWords are what opens a circuit: "after 5 failed calls in a row", "when 50 % of
// 20 calls fail". failure is what one is called. b must be valid and resolved.
func tripWords(b *breaker.Settings, failure string) string {
	var rules []string
	if n := b.FailureThreshold; n != breaker.NoThreshold {
		rules = append(rules, "after "+words.Counted(n, failure)+" in a row")
	}
	if b.FailureRate > 0 {
		rules = append(rules, "when "+words.Rate(b.FailureRate)+" of "+windowWords(b)+" fail")
	}
	if b.SlowRate > 0 {
		rules = append(rules, "when "+words.Rate(b.SlowRate)+" of "+windowWords(b)+" take longer than "+spoken(b.SlowCall))
	}
	return strings.Join(rules, " or ")
}

// windowWords say of which calls a rate is taken.
func windowWords(b *breaker.Settings) string {
	w, least := b.Window, b.MinVolume
	if w.Calls > 0 {
		if least < w.Calls {
			return fmt.Sprintf("the last %d to %d calls", least, w.Calls)
		}
		return words.Counted(w.Calls, "call")
	}
	return fmt.Sprintf("the calls of %s, if there are %d,", spoken(w.Span), least)
}
