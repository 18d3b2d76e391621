package breaker

import "time"

// Brief is what to know of a Breaker after every call: a Snapshot without what takes
// longer to gather than such a call does. The fields are those of Snapshot.
type Brief struct {
	State State
	Since time.Duration

	Failures, FailureThreshold, FailuresToTrip, SlowToTrip int

	Sample                Sample
	MinVolume             int
	FailureRate, SlowRate float64
	SlowCall              time.Duration

	Good, SuccessesToClose int

	ProbeAt, OpenFor time.Duration
	Opens            uint64
}

// Brief returns the breaker as it is now. It changes nothing.
func (b *Breaker) Brief() Brief {
	b.mu.Lock()
	defer b.mu.Unlock()
	var at time.Duration // only a window needs it
	if b.window != nil {
		at = max(b.latest, b.set.Now())
	}
	return b.brief(at)
}

// brief is called with mu held.
func (b *Breaker) brief(at time.Duration) Brief {
	s := Brief{
		State:            b.state,
		Since:            b.since,
		FailureThreshold: max(0, b.set.FailureThreshold),
		MinVolume:        b.set.MinVolume,
		FailureRate:      b.set.FailureRate,
		SlowRate:         b.set.SlowRate,
		SlowCall:         b.set.SlowCall,
		SuccessesToClose: b.set.SuccessesToClose,
		Opens:            b.calls.CircuitOpenCount,
	}
	switch b.state {
	case Closed:
		s.Failures = b.failures.length
		if s.FailureThreshold > 0 {
			s.FailuresToTrip = max(1, s.FailureThreshold-s.Failures) // it may have been lowered, see Restore
		}
		if b.window != nil {
			b.forecast(&s, at)
		}
	case Open:
		s.OpenFor = b.delay
		s.ProbeAt = later(b.since, b.delay)
	case HalfOpen:
		s.Good = b.probation.good
	}
	return s
}

// forecast adds what the window holds, and what it lacks for a rate to trip.
func (b *Breaker) forecast(s *Brief, at time.Duration) {
	s.Sample = b.window.at(at)
	k := b.window.failuresMissing(at)
	if k > 0 && (s.FailuresToTrip == 0 || k < s.FailuresToTrip) {
		s.FailuresToTrip = k
	}
	s.SlowToTrip = b.window.slowMissing(at)
}
