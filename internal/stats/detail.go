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
	// Admitted is false where the breaker refused; otherwise Outcome is what
	// was reported to it. Probe is true for a call in HALF_OPEN.
	Admitted, Probe bool
	Outcome         breaker.Outcome
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

// Spared is what the circuit kept away from the sensor since it last tripped.
type Spared struct {
	// Calls were refused.
	Calls uint64
	// Attempts is how many these could have sent at most: Calls times the
	// attempts allowed per call.
	Attempts uint64
}

func callOf(e *event.Event) Call {
	c := &e.Call
	return Call{
		Number: c.Number, Batch: e.Batch, Start: c.Start, Took: c.Took, Waited: c.Waited,
		Attempts: c.Attempts, Tries: c.Tries, Value: c.Value, SourceAt: c.SourceAt, Err: c.Err,
		HasValue: c.Served, Quality: c.Quality, Mark: event.MarkOf(c), Admitted: c.Admitted,
		Probe: c.Probe, Outcome: c.Outcome, State: c.Circuit.State, Fault: c.Faulted,
	}
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
