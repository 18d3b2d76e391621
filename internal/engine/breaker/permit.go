package breaker

import "time"

// Permit is the permission to call the service once. It knows the generation it
// was made in and, for a probe, which probe it is, so that no call can free
// another call's slot. The zero value, which comes with a refusal, does nothing.
// A Permit must not be copied after its first use.
type Permit struct {
	b         *Breaker
	gen       uint64
	probation *probation    // of a probe, else nil
	id        uint64        // of the probe in its probation
	began     time.Duration // of a probe, and of every call where SlowCall is set
	done      bool          // guarded by b.mu
}

// Probe reports whether the call is a probe, made in HalfOpen.
func (p *Permit) Probe() bool { return p.probation != nil }

// Release reports how the call ended and gives its slot back. err is the cause
// that a transition will name; it may be nil. Only the first Release of a permit
// counts, also when several come at once. A value that is none of the three
// outcomes counts as a Failure.
//
// A call of an older generation counts in the metrics only. So does a probe that
// was already written off because it outlived ProbeTimeout, but it was counted,
// as a failure, when that was noticed, and is not counted again.
func (p *Permit) Release(o Outcome, err error) {
	b := p.b
	if b == nil {
		return
	}
	b.mu.Lock()
	if p.done {
		b.mu.Unlock()
		return
	}
	p.done = true
	if o == Success && p.probation == nil && b.failures.length == 0 && b.window == nil {
		// The common case: a success that has nothing to reset and is in no sample,
		// in whatever state or generation.
		b.calls.SuccessCalls++
		b.mu.Unlock()
		return
	}
	b.finish(p, o, err)
	drain := b.notifier.claim()
	b.mu.Unlock()
	if drain {
		b.drain()
	}
}
