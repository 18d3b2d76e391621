package export

import (
	"math"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sentence"
	"resiltui/internal/words"
)

// rules are a resolved policy in the form that the writers need, with its retries and
// its breaker as separate parts. A setting of 0 is off.
type rules struct {
	policy.Policy
	// id is the sensor's id, cleaned; name is the id as an identifier that begins with
	// a capital letter ("S3").
	id, name string

	retries retryRules
	trip    tripRules
	reopen  openRules
}

// retryRules say when a call is tried again. A BaseDelay of 0 is no wait.
type retryRules struct {
	retry.Policy
	// tokens and ratio are the retry budget; 0 is none.
	tokens, ratio float64
}

// tripRules say when the circuit opens. A FailureThreshold of 0 is no rule.
type tripRules struct{ breaker.Settings }

// byRate says whether a rule uses the window.
func (t tripRules) byRate() bool { return t.FailureRate > 0 || t.SlowRate > 0 }

// failures is how many failures in a full window by count reach the failure rate.
func (t tripRules) failures() int {
	return t.failuresOf(t.Window.Calls)
}

// failuresOf is how many failures among this number of calls reach the failure rate.
func (t tripRules) failuresOf(calls int) int {
	const near = 1e-9 // float error: 0.29 of 100 calls must be 29
	return max(1, int(math.Ceil(t.FailureRate*float64(calls)-near)))
}

// openRules say how long the circuit stays open and when it closes again.
type openRules struct{ breaker.Settings }

func rulesOf(id string, p policy.Policy) rules {
	p = p.Resolved()
	r := rules{
		Policy: p, id: words.Clean(id, 40),
		retries: retryRules{p.Retry, p.BudgetTokens, p.BudgetRatio},
		trip:    tripRules{p.Breaker}, reopen: openRules{p.Breaker},
	}
	r.name = identifier(r.id)
	if r.retries.BaseDelay == retry.NoDelay {
		r.retries.BaseDelay = 0
	}
	if r.trip.FailureThreshold == breaker.NoThreshold {
		r.trip.FailureThreshold = 0
	}
	return r
}

// waits are the waits before the retries, without jitter.
func (r retryRules) waits() []time.Duration {
	p := r.Policy
	p.Jitter = retry.NoJitter
	var list []time.Duration
	for n := 1; n < r.MaxAttempts && r.BaseDelay > 0; n++ {
		list = append(list, p.Delay(n, 0, 0))
	}
	return list
}

// longest is the longest wait, without jitter.
func (r retryRules) longest() time.Duration {
	waits := r.waits()
	if len(waits) == 0 {
		return 0
	}
	return waits[len(waits)-1]
}

// identifier turns an id into an identifier that is valid in Go and in C#.
func identifier(id string) string {
	var b strings.Builder
	upper := true
	for _, r := range id {
		letter, digit := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z', r >= '0' && r <= '9'
		switch {
		case !letter && !digit:
			upper = true
			continue
		case digit && b.Len() == 0:
			b.WriteString("Sensor")
		case upper && letter:
			r &^= 0x20 // to upper case
		}
		upper = digit
		b.WriteRune(r)
	}
	if b.Len() == 0 {
		return "Sensor"
	}
	return b.String()
}

// Sentences of comments that more than one library needs.

func (r rules) sayTimeout() string { return "timeout: " + short(r.Timeout) + " for each attempt" }

func (r retryRules) String() string {
	text := "retry: " + words.Counted(r.MaxAttempts, "attempt") + " a call"
	switch {
	case r.MaxAttempts == 1:
		return text
	case r.BaseDelay == 0:
		text += ", no wait between them"
	default:
		text += ", " + r.Backoff.String() + " waits from " + short(r.BaseDelay)
		if r.MaxDelay > 0 {
			text += " to " + short(r.MaxDelay)
		}
		if r.Jitter != retry.NoJitter {
			text += ", " + r.Jitter.String() + " jitter"
		}
	}
	return text
}

// budget describes the retry budget; empty where there is none.
func (r retryRules) budget() string {
	if r.tokens == 0 {
		return ""
	}
	return "retry budget: " + decimal(r.tokens) + " tokens; a failed attempt takes one, a success gives " + decimal(r.ratio) +
		" back, and retries need more than half of them"
}

// says are the rules that open the circuit, each as a sentence for a comment.
func (t tripRules) says() map[breaker.Reason]string {
	says := map[breaker.Reason]string{}
	for _, r := range sentence.TripRules(&t.Settings, "failure") {
		says[r.Rule] = "trip " + r.Text
	}
	return says
}

func (t tripRules) sayStreak() string { return t.says()[breaker.TooManyFailures] }

// sayRates describe the rules of the window.
func (t tripRules) sayRates() []string {
	var list []string
	for _, rule := range []breaker.Reason{breaker.TooHighFailureRate, breaker.TooManySlow} {
		if text := t.says()[rule]; text != "" {
			list = append(list, text)
		}
	}
	return list
}

func (t tripRules) saySlow() string { return t.says()[breaker.TooManySlow] }

func (o openRules) sayGrowth() string {
	text := "open " + decimal(o.OpenGrowth) + " times longer after each failed probe"
	if o.OpenMax > 0 {
		text += ", " + short(o.OpenMax) + " at most"
	}
	return text
}

func (o openRules) sayJitter() string {
	return "open jitter: up to " + percent(o.OpenJitter) + " on top of the open time"
}

func (o openRules) sayProbeTimeout() string {
	return "probe timeout: a probe that takes " + short(o.ProbeTimeout) + " has failed"
}

// sayStrategy describes the fallback; empty where there is none.
func (r rules) sayStrategy() string {
	if r.Strategy == fallback.NameDrop {
		return ""
	}
	text := "fallback: the newest live reading"
	if r.Strategy == fallback.NameInterpolated {
		text = "fallback: the mean of the last three live readings"
	}
	if r.MaxAge > 0 {
		text += ", not older than " + short(r.MaxAge)
	}
	return text
}
