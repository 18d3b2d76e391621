package stats

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
)

// Limits of what is kept of one sensor for its detail page.
const (
	// MaxRecent is how many calls are kept with their attempts, fewer where there
	// are many sensors (Recent).
	MaxRecent = 64
	// MaxChanges is how many transitions are kept with their reasons.
	MaxChanges = 16
)

// Call is one of the last calls with all its attempts: an event.Call with only
// the state of the circuit, which saves nearly half of its size.
type Call struct {
	// Number counts the sensor's calls, from 1.
	Number uint64
	Batch  int
	// Start is when it began; Took how long it lasted; Waited how much of that
	// was between attempts.
	Start, Took, Waited time.Duration
	// Attempts were sent: 0 where the circuit refused.
	Attempts int
	// Tries are the attempts one by one, empty where the circuit refused.
	Tries []event.Try
	// HasValue is true where Value was delivered, of Quality, true at SourceAt.
	Value    float64
	SourceAt time.Duration
	// Err is the cause where the value is not live.
	Err      string
	HasValue bool
	Quality  fallback.Quality
	Mark     event.Mark
	// Admitted is false where the breaker refused, or where the call was Held; otherwise
	// Outcome is what was reported to it. Probe is true for a call in HALF_OPEN.
	Admitted, Held, Probe bool
	Outcome               breaker.Outcome
	// State is the breaker's state after the call.
	State breaker.State
	// Fault says that an injected fault was active.
	Fault bool
}

// ChangeView is one transition of a breaker.
type ChangeView struct {
	// At is when it happened; Batch the batch whose calls caused it.
	At     time.Duration
	Batch  int
	Change *event.Change
}

// Avoided is what the circuit kept away from the sensor since it last tripped.
type Avoided struct {
	// Calls were refused.
	Calls uint64
	// Attempts is how many these could have sent at most: Calls times the
	// attempts allowed per call.
	Attempts uint64
}

// set makes c the call of an event. It sets each field by itself, which takes half as
// long as making a Call and copying it.
func (c *Call) set(e *event.Event, mark event.Mark) {
	from := &e.Call
	c.Number, c.Batch, c.Start, c.Took, c.Waited = from.Number, e.Batch, from.Start, from.Took, from.Waited
	c.Attempts, c.Tries, c.Err = from.Attempts, from.Tries, from.Err
	c.HasValue, c.Value, c.SourceAt, c.Quality, c.Mark = from.Served, from.Value, from.SourceAt, from.Quality, mark
	c.Admitted, c.Held, c.Probe, c.Outcome, c.State, c.Fault = from.Admitted, from.Held, from.Probe, from.Outcome, from.Circuit.State, from.Faulted
}

// withTries adds the only attempt of a call that succeeded at once, which
// events leave out.
func (c Call) withTries() Call {
	if c.Admitted && c.Attempts == 1 && len(c.Tries) == 0 {
		c.Tries = []event.Try{{Start: c.Start, Took: c.Took}}
		if c.Mark != event.MarkLive {
			c.Tries[0].Err = c.Err
		}
	}
	return c
}

// detail copies what only the detail page shows.
func (s *sensor) detail(v *SensorView) {
	v.Recent = s.recent.Last(MaxRecent)
	for i := range v.Recent {
		v.Recent[i] = v.Recent[i].withTries()
	}
	v.Changes = s.changes.Last(MaxChanges)
}
