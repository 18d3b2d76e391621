package stats

import (
	"time"

	"resiltui/internal/engine/breaker"
)

// StateTime is how long a breaker was in each state since the start of the run.
// OPEN counts until a probe was let through, which may be later than when it was
// due.
type StateTime struct {
	Closed, Open, HalfOpen, ForcedOpen, Disabled time.Duration
}

// Total is the time since the start.
func (s StateTime) Total() time.Duration {
	return s.Closed + s.Open + s.HalfOpen + s.ForcedOpen + s.Disabled
}

// add counts d towards a state. With several callers, an operator's transition
// may be published after a later event; a negative d counts as 0.
func (s *StateTime) add(state breaker.State, d time.Duration) {
	d = max(d, 0)
	switch state {
	case breaker.Closed:
		s.Closed += d
	case breaker.Open:
		s.Open += d
	case breaker.HalfOpen:
		s.HalfOpen += d
	case breaker.ForcedOpen:
		s.ForcedOpen += d
	case breaker.Disabled:
		s.Disabled += d
	}
}

// stateClock adds up the time in each state.
type stateClock struct {
	spent StateTime // up to since
	state breaker.State
	since time.Duration
}

func (c *stateClock) change(to breaker.State, at time.Duration) {
	c.spent.add(c.state, at-c.since)
	c.state, c.since = to, max(at, c.since)
}

// at is the time in each state up to now.
func (c stateClock) at(now time.Duration) StateTime {
	c.spent.add(c.state, now-c.since)
	return c.spent
}
