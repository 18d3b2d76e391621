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

// statement is a statement about a sensor. alone is its form for a single sensor ("fails",
// not "fail"); empty is the same form.
type statement struct{ who, what, alone string }

// grouped joins statements to a sentence, with the sensors of equal statements named
// together. The largest group comes last, as the others: "S1 and S3 fail; the others
// never fail". Where all statements are equal, all is the subject. between is written
// before each statement.
func grouped(list []statement, all, between string) string {
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

// inFull is grouped as a whole sentence. A name at its beginning keeps its first letter
// as it is.
func inFull(list []statement, all, between string) string {
	text := grouped(list, all, between)
	for _, t := range list {
		if strings.HasPrefix(text, t.who) {
			return text + "."
		}
	}
	return capital(text) + "."
}

// capital makes the first letter of a sentence upper case.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// ofEach makes the statement of each sensor from its policy.
func ofEach(sc *scenario.Scenario, what func(p policy.Policy) string) []statement {
	list := make([]statement, len(sc.Sensors))
	for i := range sc.Sensors {
		list[i] = statement{who: sc.Sensors[i].Info.ID, what: what(sc.Sensors[i].Policy)}
	}
	return list
}

// attemptsWords describe the attempts of a call: how many, their timeout and the waits
// between them: "up to 3 attempts, each within 250 ms, with waits of 50 ms and 100 ms".
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

// waits describes the waits between the attempts of a call, with jitter the longest
// possible ones; empty where there are none.
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

// bareWords describe the policies around the sensor without the fallback.
func bareWords(p policy.Policy) string {
	if p.BreakerOff && p.Timeout == 0 && p.Resolved().Retry.MaxAttempts == 1 {
		return "no retries, no breaker: every failure is the strategy's"
	}
	return attemptsWords(p) + ", and " + circuitWords(p)
}

// stackWords describe all policies around the sensor.
func stackWords(p policy.Policy) string {
	return fmt.Sprintf("%s, %s, and %s as fallback", attemptsWords(p), circuitWords(p), p.Resolved().Strategy)
}

// breakerWords describe the policies of a call in the breaker's exercise, except how
// many probes close the circuit.
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
