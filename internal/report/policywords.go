package report

import (
	"fmt"
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/tally"
)

// circuitWords say when a policy's circuit opens, for how long, and what closes it:
// "a circuit that opens after 5 failed calls in a row for 3 s and closes after 2
// good probes". p must be valid.
func circuitWords(p policy.Policy) string {
	if p.BreakerOff {
		return "no circuit, since the breaker is off"
	}
	p = p.Complete()
	b := &p.Breaker
	openFor, needed := b.OpenFor, b.SuccessesToClose
	if openFor == 0 {
		openFor = breaker.DefaultOpenFor
	}
	if needed == 0 {
		needed = breaker.DefaultSuccessesToClose
	}
	rules := tripWords(b, "failed call", "failed calls")
	opens := rules + " for " + spoken(openFor)
	if b.FailureRate > 0 || b.SlowRate > 0 { // too long to have something behind
		opens = "for " + spoken(openFor) + " " + rules
	}
	return "a circuit that opens " + opens + " and closes after " + plural(needed, "good probe", "good probes")
}

// tripWords are what opens a circuit: "after 5 failed calls in a row", "when 50 % of
// 20 calls fail". one and many are what a failure is called. b must be valid and
// complete.
func tripWords(b *breaker.Settings, one, many string) string {
	var rules []string
	if n := b.FailureThreshold; n != breaker.NoThreshold {
		if n == 0 {
			n = breaker.DefaultFailureThreshold
		}
		rules = append(rules, "after "+plural(n, one, many)+" in a row")
	}
	if b.FailureRate > 0 {
		rules = append(rules, "when "+tally.Percent(b.FailureRate)+" of "+windowWords(b)+" fail")
	}
	if b.SlowRate > 0 {
		rules = append(rules, "when "+tally.Percent(b.SlowRate)+" of "+windowWords(b)+" take longer than "+spoken(b.SlowCall))
	}
	return strings.Join(rules, " or ")
}

// windowWords say of which calls a rate is taken.
func windowWords(b *breaker.Settings) string {
	w, least := b.Window, b.MinVolume
	if w.Calls > 0 {
		if least > 0 && least < w.Calls {
			return fmt.Sprintf("the last %d to %d calls", least, w.Calls)
		}
		return plural(w.Calls, "call", "calls")
	}
	if least == 0 {
		least = breaker.DefaultMinVolume
	}
	return fmt.Sprintf("the calls of %s, if there are %d,", spoken(w.Span), least)
}
