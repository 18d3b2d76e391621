package export

import (
	"time"

	"resiltui/internal/engine/retry"
	"resiltui/internal/words"
)

// The minimum values that Polly accepts.
const (
	pollyLeastBreak   = 500 * time.Millisecond // break and sampling duration
	pollyLeastTimeout = 10 * time.Millisecond
	pollySampling     = 30 * time.Second // the default of Polly
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
	if r.BreakerOff {
		p.note("The breaker is off, so there is none.")
	} else {
		p.options("AddCircuitBreaker", "CircuitBreakerStrategyOptions")
		pollyTrip(p, r.trip)
		pollyOpen(p, r.reopen)
		p.close("});")
	}
	if r.retries.MaxAttempts > 1 {
		p.options("AddRetry", "RetryStrategyOptions")
		pollyRetry(p, r.retries)
		p.close("});")
	} else {
		p.note("One attempt a call, so there is no retry.")
	}
	if r.Timeout > 0 {
		p.note("The limit of each attempt.")
		if r.Timeout < pollyLeastTimeout {
			p.lacking("Polly", "a timeout of "+short(r.Timeout)+"; its least is "+short(pollyLeastTimeout))
		}
		p.line("builder.AddTimeout(%s);", netTime(max(r.Timeout, pollyLeastTimeout)))
	}
	p.line("return builder.Build();")
	p.close("}")
	p.close("}")
	return p.String()
}

// brace opens a block on a line of its own, as is usual in C#.
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
	span, volume, rate := t.Window.Span, t.MinVolume, t.FailureRate
	if t.SlowRate > 0 {
		p.lacking("Polly", t.saySlow())
	}
	switch {
	case t.FailureRate > 0:
		if t.FailureThreshold > 0 {
			p.lacking("Polly", t.sayStreak()+" as well; it judges a rate only")
		}
		p.note(capital(t.sayRates()[0]) + ".")
		if t.Window.Calls > 0 {
			p.lacking("Polly", "a window by count; its own are by time")
			span = pollySampling
		}
	case t.FailureThreshold > 0:
		p.lacking("Polly", t.sayStreak()+"; the nearest is that all calls of a while failed, and that they were as many")
		span, volume, rate = pollySampling, t.FailureThreshold, 1
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
	p.note("Open for " + short(o.OpenFor) + ", then half-open.")
	least := max(o.OpenFor, pollyLeastBreak)
	if least != o.OpenFor {
		p.lacking("Polly", "open for "+short(o.OpenFor)+"; its least is "+short(pollyLeastBreak))
	}
	if o.OpenGrowth == 1 && o.OpenJitter == 0 {
		p.line("BreakDuration = %s,", netTime(least))
	} else {
		seconds := decimal(least.Seconds())
		if o.OpenGrowth > 1 {
			p.note(capital(o.sayGrowth()) + ".")
			seconds += " * Math.Pow(" + decimal(o.OpenGrowth) + ", args.HalfOpenAttempts)"
			most := 24 * time.Hour // the maximum that Polly accepts
			if o.OpenMax > 0 {
				most = max(o.OpenMax, pollyLeastBreak)
			}
			seconds = "Math.Min(" + decimal(most.Seconds()) + ", " + seconds + ")"
		}
		if o.OpenJitter > 0 {
			p.note(capital(o.sayJitter()) + ".")
			seconds += " * (1 + " + decimal(o.OpenJitter) + " * Random.Shared.NextDouble())"
		}
		p.line("BreakDurationGenerator = args => new ValueTask<TimeSpan>(TimeSpan.FromSeconds(")
		p.line("    %s)),", seconds)
	}
	if o.SuccessesToClose > 1 {
		p.lacking("Polly", "close after "+words.Counted(o.SuccessesToClose, "good probe")+inARow(o.SuccessesToClose)+"; it closes after one")
	}
	if o.MaxProbes > 1 {
		p.lacking("Polly", words.Counted(o.MaxProbes, "probe")+" at a time; it makes one")
	}
	if o.ProbeTimeout > 0 {
		p.lacking("Polly", o.sayProbeTimeout())
	}
}

func pollyRetry(p *page, r retryRules) {
	p.note(capital(r.String()) + "; the first attempt is no retry.")
	if text := r.budget(); text != "" {
		p.lacking("Polly", text)
	}
	p.line("MaxRetryAttempts = %d,", r.MaxAttempts-1)
	if r.BaseDelay == 0 {
		p.line("Delay = TimeSpan.Zero,")
		return
	}
	if r.Jitter == retry.Full || r.Jitter == retry.Equal {
		pollyWaits(p, r)
		return
	}
	p.line("Delay = %s,", netTime(r.BaseDelay))
	if r.MaxDelay > 0 {
		p.line("MaxDelay = %s,", netTime(r.MaxDelay))
	}
	if r.Jitter == retry.Decorrelated {
		p.note("Polly's own decorrelated jitter, of another formula.")
		p.line("BackoffType = DelayBackoffType.Exponential,")
		p.line("UseJitter = true,")
		return
	}
	p.line("BackoffType = DelayBackoffType.%s,", capital(r.Backoff.String()))
}

// pollyWaits writes the formula of the waits, because Polly's own jitter is a
// different one.
func pollyWaits(p *page, r retryRules) {
	base := decimal(float64(r.BaseDelay) / float64(time.Millisecond))
	wait := base
	switch r.Backoff {
	case retry.Exponential:
		wait += " * Math.Pow(2, args.AttemptNumber)"
	case retry.Linear:
		wait += " * (args.AttemptNumber + 1)"
	case retry.Constant:
	}
	if r.MaxDelay > 0 {
		wait = "Math.Min(" + decimal(float64(r.MaxDelay)/float64(time.Millisecond)) + ", " + wait + ")"
	}
	share := "Random.Shared.NextDouble()"
	if r.Jitter == retry.Equal {
		share = "(0.5 + 0.5 * " + share + ")"
	}
	p.line("DelayGenerator = args => new ValueTask<TimeSpan?>(TimeSpan.FromMilliseconds(")
	p.line("    %s * %s)),", wait, share)
}
