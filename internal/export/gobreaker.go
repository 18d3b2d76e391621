package export

import (
	"strconv"
	"strings"

	"resiltui/internal/words"
)

// gobreaker writes a policy for github.com/sony/gobreaker/v2, which has a
// circuit breaker only.
func gobreaker(r rules) string {
	p := &page{step: "\t", remark: "//"}
	p.note("The circuit breaker of " + r.id + " for github.com/sony/gobreaker/v2.")
	p.line("") // without it, the comment would become the package comment
	p.line("package resilience")
	p.line("")
	p.open("import (")
	p.line(`"context"`)
	p.line(`"errors"`)
	if !r.BreakerOff {
		p.line(`"time"`)
	}
	p.line("")
	p.line(`"github.com/sony/gobreaker/v2"`)
	p.close(")")
	p.line("")
	p.note("New" + r.name + "Breaker returns the circuit breaker. It stands outside of the retries: a call that needed three attempts is one success.")
	p.open("func New%sBreaker[T any]() *gobreaker.CircuitBreaker[T] {", r.name)
	p.open("return gobreaker.NewCircuitBreaker[T](gobreaker.Settings{")
	p.line("Name: %s,", quoted(r.id))
	if r.BreakerOff {
		p.note("The breaker is off: every call passes.")
		p.line("ReadyToTrip: func(gobreaker.Counts) bool { return false },")
	} else {
		gobreakerTrip(p, r.trip)
		gobreakerOpen(p, r.reopen)
	}
	p.note("A caller that gave up says nothing about the service; a deadline that passed does.")
	p.open("IsExcluded: func(err error) bool {")
	p.line("return errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)")
	p.close("},")
	p.close("})")
	p.close("}")
	gobreakerRest(p, r)
	return p.String()
}

func gobreakerTrip(p *page, t tripRules) {
	var rules []string
	if t.FailureThreshold > 0 {
		p.note(capital(t.sayStreak()) + ".")
		rules = append(rules, "c.ConsecutiveFailures >= "+strconv.Itoa(t.FailureThreshold))
	}
	if t.FailureRate > 0 && t.Window.Span > 0 {
		p.note(capital(t.sayRates()[0]) + ".")
		if t.FailureThreshold > 0 {
			p.note("With a window gobreaker forgets failures in a row that are older than it.")
		}
		p.lacking("gobreaker", "judging after a success; it trips later, at the next failure, where a success completes the "+
			words.Counted(t.MinVolume, "call")+" or older ones leave the window")
		p.line("Interval:     %s,", goTime(t.Window.Span))
		p.line("BucketPeriod: %s,", goTime(max(1, t.Window.Span/durations(t.Window.Buckets))))
		rules = append(rules, "judged >= "+strconv.Itoa(t.MinVolume)+" && float64(c.TotalFailures) >= "+decimal(t.FailureRate)+"*float64(judged)")
	} else if t.FailureRate > 0 {
		p.lacking("gobreaker", t.sayRates()[0]+"; its windows are by time")
	}
	if t.SlowRate > 0 {
		p.lacking("gobreaker", t.saySlow())
	}
	if len(rules) == 0 {
		p.note("So nothing trips it.")
		rules = []string{"false"}
	}
	counts := "c"
	if rules[0] == "false" {
		counts = "_"
	}
	p.open("ReadyToTrip: func(%s gobreaker.Counts) bool {", counts)
	if strings.Contains(rules[len(rules)-1], "judged") {
		p.line("judged := c.TotalSuccesses + c.TotalFailures")
	}
	p.line("return %s", strings.Join(rules, " ||\n"+p.indent+"\t"))
	p.close("},")
}

func gobreakerOpen(p *page, o openRules) {
	p.note("Open for " + short(o.OpenFor) + ", then half-open.")
	if o.OpenGrowth > 1 {
		p.lacking("gobreaker", o.sayGrowth())
	}
	if o.OpenJitter > 0 {
		p.lacking("gobreaker", o.sayJitter())
	}
	p.line("Timeout: %s,", goTime(o.OpenFor))
	p.note("Close after " + words.Counted(o.SuccessesToClose, "good probe") + inARow(o.SuccessesToClose) + "; one that fails opens it again.")
	if o.MaxProbes != o.SuccessesToClose {
		p.lacking("gobreaker", words.Counted(o.MaxProbes, "probe")+" at a time; it lets as many run at a time as close it")
	}
	p.line("MaxRequests: %d,", o.SuccessesToClose)
	if o.ProbeTimeout > 0 {
		p.lacking("gobreaker", o.sayProbeTimeout())
	}
}

// gobreakerRest lists the settings that the library does not support.
func gobreakerRest(p *page, r rules) {
	var rest []string
	if r.Timeout > 0 {
		rest = append(rest, r.sayTimeout())
	}
	if r.retries.MaxAttempts > 1 {
		text := r.retries.String()
		if waits := r.retries.waits(); len(waits) > 1 {
			text += ": " + times(waits)
		}
		rest = append(rest, text)
	}
	rest = append(rest, r.retries.budget(), r.sayStrategy())
	p.line("")
	p.note("gobreaker is a breaker alone. The whole is fallback(breaker(retry(timeout(call)))), the outermost first.")
	for _, text := range rest {
		p.lacking("gobreaker", text)
	}
}
