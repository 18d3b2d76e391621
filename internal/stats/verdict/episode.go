package verdict

import (
	"fmt"
	"slices"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/words"
)

// Episode is a verdict in progress: from the first fault's start to the moment
// when the sensor is back.
type Episode struct {
	Verdict
	// before is the circuit when the first fault began.
	before breaker.State
	// active is how many faults are.
	active int
	// visible is true once a fault began that does not only make values wrong;
	// wrong is how many active faults make values wrong.
	visible bool
	wrong   int

	opened   bool // by the breaker
	openedAt time.Duration
	forced   bool // by an operator, before the breaker opened
	switched bool // the breaker was switched off or on, before it opened

	// Of an outage: confirmed once it is one, and when the first answer after it came.
	confirmed bool
	goodAt    time.Duration
	lastWell  bool // the last call got an answer, and the circuit lets calls through

	sent, failed, ignored int
	offBy, wrongBy        int64 // in millionths of the unit
}

// Begin begins an episode with the event that a fault began, of a sensor whose circuit
// was in the state before. The event must be given to Observe too.
func Begin(e *event.Event, before breaker.State) *Episode {
	return &Episode{Verdict: Verdict{Began: e.At}, before: before}
}

// Clone copies the episode, so that counting with one does not change the other.
// That of nil is nil.
func (p *Episode) Clone() *Episode {
	if p == nil {
		return nil
	}
	out := *p
	out.Labels, out.Operator, out.Overlaps = slices.Clone(p.Labels), slices.Clone(p.Operator), slices.Clone(p.Overlaps)
	return &out
}

// Observe takes in an event of the sensor, and returns true where the episode ends
// with it.
func (p *Episode) Observe(e *event.Event) (over bool) {
	switch e.Kind {
	case event.FaultBegan:
		p.began(e.Fault)
	case event.FaultEnded:
		p.ended(e)
	case event.StateChanged:
		p.change(e)
	case event.PolicyChanged:
		p.act(sentence.By(e.Tuned.By)+"settings changed", e.At)
	case event.HealthChanged:
		return p.health(e)
	case event.CallEnded:
		if p.Kind == Outage {
			return p.outageCall(e)
		}
		return p.call(e)
	}
	return false
}

func (p *Episode) began(f *event.Fault) {
	p.active++
	if f.Kind.WrongValue() {
		p.wrong++
	} else {
		p.visible = true
	}
	switch {
	case slices.Contains(p.Labels, f.Label):
	case len(p.Labels) < maxLabels:
		p.Labels = append(p.Labels, f.Label)
	default:
		p.MoreFaults++
	}
}

// ended takes in the end of a fault. The event may come later than the end
// itself.
func (p *Episode) ended(e *event.Event) {
	p.active = max(p.active-1, 0)
	if e.Fault.Kind.WrongValue() {
		p.wrong = max(p.wrong-1, 0)
	}
	end := min(e.Fault.Start+e.Fault.Lasted, e.At)
	p.Ended = max(p.Ended, end, p.Began)
}

func (p *Episode) change(e *event.Event) {
	c := e.Change
	switch c.Reason {
	case breaker.Forced:
		p.act(sentence.By(c.By)+"forced open", e.At)
	case breaker.ForceReleased:
		p.act(sentence.By(c.By)+"released", e.At)
	case breaker.WasReset:
		p.act(sentence.By(c.By)+"reset", e.At)
	case breaker.WasDisabled:
		p.act(sentence.By(c.By)+"breaker off", e.At)
	case breaker.WasEnabled:
		p.act(sentence.By(c.By)+"breaker on", e.At)
	}
	if p.opened || p.forced {
		return
	}
	p.switched = p.switched || c.To == breaker.Disabled || c.From == breaker.Disabled
	switch {
	case c.To == breaker.ForcedOpen:
		p.forced = true
	case c.To == breaker.Open && c.From != breaker.ForcedOpen:
		p.opened, p.openedAt = true, e.At
	}
}

// act records what an operator did.
func (p *Episode) act(what string, at time.Duration) {
	if len(p.Operator) == maxActs {
		p.MoreActs++
		return
	}
	p.Operator = append(p.Operator, what+" "+words.Seconds(at-p.Began)+" in")
}

func (p *Episode) call(e *event.Event) (over bool) {
	c := &e.Call
	if c.Start < p.Began {
		return false // it began before the fault
	}
	switch {
	case c.Admitted:
		p.admitted(c)
	case !c.Held:
		p.FastFail++
		if !c.Faulted {
			p.FastFailWhileWell++
		}
	}
	if c.Faulted {
		p.Attempts += c.Attempts
		p.Avoided += c.Avoided
		p.AvoidedAtMost = p.AvoidedAtMost || c.AvoidedAtMost
	}
	p.value(c, e.At)
	return p.active == 0 && c.Start >= p.Ended && well(c)
}

// well is true for a call that read a value and after which the circuit lets all calls
// through.
func well(c *event.Call) bool {
	lets := c.Circuit.State == breaker.Closed || c.Circuit.State == breaker.Disabled
	return lets && c.Result == event.Live
}

func (p *Episode) admitted(c *event.Call) {
	p.sent++
	// The call that opens the circuit ends after it, or with it.
	if !p.opened || c.Start <= p.openedAt {
		p.SeenCalls++
		p.SeenAttempts += c.Attempts
	}
	switch c.Outcome {
	case breaker.Failure:
		p.failed++
	case breaker.Neutral:
		p.ignored++
	}
}

// value judges what the caller got.
func (p *Episode) value(c *event.Call, at time.Duration) {
	switch {
	case event.Substituted(c):
		p.Served++
		if !c.Admitted && !c.Held {
			p.FastFailServed++
		}
		p.Oldest = max(p.Oldest, at-c.SourceAt)
		if c.HasTruth {
			p.Judged++
			p.offBy = max(p.offBy, event.OffBy(c.Value, c.Truth))
		}
	case p.wrong > 0 && c.Faulted && c.Served && c.HasTruth:
		p.Wrong++
		p.wrongBy = max(p.wrongBy, event.OffBy(c.Value, c.Truth))
	}
}

// SoFar is the verdict without what is known only at the end.
func (p *Episode) SoFar() Verdict {
	v := p.Clone().Verdict
	v.Off, v.WrongOff = float64(p.offBy)/1e6, float64(p.wrongBy)/1e6
	if v.Seen = p.opened && p.before == breaker.Closed; v.Seen {
		v.SeenAfter = p.openedAt - v.Began
	} else {
		v.SeenCalls, v.SeenAttempts = 0, 0
	}
	return v
}

// End is the final verdict; e is the event that ended the episode.
func (p *Episode) End(e *event.Event) Verdict {
	v := p.SoFar()
	v.Over, v.Batch, v.Back = e.At, e.Batch, e.At-v.Ended
	if v.Kind == Outage {
		v.Back = e.At - p.goodAt
	}
	if !v.Seen {
		v.Why = p.why()
	}
	return v
}

// why returns the reason why the breaker did not see the episode.
func (p *Episode) why() string {
	switch {
	case p.before == breaker.Disabled && p.switched:
		return "the breaker was off when the " + p.Kind.String() + " began"
	case p.before == breaker.Disabled:
		return "the breaker is off"
	case p.before != breaker.Closed:
		return "the circuit was " + p.before.String() + " already"
	case p.forced:
		return "the circuit was forced open by hand"
	case p.switched:
		return "the breaker was switched off before it opened the circuit"
	case p.failed > 0:
		return fmt.Sprintf("%d of %s failed, too few to open the circuit", p.failed, words.Counted(p.sent, "call"))
	case !p.visible:
		return "the values were wrong, and " + sentence.Unseen
	case p.ignored > 0:
		return "callers gave up, and that is no failure"
	default:
		return "no call failed"
	}
}
