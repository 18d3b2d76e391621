package breaker

import "time"

// Circuit is the part of a Breaker that changes from call to call: its state, how it
// got there, and what is missing for the next one. It is a value without the settings,
// which never change and which a reader has anyway. All times are on the breaker's
// clock. The zero value is a closed circuit that nothing trips.
type Circuit struct {
	// State is the state. An Open one stays so beyond ProbeAt, until the next call.
	State State
	// Since is when the state began.
	Since time.Duration

	// Failures is the failures in a row; 0 unless Closed.
	Failures int
	// FailuresToTrip is how many more failures in a row, none of them slow and
	// all ending now, open the circuit by any rule; 0 unless Closed, and where
	// no number of them would.
	FailuresToTrip int
	// SlowToTrip is how many more calls in a row that are slow, but succeed, open
	// the circuit when they all end now; 0 unless Closed, and where no number of
	// them would.
	SlowToTrip int
	// Sample is what the window holds, without what has left it by now; empty unless
	// Closed, and without a window. Its methods give the rates.
	Sample Sample

	// Good is the good probes in a row; 0 unless HalfOpen.
	Good int
	// GoodToClose is how many more of them close the circuit; 0 unless HalfOpen.
	GoodToClose int

	// ProbeAt is when a probe is due; 0 unless Open.
	ProbeAt time.Duration
	// OpenFor is the delay in force, growth and jitter included; 0 unless Open.
	OpenFor time.Duration
	// Opens is the number of openings since New, the same as
	// Metrics.CircuitOpenCount.
	Opens uint64
}

// Circuit returns what the breaker is now. It changes nothing. It takes less time than
// a Snapshot, so that it can be asked for after every call.
func (b *Breaker) Circuit() Circuit {
	b.mu.Lock()
	defer b.mu.Unlock()
	var at time.Duration // only a window needs it
	if b.window != nil {
		at = max(b.latest, b.set.Now())
	}
	return b.circuit(at)
}

// circuit is called with mu held.
func (b *Breaker) circuit(at time.Duration) Circuit {
	c := Circuit{State: b.state, Since: b.since, Opens: b.calls.CircuitOpenCount}
	switch b.state {
	case Closed:
		c.Failures = b.failures.length
		if b.set.FailureThreshold > 0 {
			c.FailuresToTrip = max(1, b.set.FailureThreshold-c.Failures) // it may have been lowered, see Restore
		}
		if b.window != nil {
			b.forecast(&c, at)
		}
	case Open:
		c.OpenFor = b.delay
		c.ProbeAt = later(b.since, b.delay)
	case HalfOpen:
		c.Good = b.probation.good
		c.GoodToClose = b.set.SuccessesToClose - c.Good
	}
	return c
}

// forecast adds what the window holds, and what is missing for a rate to trip.
func (b *Breaker) forecast(c *Circuit, at time.Duration) {
	c.Sample = b.window.at(at)
	k := b.window.failuresMissing(at)
	if k > 0 && (c.FailuresToTrip == 0 || k < c.FailuresToTrip) {
		c.FailuresToTrip = k
	}
	c.SlowToTrip = b.window.slowMissing(at)
}
