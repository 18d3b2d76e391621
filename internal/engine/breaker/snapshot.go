package breaker

import "time"

// Snapshot is a Breaker at one moment. All times are on the breaker's clock. It
// is a value; only Last.Causes is shared and must not be changed.
type Snapshot struct {
	// At is when the snapshot was taken.
	At time.Duration
	// State is the state; see ProbeDue for an Open one whose delay is over.
	State State
	// Generation is the number of transitions so far.
	Generation uint64
	// Since is when the state began.
	Since time.Duration

	// Failures is the failures in a row; 0 unless Closed.
	Failures int
	// FailureThreshold is how many of them open the circuit; 0 if no number does.
	FailureThreshold int
	// FailuresToTrip is how many more failures in a row, all of them quick and
	// ended at At, open it by whatever rule; 0 unless Closed, and where no number
	// of them would.
	FailuresToTrip int

	// Window is of which calls the rates are taken. The zero value is none, and
	// then the fields from here to SlowToTrip are 0.
	Window Window
	// Sample is what the window holds, without what has left it by At; empty unless
	// Closed. Its methods give the rates.
	Sample Sample
	// MinVolume is how many calls it must hold before a rate is judged.
	MinVolume int
	// FailureRate and SlowRate are the rates that open the circuit; 0 for none.
	FailureRate, SlowRate float64
	// SlowCall is the time beyond which a call is slow; 0 if none is.
	SlowCall time.Duration
	// SlowToTrip is how many more calls in a row that are slow, but succeed, open
	// the circuit when they all end at At; 0 unless Closed, and where no number of
	// them would.
	SlowToTrip int

	// Good is the good probes in a row; 0 unless HalfOpen.
	Good int
	// SuccessesToClose is how many of them close the circuit.
	SuccessesToClose int
	// ProbesInFlight is how many probes are running; 0 unless HalfOpen.
	ProbesInFlight int
	// ProbesLate is how many of them are older than ProbeTimeout: the next call
	// will find them failed.
	ProbesLate int
	// MaxProbes is how many may run at a time.
	MaxProbes int

	// ProbeAt is when a probe is due; 0 unless Open.
	ProbeAt time.Duration
	// ProbeIn is the time from At until ProbeAt, 0 when that is over; 0 unless Open.
	ProbeIn time.Duration
	// ProbeDue is the effective state: Open, but the delay is over, and the next
	// call will be a probe. It depends on the time alone, not on calls.
	ProbeDue bool
	// OpenFor is the delay in force, growth and jitter included; 0 unless Open.
	OpenFor time.Duration
	// Opens is the number of openings since New, the same as
	// Metrics.CircuitOpenCount.
	Opens uint64

	// Last is the latest transition, if HasLast.
	Last Transition
	// HasLast is false until the first transition.
	HasLast bool
	// LastFailure is when the latest failure was reported, in whatever state, if
	// HasFailed.
	LastFailure time.Duration
	// HasFailed is false until the first failure.
	HasFailed bool

	// Metrics are the counts at the same moment.
	Metrics Metrics
}

// Snapshot returns the breaker as it is now. It changes nothing.
func (b *Breaker) Snapshot() Snapshot {
	b.mu.Lock()
	defer b.mu.Unlock()
	at := max(b.latest, b.set.Now())
	brief := b.brief(at)
	s := Snapshot{
		At:               at,
		State:            brief.State,
		Generation:       b.gen,
		Since:            brief.Since,
		Failures:         brief.Failures,
		FailureThreshold: brief.FailureThreshold,
		FailuresToTrip:   brief.FailuresToTrip,
		SlowToTrip:       brief.SlowToTrip,
		Window:           b.set.Window,
		Sample:           brief.Sample,
		MinVolume:        brief.MinVolume,
		FailureRate:      brief.FailureRate,
		SlowRate:         brief.SlowRate,
		SlowCall:         brief.SlowCall,
		Good:             brief.Good,
		SuccessesToClose: brief.SuccessesToClose,
		MaxProbes:        b.set.MaxProbes,
		ProbeAt:          brief.ProbeAt,
		OpenFor:          brief.OpenFor,
		Opens:            brief.Opens,
		Last:             b.last,
		HasLast:          b.gen > 0,
		LastFailure:      b.lastFailure,
		HasFailed:        b.calls.FailureCalls > 0,
		Metrics:          b.metrics(),
	}
	switch b.state {
	case Open:
		s.ProbeIn = max(0, s.ProbeAt-at)
		s.ProbeDue = s.ProbeIn == 0
	case HalfOpen:
		s.ProbesInFlight = len(b.probation.probes)
		s.ProbesLate = b.probation.late(at, b.set.ProbeTimeout)
	}
	return s
}
