package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/scenario"
	"resiltui/internal/words"
)

// told is something that is said of a sensor. alone is how it is said of one by itself
// ("fails", not "fail"); empty is the same.
type told struct{ who, what, alone string }

// grouped says of whom what is told. Those of whom the same is told are named together,
// the most of them last, as the others: "S1 and S3 fail; the others never fail". What is
// told of everybody is said of all. between stands before what is told.
func grouped(list []told, all, between string) string {
	var texts []string
	of, alone := map[string][]string{}, map[string]string{}
	for _, t := range list {
		alone[t.what] = cmp.Or(t.alone, t.what)
		if of[t.what] == nil {
			texts = append(texts, t.what)
		}
		of[t.what] = append(of[t.what], t.who)
	}
	if len(texts) == 1 {
		return all + texts[0]
	}
	most := texts[0]
	for _, text := range texts {
		if len(of[text]) > len(of[most]) {
			most = text
		}
	}
	texts = append(slices.DeleteFunc(texts, func(s string) bool { return s == most }), most)
	for i, text := range texts {
		who := listed(of[text])
		switch {
		case len(of[text]) == 1:
			text = alone[text]
		case i == len(texts)-1:
			who = "the others"
		}
		texts[i] = who + between + text
	}
	return strings.Join(texts, "; ")
}

// listed joins names: "S1", "S1 and S3", "S1, S2 and S3".
func listed(names []string) string {
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// inFull is what is told as one. Where it begins with a name, that stays as it is.
func inFull(list []told, all, between string) string {
	text := grouped(list, all, between)
	for _, t := range list {
		if strings.HasPrefix(text, t.who) {
			return text + "."
		}
	}
	return capital(text) + "."
}

// capital makes the first letter of a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// ofEach is what is told of each sensor.
func ofEach(sc *scenario.Scenario, what func(p policy.Policy) string) []told {
	list := make([]told, len(sc.Sensors))
	for i := range sc.Sensors {
		list[i] = told{who: sc.Sensors[i].Info.ID, what: what(sc.Sensors[i].Policy)}
	}
	return list
}

// attemptsWords say how often a call tries, how long each attempt may take and what it
// waits between: "up to 3 attempts, each within 250 ms, with waits of 50 ms and 100 ms".
func attemptsWords(p policy.Policy) string {
	r := p.Resolved().Retry
	out := "one attempt"
	each := ""
	if r.MaxAttempts > 1 {
		out = fmt.Sprintf("up to %d attempts", r.MaxAttempts)
		each = "each "
	}
	if p.Timeout > 0 {
		out += ", " + each + "within " + words.Spoken(p.Timeout)
		if r.MaxAttempts > 1 {
			out += ","
		}
	}
	return out + waits(r)
}

// waits tells the waits between the attempts of a call, with jitter the longest; it is
// empty where there are none.
func waits(p retry.Policy) string {
	var list []string
	var prev time.Duration
	for n := 1; n < p.MaxAttempts && n <= 4; n++ {
		prev = p.Delay(n, prev, 1)
		list = append(list, words.Spoken(prev))
	}
	if len(list) == 0 {
		return ""
	}
	if prev == 0 {
		return " without a wait"
	}
	with := " with waits of "
	if p.Jitter != retry.NoJitter {
		with += "up to "
	}
	if p.MaxAttempts > 5 {
		return with + strings.Join(list, ", ") + " and so on"
	}
	return with + listed(list)
}

// bareWords say what stands in front of a strategy.
func bareWords(p policy.Policy) string {
	if p.BreakerOff && p.Timeout == 0 && p.Resolved().Retry.MaxAttempts == 1 {
		return "no retries, no breaker: every failure is the strategy's"
	}
	return attemptsWords(p) + ", and " + circuitWords(p)
}

// stackWords say what the whole stack is.
func stackWords(p policy.Policy) string {
	return fmt.Sprintf("%s, %s, and %s as fallback", attemptsWords(p), circuitWords(p), p.Resolved().Strategy)
}

// breakerWords say what a call of the breaker's exercise meets, but for how many probes
// close the circuit.
func breakerWords(p policy.Policy) string {
	out := "a breaker that is off"
	if !p.BreakerOff {
		b := p.Resolved().Breaker
		out = fmt.Sprintf("a breaker that opens %s and lets a probe through %s later", tripWords(&b, "failure"), words.Spoken(b.OpenFor))
		if b.OpenJitter > 0 {
			out = fmt.Sprintf("a breaker that opens %s and lets a probe through %s to %s later", tripWords(&b, "failure"),
				words.Spoken(b.OpenFor), words.Spoken(b.OpenFor+time.Duration(b.OpenJitter*float64(b.OpenFor))))
		}
	}
	if r := p.Resolved().Retry; r.MaxAttempts > 1 || p.Timeout > 0 {
		out += ", each call with " + attemptsWords(p)
	}
	return out
}
