package export

import (
	"time"

	"resiltui/internal/engine/retry"
)

// The least that Polly takes.
const (
	pollyLeastBreak   = 500 * time.Millisecond // break and sampling duration
	pollyLeastTimeout = 10 * time.Millisecond
	pollySampling     = 30 * time.Second // its default
)

// polly writes a policy for Polly.Core 8.
func polly(r rules) string {
	p := &page{step: "    ", remark: "//"}
	p.note("The policies of " + r.id + " for Polly 8 (package Polly.Core).")
	for _, use := range []string{"System", "System.Threading.Tasks", "Polly", "Polly.CircuitBreaker", "Polly.Fallback", "Polly.Retry", "Polly.Timeout"} {
		p.line("using %s;", use)
	}
	p.line("")
	p.open("public static class %sPipeline", r.name)
	p.brace()
	p.note("The outermost first: fallback(breaker(retry(timeout(call)))). Every exception is a failure but that of a cancelled operation, which is what Polly does by default.")
	argument := ""
	if text := r.sayStrategy(); text != "" {
		p.note("substitute answers where the call did not. " + capital(text) + ".")
		p.lacking("Polly", "keeping readings; that is for substitute to do")
		argument = "Func<ValueTask<T>> substitute"
	}
	p.open("public static ResiliencePipeline<T> Create<T>(%s)", argument)
	p.brace()
	p.line("var builder = new ResiliencePipelineBuilder<T> { Name = %s };", quoted(r.id))
	if argument != "" {
		p.options("AddFallback", "FallbackStrategyOptions")
		p.line("FallbackAction = async _ => Outcome.FromResult(await substitute()),")
		p.close("});")
	}
	if r.off {
		p.note("The breaker is off, so there is none.")
	} else {
		p.options("AddCircuitBreaker", "CircuitBreakerStrategyOptions")
		pollyTrip(p, r.trip)
		pollyOpen(p, r.reopen)
		p.close("});")
	}
	if r.retries.attempts > 1 {
		p.options("AddRetry", "RetryStrategyOptions")
		pollyRetry(p, r.retries)
		p.close("});")
	} else {
		p.note("One attempt a call, so there is no retry.")
	}
	if r.timeout > 0 {
		p.note("The limit of each attempt.")
		if r.timeout < pollyLeastTimeout {
			p.lacking("Polly", "a timeout of "+short(r.timeout)+"; its least is "+short(pollyLeastTimeout))
		}
		p.line("builder.AddTimeout(%s);", netTime(max(r.timeout, pollyLeastTimeout)))
	}
	p.line("return builder.Build();")
	p.close("}")
	p.close("}")
	return p.String()
}

// brace opens a block under the line before it, as C# has it.
func (p *page) brace() {
	p.out(1)
	p.open("{")
}

// options opens the options of a strategy.
func (p *page) options(method, name string) {
	p.open("builder.%s(new %s<T>", method, name)
	p.brace()
}

func pollyTrip(p *page, t tripRules) {
	span, volume, rate := t.span, t.volume, t.failureRate
	if t.slowRate > 0 {
		p.lacking("Polly", t.saySlow())
	}
	switch {
	case t.failureRate > 0:
		if t.streak > 0 {
			p.lacking("Polly", t.sayStreak()+" as well; it judges a rate only")
		}
		p.note(capital(t.sayRates()[0]) + ".")
		if t.calls > 0 {
			p.lacking("Polly", "a window by count; its own are by time")
			span = pollySampling
		}
	case t.streak > 0:
		p.lacking("Polly", t.sayStreak()+"; the nearest is that all calls of a while failed, and that they were as many")
		span, volume, rate = pollySampling, t.streak, 1
	default:
		p.note("Nothing else trips it; a rate that is hardly reached stands for never.")
		span, volume, rate = pollySampling, 1_000_000, 1
	}
	p.line("FailureRatio = %s,", decimal(rate))
	if volume < 2 {
		p.lacking("Polly", "a judgement from one call on; its least is two")
	}
	p.line("MinimumThroughput = %d,", max(2, volume))
	if span < pollyLeastBreak {
		p.lacking("Polly", "a window of "+short(span)+"; its least is "+short(pollyLeastBreak))
	}
	p.line("SamplingDuration = %s,", netTime(max(span, pollyLeastBreak)))
}

func pollyOpen(p *page, o openRules) {
	p.note("Open for " + short(o.openFor) + ", then half-open.")
	least := max(o.openFor, pollyLeastBreak)
	if least != o.openFor {
		p.lacking("Polly", "open for "+short(o.openFor)+"; its least is "+short(pollyLeastBreak))
	}
	if o.growth == 1 && o.jitter == 0 {
		p.line("BreakDuration = %s,", netTime(least))
	} else {
		seconds := decimal(least.Seconds())
		if o.growth > 1 {
			p.note(capital(o.sayGrowth()) + ".")
			seconds += " * Math.Pow(" + decimal(o.growth) + ", args.HalfOpenAttempts)"
			most := 24 * time.Hour // what Polly takes at most
			if o.most > 0 {
				most = max(o.most, pollyLeastBreak)
			}
			seconds = "Math.Min(" + decimal(most.Seconds()) + ", " + seconds + ")"
		}
		if o.jitter > 0 {
			p.note(capital(o.sayJitter()) + ".")
			seconds += " * (1 + " + decimal(o.jitter) + " * Random.Shared.NextDouble())"
		}
		p.line("BreakDurationGenerator = args => new ValueTask<TimeSpan>(TimeSpan.FromSeconds(")
		p.line("    %s)),", seconds)
	}
	if o.good > 1 {
		p.lacking("Polly", "close after "+plural(o.good, "good probe")+inARow(o.good)+"; it closes after one")
	}
	if o.probes > 1 {
		p.lacking("Polly", plural(o.probes, "probe")+" at a time; it makes one")
	}
	if o.probeTimeout > 0 {
		p.lacking("Polly", o.sayProbeTimeout())
	}
}

func pollyRetry(p *page, r retryRules) {
	p.note(capital(r.String()) + "; the first attempt is no retry.")
	if text := r.budget(); text != "" {
		p.lacking("Polly", text)
	}
	p.line("MaxRetryAttempts = %d,", r.attempts-1)
	if r.base == 0 {
		p.line("Delay = TimeSpan.Zero,")
		return
	}
	if r.jitter == retry.Full || r.jitter == retry.Equal {
		pollyWaits(p, r)
		return
	}
	p.line("Delay = %s,", netTime(r.base))
	if r.cap > 0 {
		p.line("MaxDelay = %s,", netTime(r.cap))
	}
	if r.jitter == retry.Decorrelated {
		p.note("Polly's own decorrelated jitter, of another formula.")
		p.line("BackoffType = DelayBackoffType.Exponential,")
		p.line("UseJitter = true,")
		return
	}
	p.line("BackoffType = DelayBackoffType.%s,", capital(r.backoff.String()))
}

// pollyWaits writes the waits out: Polly's own jitter is another one.
func pollyWaits(p *page, r retryRules) {
	base := decimal(float64(r.base) / float64(time.Millisecond))
	wait := base
	switch r.backoff {
	case retry.Exponential:
		wait += " * Math.Pow(2, args.AttemptNumber)"
	case retry.Linear:
		wait += " * (args.AttemptNumber + 1)"
	case retry.Constant:
	}
	if r.cap > 0 {
		wait = "Math.Min(" + decimal(float64(r.cap)/float64(time.Millisecond)) + ", " + wait + ")"
	}
	share := "Random.Shared.NextDouble()"
	if r.jitter == retry.Equal {
		share = "(0.5 + 0.5 * " + share + ")"
	}
	p.line("DelayGenerator = args => new ValueTask<TimeSpan?>(TimeSpan.FromMilliseconds(")
	p.line("    %s * %s)),", wait, share)
}
