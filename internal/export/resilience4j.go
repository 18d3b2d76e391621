package export

import (
	"math"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/retry"
	"resiltui/internal/words"
)

// resilience4j writes a policy as the application.yml of a Spring Boot program.
// The names of the properties are those of
// io.github.resilience4j.common.*.configuration.
func resilience4j(r rules) string {
	p := &page{step: "  ", remark: "#"}
	p.note("The policies of " + r.id + " for resilience4j 2 with Spring Boot.")
	p.note("With @CircuitBreaker, @Retry and @TimeLimiter on one method, the orders below put the breaker outside of the retries: a call that needed three attempts is one success.")
	p.open("resilience4j:")
	p.open("circuitbreaker:")
	p.line("circuitBreakerAspectOrder: 1")
	instance(p, r)
	resilience4jBreaker(p, r)
	p.out(3)
	p.open("retry:")
	p.line("retryAspectOrder: 2")
	if r.retries.MaxAttempts > 1 {
		instance(p, r)
		resilience4jRetry(p, r.retries)
		p.out(3)
	} else {
		p.note("One attempt a call, so there is no retry.")
		p.out(1)
	}
	if r.Timeout > 0 {
		p.open("timelimiter:")
		p.note("It limits each attempt of a method that returns a CompletionStage or a reactive type.")
		instance(p, r)
		p.line("timeoutDuration: %s", short(r.Timeout))
		p.line("cancelRunningFuture: true")
		p.out(3)
	}
	if text := r.sayStrategy(); text != "" {
		p.indent = ""
		p.lacking("resilience4j's configuration", text+"; name a method that gives it as the fallbackMethod of @CircuitBreaker")
	}
	return p.String()
}

func instance(p *page, r rules) {
	p.open("instances:")
	p.open("%s:", key(r.id))
}

// out reduces the indentation by n steps.
func (p *page) out(n int) {
	for range n {
		p.indent = strings.TrimSuffix(p.indent, p.step)
	}
}

// key is an id as a key of YAML, in the brackets of Spring where they are
// needed.
func key(id string) string {
	plain := strings.Trim(id, "0123456789-") != "" // otherwise YAML would read it as a number
	for _, c := range id {
		if !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-') {
			plain = false
		}
	}
	if plain {
		return id
	}
	return quoted("[" + id + "]")
}

func resilience4jBreaker(p *page, r rules) {
	if r.BreakerOff {
		p.note("The breaker is off: every call passes.")
		p.line("initialState: DISABLED")
		return
	}
	resilience4jTrip(p, r.trip)
	resilience4jOpen(p, r.reopen)
	p.note("A caller that gave up says nothing about the service.")
	p.line("ignoreExceptions:")
	p.line("  - java.util.concurrent.CancellationException")
}

func resilience4jTrip(p *page, t tripRules) {
	if !t.byRate() {
		p.note(capital(t.sayStreak()) + ": all of the last so many.")
		p.line("slidingWindowType: COUNT_BASED")
		p.line("slidingWindowSize: %d", t.FailureThreshold)
		p.line("minimumNumberOfCalls: %d", t.FailureThreshold)
		p.line("failureRateThreshold: 100")
		return
	}
	if t.FailureThreshold > 0 {
		p.lacking("resilience4j", t.sayStreak()+" as well; it judges a window only")
	}
	for _, text := range t.sayRates() {
		p.note(capital(text) + ".")
	}
	if t.Window.Span > 0 {
		seconds := max(1, int(math.Ceil(t.Window.Span.Seconds())))
		p.line("slidingWindowType: TIME_BASED")
		if time.Duration(seconds)*time.Second != t.Window.Span {
			p.lacking("resilience4j", "a window of "+short(t.Window.Span)+"; it takes whole seconds")
		}
		if t.Window.Buckets != seconds {
			p.lacking("resilience4j", "a window in "+words.Counted(t.Window.Buckets, "step")+"; its calls leave it second by second")
		}
		p.line("slidingWindowSize: %d", seconds)
	} else {
		p.line("slidingWindowType: COUNT_BASED")
		p.line("slidingWindowSize: %d", t.Window.Calls)
	}
	p.line("minimumNumberOfCalls: %d", t.MinVolume)
	if t.FailureRate > 0 {
		p.line("failureRateThreshold: %s", decimal(t.FailureRate*100))
	} else {
		p.lacking("resilience4j", "a breaker without a failure rate; 100 is the least strict one")
		p.line("failureRateThreshold: 100")
	}
	if t.SlowRate > 0 {
		p.line("slowCallRateThreshold: %s", decimal(t.SlowRate*100))
		p.line("slowCallDurationThreshold: %s", short(t.SlowCall))
	}
}

func resilience4jOpen(p *page, o openRules) {
	p.note("Open for " + short(o.OpenFor) + ", then half-open.")
	p.line("waitDurationInOpenState: %s", short(atLeast(p, "an open time", o.OpenFor)))
	if o.OpenGrowth > 1 {
		p.note(capital(o.sayGrowth()) + ".")
		p.line("enableExponentialBackoff: true")
		p.line("exponentialBackoffMultiplier: %s", decimal(o.OpenGrowth))
		if o.OpenMax > 0 {
			p.line("exponentialMaxWaitDurationInOpenState: %s", short(o.OpenMax))
		}
		if o.OpenJitter > 0 {
			p.lacking("resilience4j", o.sayJitter()+"; it has either growth or jitter")
		}
	} else if o.OpenJitter > 0 {
		p.note(capital(o.sayJitter()) + "; here it is as much below as above it.")
		p.line("enableRandomizedWait: true")
		p.line("randomizedWaitFactor: %s", decimal(min(o.OpenJitter, mostFactor)))
	}
	p.note("Close after " + words.Counted(o.SuccessesToClose, "good probe") + inARow(o.SuccessesToClose) + ".")
	if o.SuccessesToClose > 1 {
		p.lacking("resilience4j", "opening again at the first failed probe; it judges all "+strconv.Itoa(o.SuccessesToClose)+" by the rate above")
	}
	if o.MaxProbes != o.SuccessesToClose {
		p.lacking("resilience4j", words.Counted(o.MaxProbes, "probe")+" at a time; it lets as many run at a time as close it")
	}
	p.line("permittedNumberOfCallsInHalfOpenState: %d", o.SuccessesToClose)
	if o.ProbeTimeout > 0 {
		p.note(capital(o.sayProbeTimeout()) + "; here it is the whole half-open state.")
		p.line("maxWaitDurationInHalfOpenState: %s", short(o.ProbeTimeout))
	}
}

// mostFactor is the largest randomization factor that resilience4j accepts: it
// must be below 1.
const mostFactor = 0.999

func resilience4jRetry(p *page, r retryRules) {
	p.note(capital(r.String()) + ".")
	p.line("maxAttempts: %d", r.MaxAttempts)
	if text := r.budget(); text != "" {
		p.lacking("resilience4j", text)
	}
	// resilience4j spreads a wait evenly around its middle.
	middle, factor := 1.0, 0.0
	switch {
	case r.BaseDelay == 0 || r.Jitter == retry.NoJitter:
	case r.Jitter == retry.Equal:
		middle, factor = 0.75, 0.333333
	default:
		middle, factor = 0.5, mostFactor
		if r.Jitter == retry.Decorrelated {
			p.lacking("resilience4j", "decorrelated jitter; full jitter stands for it")
		}
	}
	base, longest := scaled(r.BaseDelay, middle), scaled(r.MaxDelay, middle)
	if r.MaxDelay > 0 {
		base = min(base, longest)
	}
	if r.BaseDelay > 0 && r.Backoff == retry.Linear && r.MaxAttempts > 2 {
		p.lacking("resilience4j", "linear waits; its own are constant or grow by a factor")
	}
	if factor > 0 {
		p.note("resilience4j spreads a wait around its middle, which is what is written here.")
	}
	if base > 0 {
		base = atLeast(p, "a wait", base)
	}
	p.line("waitDuration: %s", short(base))
	if r.BaseDelay > 0 && r.Backoff == retry.Exponential {
		p.line("enableExponentialBackoff: true")
		p.line("exponentialBackoffMultiplier: 2")
		if r.MaxDelay > 0 {
			p.line("exponentialMaxWaitDuration: %s", short(longest))
		}
	}
	if factor > 0 {
		p.line("enableRandomizedWait: true")
		p.line("randomizedWaitFactor: %s", decimal(factor))
	}
	p.note("Nobody is left to retry for.")
	p.line("ignoreExceptions:")
	p.line("  - java.util.concurrent.CancellationException")
}

// atLeast raises a time to one millisecond, the minimum of resilience4j, and
// writes a comment where it did.
func atLeast(p *page, what string, d time.Duration) time.Duration {
	if d < time.Millisecond {
		p.lacking("resilience4j", what+" of "+short(d)+"; its least is 1ms")
		return time.Millisecond
	}
	return d
}

// scaled is a share of a time, rounded to whole milliseconds where it is longer
// than one.
func scaled(d time.Duration, share float64) time.Duration {
	x := time.Duration(math.Round(float64(d) * share))
	if x >= time.Millisecond {
		return x.Round(time.Millisecond)
	}
	return x
}
