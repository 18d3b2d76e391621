package breaker

// Sample is what a window holds: the calls of which the rates are taken. A call
// may be both failed and slow. Refused and neutral calls are not among them, and
// neither are calls of an older generation.
type Sample struct {
	// Calls is all of them.
	Calls int
	// Failures is how many failed.
	Failures int
	// Slow is how many took longer than Settings.SlowCall.
	Slow int
}

// FailureRate returns Failures / Calls, from 0 to 1, rounded to 1e-6. ok is false
// when there is no call; the rate is then not known.
func (s Sample) FailureRate() (rate float64, ok bool) {
	return share(uint64(s.Failures), uint64(s.Calls))
}

// SlowRate returns Slow / Calls, from 0 to 1, rounded to 1e-6. ok is false when
// there is no call; the rate is then not known.
func (s Sample) SlowRate() (rate float64, ok bool) {
	return share(uint64(s.Slow), uint64(s.Calls))
}

// add counts one more call.
func (s *Sample) add(failed, slow bool) {
	s.Calls++
	if failed {
		s.Failures++
	}
	if slow {
		s.Slow++
	}
}

// minus returns s without the calls of o, which must be among them.
func (s Sample) minus(o Sample) Sample {
	return Sample{s.Calls - o.Calls, s.Failures - o.Failures, s.Slow - o.Slow}
}
