package soak

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
)

// book is the state of one sensor as counted from the events.
type book struct {
	state       breaker.State
	maxAttempts int
	keeps       bool          // its strategy serves substitutes, once it has a value
	maxAge      time.Duration // no substitute may be older; 0 is no limit
	calls       uint64
	metrics     breaker.Metrics

	good   event.Call // the last live call, if hasOne
	hasOne bool
	kept   bool                   // the strategy in force has seen it
	faults map[string]event.Fault // active faults, by kind
}

// call checks one call and counts it.
func (c *Checker) call(e *event.Event) {
	b, k := &c.sensors[e.Sensor], &e.Call
	c.calls++
	c.reads++
	b.calls++
	if k.Number != b.calls || e.Batch != c.batch || !c.inBatch {
		c.violated(e, "call %d is the %dth, in batch %d", k.Number, b.calls, c.batch)
	}
	if k.Took < 0 || k.Start+k.Took != e.At || k.Waited < 0 || k.Waited > k.Took {
		c.violated(e, "from %v it took %v, of it %v waiting", k.Start, k.Took, k.Waited)
	}
	if k.Attempts > b.maxAttempts || k.Tries != nil && len(k.Tries) != k.Attempts || k.Admitted != (k.Attempts > 0) {
		c.violated(e, "%d attempts of %d, %d of them told, admitted: %t", k.Attempts, b.maxAttempts, len(k.Tries), k.Admitted)
	}
	if k.Circuit.State != b.state {
		c.violated(e, "the call saw the circuit %v, its transitions end in %v", k.Circuit.State, b.state)
	}
	if k.Faulted != b.faulted(k.Start) {
		c.violated(e, "faulted: %t, and the faults are %v", k.Faulted, b.faults)
	}
	if k.Held && (k.Admitted || k.HeldUntil <= k.Start) {
		c.violated(e, "held until %v, admitted: %t", k.HeldUntil, k.Admitted)
	}
	b.count(k)
	if k.Circuit.Opens != b.metrics.CircuitOpenCount {
		c.violated(e, "the circuit opened %d times, its transitions say %d", k.Circuit.Opens, b.metrics.CircuitOpenCount)
	}
	c.value(e, b)
	if k.Result == event.Live {
		b.good, b.hasOne, b.kept = *k, true, true
	}
}

// value checks what the caller got: the result, the quality and the age.
func (c *Checker) value(e *event.Event, b *book) {
	k := &e.Call
	age := e.At - k.SourceAt
	switch {
	case (k.Result == event.FastFail) == k.Admitted:
		c.violated(e, "%v, admitted: %t", k.Result, k.Admitted)
	case (k.Result == event.Live) != (k.Served && k.Quality == fallback.Live):
		c.violated(e, "%v with quality %v, served: %t", k.Result, k.Quality, k.Served)
	case k.Result == event.Live && (k.SourceAt < k.Start || k.SourceAt > e.At):
		c.violated(e, "a live value of %v in a call from %v", k.SourceAt, k.Start)
	case k.Result == event.Live:
		return
	case k.Served && (!b.hasOne || k.SourceAt != b.good.SourceAt):
		c.violated(e, "a substitute of %v, the last good value is of %v (there is one: %t)", k.SourceAt, b.good.SourceAt, b.hasOne)
	case k.Served && k.Quality == fallback.Stale && k.Value != b.good.Value:
		c.violated(e, "the substitute is %v, the last good value %v", k.Value, b.good.Value)
	case k.Served && (age < 0 || b.maxAge > 0 && age > b.maxAge):
		c.violated(e, "a substitute %v old, at most %v", age, b.maxAge)
	case !k.Served && b.keeps && b.kept && (b.maxAge == 0 || e.At-b.good.SourceAt <= b.maxAge):
		c.violated(e, "nothing was served, and the last good value is of %v", b.good.SourceAt)
	}
}

// count counts a call as a breaker does.
func (b *book) count(k *event.Call) {
	if k.Held {
		return
	}
	m := &b.metrics
	m.TotalCalls++
	switch {
	case !k.Admitted:
		m.FastFailCount++
	case k.Outcome == breaker.Success:
		m.SuccessCalls++
		if k.Probe {
			m.ProbeSuccessCount++
		}
	case k.Outcome == breaker.Failure:
		m.FailureCalls++
		if k.Probe {
			m.ProbeFailCount++
		}
	default:
		m.IgnoredCalls++
	}
}

// changed checks that each transition starts from the state in which the last
// one ended.
func (c *Checker) changed(e *event.Event) {
	b, k := &c.sensors[e.Sensor], e.Change
	if k.From != b.state {
		c.violated(e, "%v to %v, but it was %v", k.From, k.To, b.state)
	}
	if k.Circuit.State != k.To {
		c.violated(e, "%v to %v, with the circuit %v", k.From, k.To, k.Circuit.State)
	}
	if (breaker.Transition{From: k.From, To: k.To}).Opens() {
		b.metrics.CircuitOpenCount++
	}
	b.state = k.To
}

// tuned stores what a new policy changes for the checks of calls.
func (c *Checker) tuned(e *event.Event) {
	b, p := &c.sensors[e.Sensor], e.Tuned.Policy.Resolved()
	b.maxAttempts, b.maxAge = p.Retry.MaxAttempts, p.MaxAge
	if keeps := p.Strategy != fallback.NameDrop; b.keeps != keeps {
		b.keeps, b.kept = keeps, false
	}
}

// faultBegan checks that no fault of the same kind is active already.
func (c *Checker) faultBegan(e *event.Event) {
	b, kind := &c.sensors[e.Sensor], e.Fault.Kind.String()
	if old, ok := b.faults[kind]; ok {
		c.violated(e, "%s begins while one from %v goes on", kind, old.Start)
	}
	if e.Fault.Start != e.At {
		c.violated(e, "%s began at %v", kind, e.Fault.Start)
	}
	b.faults[kind] = *e.Fault
}

func (c *Checker) faultEnded(e *event.Event) {
	b, kind := &c.sensors[e.Sensor], e.Fault.Kind.String()
	f, ok := b.faults[kind]
	switch {
	case !ok:
		c.violated(e, "%s ends that never began", kind)
	case f.Until > 0 && f.Start+e.Fault.Lasted > f.Until || f.Start+e.Fault.Lasted > e.At:
		c.violated(e, "%s from %v lasted %v, until %v at most", kind, f.Start, e.Fault.Lasted, f.Until)
	}
	delete(b.faults, kind)
}

// faulted says whether a fault is active at a time of the run.
func (b *book) faulted(at time.Duration) bool {
	for _, f := range b.faults {
		if f.Until == 0 || at < f.Until {
			return true
		}
	}
	return false
}
