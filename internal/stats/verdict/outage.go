package verdict

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/words"
)

// BeginOutage begins an episode with a failed call that may be the first of an outage, of
// a real endpoint whose circuit was in the state before. watched is true where the
// policies only watch. The event must be given to Observe too.
func BeginOutage(e *event.Event, before breaker.State, watched bool) *Episode {
	c := &e.Call
	return &Episode{
		Verdict: Verdict{Kind: Outage, Began: c.Start, Cause: c.Err, Watched: watched},
		before:  before, visible: true,
	}
}

// Confirmed is true once the failed calls are an outage.
func (p *Episode) Confirmed() bool { return p.confirmed }

// Well is true once the endpoint of an outage answers again.
func (p *Episode) Well() bool { return p.Ended > 0 }

// FailAgain ends an outage with another call that failed before the sensor was back.
func (p *Episode) FailAgain(e *event.Event) Verdict {
	v := p.End(e)
	v.FailedAgain, v.Back = true, 0
	return v
}

func (p *Episode) health(e *event.Event) (over bool) {
	if p.Kind != Outage {
		return false
	}
	c := e.Health
	if c.To == health.Down {
		p.confirmed = true
		return false
	}
	if c.From != health.Down {
		return false
	}
	p.Ended, p.PlusMinus, p.goodAt = c.Since, c.PlusMinus, e.At
	return p.lastWell
}

// outageCall counts a call of an outage.
func (p *Episode) outageCall(e *event.Event) (over bool) {
	c := &e.Call
	if c.Start < p.Began {
		return false
	}
	answer := c.Result == event.Live
	switch {
	case c.Admitted:
		p.admitted(c)
	case !c.Held:
		p.FastFail++
		p.FastFailWhileWell += intOf(answer || !p.Watched)
	}
	if !p.Well() {
		p.outageAttempts(c)
	}
	p.value(c, e.At)
	p.lastWell = well(c)
	return p.Well() && p.lastWell
}

// outageAttempts counts what the endpoint was asked while it was down.
func (p *Episode) outageAttempts(c *event.Call) {
	p.Avoided += c.Avoided
	p.AvoidedAtMost = p.AvoidedAtMost || c.AvoidedAtMost
	if !event.Failed(c) {
		return
	}
	p.Attempts += c.Attempts
	if len(c.Tries) == 0 {
		p.SameCause += intOf(c.Err == p.Cause)
	}
	for i := range c.Tries {
		p.SameCause += intOf(c.Tries[i].Err == p.Cause)
	}
	if !p.Watched {
		p.FastFailWhileWell = 0 // those before were refused while it was down
	}
}

func intOf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Beside adds outages of other endpoints that overlap with this one.
func (v *Verdict) Beside(others []Overlap) {
	shared := func(o *Overlap) time.Duration {
		end := v.Ended
		if o.Ended > 0 {
			end = min(end, o.Ended)
		}
		return end - max(o.Began, v.Began)
	}
	others = slices.DeleteFunc(others, func(o Overlap) bool { return shared(&o) <= 0 })
	slices.SortStableFunc(others, func(a, b Overlap) int { return cmp.Compare(shared(&b), shared(&a)) })
	n := min(len(others), maxOverlaps)
	v.Overlaps, v.MoreOverlaps = others[:n:n], len(others)-n
}

// About is how far the end of an outage is known: " ± 10 s", and nothing where that is
// less than a second, or where the policies only watched: then it is never more than half
// an interval.
func (v *Verdict) About() string {
	if v.Watched {
		return ""
	}
	return words.Margin(v.PlusMinus, "±")
}

// outageText is the verdict of an outage in one line: "verdict: outage of 5 min 50 s ± 10 s,
// seen after 20.7 s, 63 attempts instead of up to 207, back 5.0 s after".
func (v *Verdict) outageText() string {
	text := "verdict: outage of " + words.Lasting(v.Lasted()) + v.About() + ", "
	seen := "not seen"
	if v.Seen {
		seen = "seen after " + words.Seconds(v.SeenAfter)
	}
	if v.Watched {
		if v.FastFail > 0 {
			seen += fmt.Sprintf(", refuses %d: %d bad, %d good", v.FastFail, v.FastFail-v.FastFailWhileWell, v.FastFailWhileWell)
		}
		return text + words.Counted(v.Attempts, "failed call") + " (" + seen + ")"
	}
	text += seen + ", " + v.attemptsText()
	if v.FailedAgain {
		return text + ", and it failed again before it was back"
	}
	return text + ", back " + words.Seconds(v.Back) + " after"
}
