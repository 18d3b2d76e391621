package breaker

import "time"

// Snapshot is a Breaker at one moment, with the settings that its figures are
// compared with. All times are on the breaker's clock. It is a value; only Last.Causes
// is shared and must not be changed.
type Snapshot struct {
	// Circuit is what changes from call to call. "Now" is At.
	Circuit
	// At is when the snapshot was taken.
	At time.Duration
	// Generation is the number of transitions so far.
	Generation uint64

	// FailureThreshold is how many failures in a row open the circuit; 0 if no number
	// does.
	FailureThreshold int
	// Window says which calls the rates are taken over. The zero value is none,
	// and then the fields from here to SlowCall are 0.
	Window Window
	// MinVolume is how many calls it must hold before a rate is judged.
	MinVolume int
	// FailureRate and SlowRate are the rates that open the circuit; 0 for none.
	FailureRate, SlowRate float64
	// SlowCall is the time beyond which a call is slow; 0 if none is.
	SlowCall time.Duration

	// SuccessesToClose is how many good probes in a row close the circuit.
	SuccessesToClose int
	// ProbesInFlight is how many probes are running; 0 unless HalfOpen.
	ProbesInFlight int
	// ProbesLate is how many of them are older than ProbeTimeout: the next call
	// will find them failed.
	ProbesLate int
	// MaxProbes is how many may run at a time.
	MaxProbes int

	// ProbeIn is the time from At until ProbeAt, 0 when that is over; 0 unless Open.
	ProbeIn time.Duration
	// ProbeDue is the effective state: Open, but the delay is over, and the next
	// call will be a probe. It depends on the time alone, not on calls.
	ProbeDue bool

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
	s := Snapshot{
		Circuit:          b.circuit(at),
		At:               at,
		Generation:       b.gen,
		FailureThreshold: max(0, b.set.FailureThreshold),
		Window:           b.set.Window,
		MinVolume:        b.set.MinVolume,
		FailureRate:      b.set.FailureRate,
		SlowRate:         b.set.SlowRate,
		SlowCall:         b.set.SlowCall,
		SuccessesToClose: b.set.SuccessesToClose,
		MaxProbes:        b.set.MaxProbes,
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
