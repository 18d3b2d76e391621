package breaker

import "math"

// Metrics are the counts of all calls since New. No action resets them. At any
// moment
//
//	TotalCalls = SuccessCalls + FailureCalls + FastFailCount + IgnoredCalls + InFlight
type Metrics struct {
	// TotalCalls is every entry, refused ones included.
	TotalCalls uint64 `json:"totalCalls"`
	// SuccessCalls is the calls that ended in Success, in whatever state.
	SuccessCalls uint64 `json:"successCalls"`
	// FailureCalls is the calls that ended in Failure, and the probes that timed out.
	FailureCalls uint64 `json:"failureCalls"`
	// CircuitOpenCount is the openings, forced ones included; see Transition.Opens.
	CircuitOpenCount uint64 `json:"circuitOpenCount"`
	// FastFailCount is the calls refused: open, forced open, or half-open with no
	// probe free. A refused call is not a failure.
	FastFailCount uint64 `json:"fastFailCount"`
	// ProbeSuccessCount is the successes of probes that counted in HalfOpen, slow ones
	// left out.
	ProbeSuccessCount uint64 `json:"probeSuccessCount"`
	// ProbeFailCount is the failures of probes that counted in HalfOpen, those that
	// timed out included, and the successes that were slow. A probe whose half-open
	// phase had ended is in neither.
	ProbeFailCount uint64 `json:"probeFailCount"`
	// IgnoredCalls is the calls that ended in Neutral.
	IgnoredCalls uint64 `json:"ignoredCalls"`
	// InFlight is the calls that have not ended, without the probes written off
	// because they timed out.
	InFlight uint64 `json:"inFlight"`
}

// SuccessRate returns SuccessCalls / TotalCalls, from 0 to 1, rounded to 1e-6.
// ok is false when there was no call; the rate is then not known.
func (m Metrics) SuccessRate() (rate float64, ok bool) {
	return share(m.SuccessCalls, m.TotalCalls)
}

// FastFailRate returns FastFailCount / TotalCalls, from 0 to 1, rounded to 1e-6.
// ok is false when there was no call; the rate is then not known.
func (m Metrics) FastFailRate() (rate float64, ok bool) {
	return share(m.FastFailCount, m.TotalCalls)
}

func share(part, whole uint64) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return math.Round(float64(part)/float64(whole)*1e6) / 1e6, true
}

// Metrics returns the counts as they are now.
func (b *Breaker) Metrics() Metrics {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.metrics()
}

// metrics completes the counts. Calls in flight are not counted one by one: they
// are what is left of the total, so the sum holds by construction.
func (b *Breaker) metrics() Metrics {
	m, quick := b.calls, b.quick.Load() // read once, so that both counts include the same calls
	m.TotalCalls += quick
	m.FastFailCount += quick
	m.InFlight = m.TotalCalls - m.SuccessCalls - m.FailureCalls - m.FastFailCount - m.IgnoredCalls
	return m
}
