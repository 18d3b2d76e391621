package export

import (
	"math"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/words"
)

// rules are a resolved policy in the words of the writers.
type rules struct {
	// id is what the sensor is called, clean; name the same as an identifier
	// that begins with a capital ("S3").
	id, name string

	timeout  time.Duration // 0: none
	retries  retryRules
	off      bool // the breaker lets everything pass
	trip     tripRules
	reopen   openRules
	strategy string
	maxAge   time.Duration // 0: none
}

type retryRules struct {
	attempts  int
	base, cap time.Duration // base 0: no wait; cap 0: none
	backoff   retry.Backoff
	jitter    retry.Jitter
	// tokens and ratio are the budget; 0 is none.
	tokens, ratio float64
}

// tripRules say when the circuit opens.
type tripRules struct {
	streak      int // failures in a row; 0: not judged
	calls       int // window by count
	span        time.Duration
	buckets     int
	volume      int
	failureRate float64 // 0: not judged
	slowRate    float64 // 0: not judged
	slowCall    time.Duration
}

// byRate is true where a window is judged.
func (t tripRules) byRate() bool { return t.failureRate > 0 || t.slowRate > 0 }

// failures is how many of the calls of a window by count are the failure rate.
func (t tripRules) failures() int {
	const near = 1e-9 // 0.29 of 100 calls are 29
	return max(1, int(math.Ceil(t.failureRate*float64(t.calls)-near)))
}

// openRules say when and how it closes again.
type openRules struct {
	openFor, most  time.Duration // most 0: no cap
	growth, jitter float64       // growth 1: none
	good, probes   int
	probeTimeout   time.Duration // 0: none
}

func rulesOf(id string, p policy.Policy) rules {
	p = p.Resolved()
	b := p.Breaker
	r := rules{
		id:      words.Clean(id, 40),
		timeout: p.Timeout,
		retries: retryRules{
			attempts: p.Retry.MaxAttempts, base: p.Retry.BaseDelay, cap: p.Retry.MaxDelay,
			backoff: p.Retry.Backoff, jitter: p.Retry.Jitter, tokens: p.BudgetTokens, ratio: p.BudgetRatio,
		},
		off: p.BreakerOff,
		trip: tripRules{
			streak: b.FailureThreshold, calls: b.Window.Calls, span: b.Window.Span, buckets: b.Window.Buckets,
			volume: b.MinVolume, failureRate: b.FailureRate, slowRate: b.SlowRate, slowCall: b.SlowCall,
		},
		reopen: openRules{
			openFor: b.OpenFor, most: b.OpenMax, growth: b.OpenGrowth, jitter: b.OpenJitter,
			good: b.SuccessesToClose, probes: b.MaxProbes, probeTimeout: b.ProbeTimeout,
		},
		strategy: p.Strategy, maxAge: p.MaxAge,
	}
	r.name = identifier(r.id)
	if r.retries.base == retry.NoDelay {
		r.retries.base = 0
	}
	if r.trip.streak == breaker.NoThreshold {
		r.trip.streak = 0
	}
	return r
}

// waits are the waits before the retries, without jitter.
func (r retryRules) waits() []time.Duration {
	p := retry.Policy{BaseDelay: r.base, MaxDelay: r.cap, Backoff: r.backoff}
	var list []time.Duration
	for n := 1; n < r.attempts && r.base > 0; n++ {
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

// identifier makes a name out of an id that is one in Go and in C#.
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

// The sentences of comments that more than one library needs.

func (r rules) sayTimeout() string { return "timeout: " + short(r.timeout) + " for each attempt" }

func (r retryRules) String() string {
	text := "retry: " + plural(r.attempts, "attempt") + " a call"
	switch {
	case r.attempts == 1:
		return text
	case r.base == 0:
		text += ", no wait between them"
	default:
		text += ", " + r.backoff.String() + " waits from " + short(r.base)
		if r.cap > 0 {
			text += " to " + short(r.cap)
		}
		if r.jitter != retry.NoJitter {
			text += ", " + r.jitter.String() + " jitter"
		}
	}
	return text
}

// budget is the retry budget in words; empty where there is none.
func (r retryRules) budget() string {
	if r.tokens == 0 {
		return ""
	}
	return "retry budget: " + decimal(r.tokens) + " tokens; a failed attempt takes one, a success gives " + decimal(r.ratio) +
		" back, and retries need more than half of them"
}

func (t tripRules) sayStreak() string {
	return "trip after " + plural(t.streak, "failure") + inARow(t.streak)
}

// sayRates are the rules of the window in words.
func (t tripRules) sayRates() []string {
	var list []string
	if t.failureRate > 0 {
		list = append(list, "trip at a failure rate of "+percent(t.failureRate)+" of "+t.sayWindow())
	}
	if t.slowRate > 0 {
		list = append(list, t.saySlow())
	}
	return list
}

func (t tripRules) saySlow() string {
	return "trip when " + percent(t.slowRate) + " of " + t.sayWindow() + " took longer than " + short(t.slowCall)
}

func (t tripRules) sayWindow() string {
	if t.calls > 0 {
		return "the last " + plural(t.calls, "call") + ", from " + strconv.Itoa(t.volume) + " on"
	}
	return "the calls of the last " + short(t.span) + ", from " + strconv.Itoa(t.volume) + " on"
}

func (o openRules) sayGrowth() string {
	text := "open " + decimal(o.growth) + " times longer after each failed probe"
	if o.most > 0 {
		text += ", " + short(o.most) + " at most"
	}
	return text
}

func (o openRules) sayJitter() string {
	return "open jitter: up to " + percent(o.jitter) + " on top of the open time"
}

func (o openRules) sayProbeTimeout() string {
	return "probe timeout: a probe that takes " + short(o.probeTimeout) + " has failed"
}

// sayStrategy is the fallback in words; empty where there is none.
func (r rules) sayStrategy() string {
	if r.strategy == fallback.NameDrop {
		return ""
	}
	text := "fallback: the newest live reading"
	if r.strategy == fallback.NameInterpolated {
		text = "fallback: the mean of the last three live readings"
	}
	if r.maxAge > 0 {
		text += ", not older than " + short(r.maxAge)
	}
	return text
}
