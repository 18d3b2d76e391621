package export

import (
	"math"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/retry"
	"resiltui/internal/words"
)

// failsafe writes a policy for github.com/failsafe-go/failsafe-go.
func failsafe(r rules) string {
	p := &page{step: "\t", remark: "//"}
	p.note("The policies of " + r.id + " for github.com/failsafe-go/failsafe-go.")
	p.line("") // without it, the comment would become the package comment
	p.line("package resilience")
	p.line("")
	failsafeImports(p, r)
	p.note("New" + r.name + " returns the policies as one executor, the outermost first: fallback(breaker(retry(timeout(call)))). What is off is left out.")
	if r.Timeout > 0 {
		p.note("")
		p.note("Call it with GetWithExecution and use the context of the execution: the timeout ends that, and waits for the call.")
	}
	argument := ""
	if text := r.sayStrategy(); text != "" {
		p.note("")
		p.note("Substitute answers where the call did not. " + capital(text) + ".")
		p.lacking("failsafe-go", "keeping readings; that is for substitute to do")
		argument = "substitute func() (T, error)"
	}
	p.open("func New%s[T any](%s) failsafe.Executor[T] {", r.name, argument)
	var stack []string
	if argument != "" {
		p.open("fallbacks := fallback.NewWithFunc(func(failsafe.Execution[T]) (T, error) {")
		p.line("return substitute()")
		p.close("})")
		stack = append(stack, "fallbacks")
	}
	if r.BreakerOff {
		p.note("The breaker is off, so there is none.")
	} else {
		failsafeBreaker(p, r)
		stack = append(stack, "breaker")
	}
	if r.retries.MaxAttempts > 1 {
		failsafeRetries(p, r.retries)
		stack = append(stack, "retries")
	} else {
		p.note("One attempt a call, so there is no retry policy.")
	}
	if r.Timeout > 0 {
		p.note("The limit of each attempt.")
		p.line("limit := timeout.New[T](%s)", goTime(r.Timeout))
		stack = append(stack, "limit")
	}
	p.line("return failsafe.With[T](%s)", strings.Join(stack, ", "))
	p.close("}")
	return p.String()
}

func failsafeImports(p *page, r rules) {
	p.open("import (")
	if !r.BreakerOff || r.retries.MaxAttempts > 1 {
		p.line(`"context"`)
	}
	if !r.BreakerOff {
		p.line(`"errors"`)
	}
	if drawn(r.retries) {
		p.line(`"math/rand/v2"`)
	}
	if !r.BreakerOff || r.Timeout > 0 || r.retries.MaxAttempts > 1 && r.retries.BaseDelay > 0 {
		p.line(`"time"`)
	}
	p.line("")
	p.line(`"github.com/failsafe-go/failsafe-go"`)
	for _, use := range []struct {
		used bool
		name string
	}{
		{!r.BreakerOff, "circuitbreaker"},
		{r.sayStrategy() != "", "fallback"},
		{r.retries.MaxAttempts > 1, "retrypolicy"},
		{r.Timeout > 0, "timeout"},
	} {
		if use.used {
			p.line(`"github.com/failsafe-go/failsafe-go/%s"`, use.name)
		}
	}
	p.close(")")
	p.line("")
}

func failsafeBreaker(p *page, r rules) {
	p.note("A caller that gave up is no failure.")
	p.lacking("failsafe-go", "an outcome that is neither; it counts as a success")
	p.open("breaker := circuitbreaker.NewBuilder[T]().")
	p.open("HandleIf(func(_ T, err error) bool {")
	p.line("gone := errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)")
	p.line("return err != nil && !gone")
	p.close("}).")
	failsafeTrip(p, r.trip)
	failsafeOpen(p, r.reopen)
	p.line("Build()")
	p.indent = strings.TrimSuffix(p.indent, p.step)
}

// failsafeTrip writes the rule that opens the circuit; failsafe-go has only one.
func failsafeTrip(p *page, t tripRules) {
	if t.SlowRate > 0 {
		p.lacking("failsafe-go", t.saySlow())
	}
	if t.FailureRate > 0 && t.FailureThreshold > 0 {
		p.lacking("failsafe-go", t.sayStreak()+" as well; it judges either a rate or failures in a row")
	}
	switch {
	case t.FailureRate > 0 && t.Window.Span > 0:
		p.note(capital(t.sayRates()[0]) + ".")
		failsafeSpan(p, t)
		p.line("WithFailureRateThreshold(%s, %d, %s).", decimal(t.FailureRate), t.MinVolume, goTime(t.Window.Span))
	case t.FailureRate > 0:
		p.note(capital(t.sayRates()[0]) + ".")
		failsafeCount(p, t)
		p.line("WithFailureThresholdRatio(%d, %d).", t.failures(), t.Window.Calls)
	case t.FailureThreshold > 0:
		p.note(capital(t.sayStreak()) + ".")
		p.line("WithFailureThreshold(%d).", t.FailureThreshold)
	default:
		// With no rule at all, it would open at the first failure.
		p.note("Nothing else trips it; a million failures in a row stand for never.")
		p.line("WithFailureThreshold(1_000_000).")
	}
}

// failsafeBuckets is the number of buckets of every window by time in failsafe-go.
const failsafeBuckets = 10

// failsafeCount says how a window by count differs from that of the policy: in
// failsafe-go a fixed number of failures anywhere in the window opens the circuit,
// without a minimum number of calls.
func failsafeCount(p *page, t tripRules) {
	need, least := t.failures(), t.failuresOf(t.MinVolume)
	if need > least {
		p.lacking("failsafe-go", "a rate of a window that is not full; it trips later: "+strconv.Itoa(least)+" of the first "+
			words.Counted(t.MinVolume, "call")+" are not enough, only "+words.Counted(need, "failure")+" within the last "+
			strconv.Itoa(t.Window.Calls))
	}
	if need < t.MinVolume {
		p.lacking("failsafe-go", "a least number of calls; it trips earlier where "+words.Counted(need, "failure")+
			" are among fewer than "+words.Counted(t.MinVolume, "call"))
	}
}

// failsafeSpan says how a window by time differs from that of the policy: in
// failsafe-go it has a fixed number of buckets, and the rate is rounded to a whole
// per cent before it is compared.
func failsafeSpan(p *page, t tripRules) {
	if t.Window.Buckets != failsafeBuckets {
		p.lacking("failsafe-go", "a window that moves in "+words.Counted(t.Window.Buckets, "step")+"; its windows move in "+
			strconv.Itoa(failsafeBuckets))
	}
	const near = 1e-6
	from := (math.Ceil(t.FailureRate*100-near) - 0.5) / 100 // the smallest rate that is rounded up to the policy's
	switch {
	case from < t.FailureRate-near:
		p.lacking("failsafe-go", "a rate that is not rounded to a whole per cent; it trips earlier, from "+percent(from)+" on")
	case from > t.FailureRate+near:
		p.lacking("failsafe-go", "a rate that is not rounded to a whole per cent; it trips later, from "+percent(from)+" on")
	}
}

func failsafeOpen(p *page, o openRules) {
	p.note("Open for " + short(o.OpenFor) + ", then half-open.")
	if o.OpenGrowth > 1 {
		p.lacking("failsafe-go", o.sayGrowth())
	}
	if o.OpenJitter > 0 {
		p.note(capital(o.sayJitter()) + ".")
		p.line("WithRandomDelay(%s, %s).", goTime(o.OpenFor), goTime(o.OpenFor+time.Duration(o.OpenJitter*float64(o.OpenFor))))
	} else {
		p.line("WithDelay(%s).", goTime(o.OpenFor))
	}
	p.note("Close after " + words.Counted(o.SuccessesToClose, "good probe") + inARow(o.SuccessesToClose) + "; one that fails opens it again.")
	if o.MaxProbes != o.SuccessesToClose {
		p.lacking("failsafe-go", words.Counted(o.MaxProbes, "probe")+" at a time; it lets as many run at a time as close it")
	}
	if o.ProbeTimeout > 0 {
		p.lacking("failsafe-go", o.sayProbeTimeout())
	}
	p.line("WithSuccessThreshold(%d).", o.SuccessesToClose)
}

func failsafeRetries(p *page, r retryRules) {
	p.note(capital(r.String()) + ".")
	if text := r.budget(); text != "" {
		p.lacking("failsafe-go", text+"; its own budget limits how many retries run at a time")
	}
	if r.Jitter == retry.Decorrelated && r.BaseDelay > 0 {
		p.lacking("failsafe-go", "decorrelated jitter; full jitter of exponential waits stands for it")
	}
	p.open("retries := retrypolicy.NewBuilder[T]().")
	p.line("WithMaxAttempts(%d).", r.MaxAttempts)
	failsafeWaits(p, r)
	p.note("Nobody is left to retry for.")
	p.line("AbortOnErrors(context.Canceled).")
	p.line("Build()")
	p.indent = strings.TrimSuffix(p.indent, p.step)
}

// drawn says whether the waits need a random number.
func drawn(r retryRules) bool {
	return r.MaxAttempts > 1 && r.BaseDelay > 0 && r.Jitter != retry.NoJitter
}

func failsafeWaits(p *page, r retryRules) {
	first, longest := r.BaseDelay, r.longest()
	if r.MaxDelay > 0 {
		first = min(first, r.MaxDelay)
	}
	switch {
	case r.BaseDelay == 0: // failsafe-go has no wait by default
	case !drawn(r) && (r.Backoff == retry.Constant || longest == first):
		p.line("WithDelay(%s).", goTime(first))
	case !drawn(r) && r.Backoff == retry.Exponential:
		p.line("WithBackoff(%s, %s).", goTime(first), goTime(longest))
	default:
		p.open("WithDelayFunc(func(e failsafe.ExecutionAttempt[T]) time.Duration {")
		wait := "min(" + goTime(longest) + ", " + goWait(r) + ")"
		switch r.Jitter {
		case retry.NoJitter:
			p.line("return %s", wait)
		case retry.Equal:
			p.line("wait := %s", wait)
			p.line("return wait - wait/2 + rand.N(wait/2+1)")
		default:
			p.line("return rand.N(%s + 1)", wait)
		}
		p.close("}).")
	}
}

// goWait is the wait after an attempt as a Go expression, without its maximum.
func goWait(r retryRules) string {
	base := "time.Duration(" + goTime(r.BaseDelay) + ")"
	switch {
	case r.Backoff == retry.Constant && r.Jitter != retry.Decorrelated:
		return base
	case r.Backoff == retry.Linear && r.Jitter != retry.Decorrelated:
		return "time.Duration(e.Attempts())*" + strings.TrimSuffix(strings.TrimPrefix(base, "time.Duration("), ")")
	default:
		return base + "<<min(e.Attempts()-1, " + decimal(float64(doublings(r))) + ")"
	}
}

// doublings is after how many doublings the wait reaches its maximum. The code stops
// there, so that its shift cannot overflow.
func doublings(r retryRules) int {
	n := 0
	for d := r.BaseDelay; d < r.longest() && d < 1<<61; d *= 2 {
		n++
	}
	return n
}
