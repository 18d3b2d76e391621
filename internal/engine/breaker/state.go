package breaker

import "fmt"

// State says which calls a Breaker lets through. The zero value is Closed.
type State uint8

const (
	// Closed lets every call through and counts failures in a row, and rates if set.
	Closed State = iota
	// Open refuses every call until the delay is over and a probe is due.
	Open
	// HalfOpen lets only probes through, and refuses all other calls.
	HalfOpen
	// ForcedOpen refuses every call until an operator ends it.
	ForcedOpen
	// Disabled lets every call through and judges none.
	Disabled
)

// String returns the state's name as reports spell it: CLOSED, OPEN, HALF_OPEN,
// FORCED_OPEN or DISABLED.
func (s State) String() string {
	switch s {
	case Closed:
		return "CLOSED"
	case Open:
		return "OPEN"
	case HalfOpen:
		return "HALF_OPEN"
	case ForcedOpen:
		return "FORCED_OPEN"
	case Disabled:
		return "DISABLED"
	}
	return fmt.Sprintf("State(%d)", uint8(s))
}

// MarshalText returns the name that String returns. It fails for a value that is
// none of the five states.
func (s State) MarshalText() ([]byte, error) {
	if s > Disabled {
		return nil, fmt.Errorf("breaker: %v is not a state", s)
	}
	return []byte(s.String()), nil
}

// Reason says why a transition happened. The zero value is TooManyFailures;
// [Transition].Seq, not the reason, reports whether there was a transition.
type Reason uint8

const (
	// TooManyFailures is Closed to Open: the threshold of failures in a row.
	TooManyFailures Reason = iota
	// ProbeDue is Open to HalfOpen: a call came after the delay.
	ProbeDue
	// ProbeFailed is HalfOpen to Open.
	ProbeFailed
	// ProbeTimedOut is HalfOpen to Open: a probe outlived ProbeTimeout.
	ProbeTimedOut
	// ProbesSucceeded is HalfOpen to Closed.
	ProbesSucceeded
	// Forced is any state to ForcedOpen, by an operator.
	Forced
	// ForceReleased is ForcedOpen to Open with a probe due at once.
	ForceReleased
	// WasDisabled is any state to Disabled, by an operator.
	WasDisabled
	// WasEnabled is Disabled to Closed, by an operator.
	WasEnabled
	// WasReset is any state to Closed, by an operator.
	WasReset
	// TooHighFailureRate is Closed to Open: the failures in the window.
	TooHighFailureRate
	// TooManySlow is Closed to Open: the slow calls in the window.
	TooManySlow
)

// String returns the reason in words, as the table of the package documentation
// has them.
func (r Reason) String() string {
	switch r {
	case TooManyFailures:
		return "too many failures"
	case ProbeDue:
		return "probe due"
	case ProbeFailed:
		return "probe failed"
	case ProbeTimedOut:
		return "probe timed out"
	case ProbesSucceeded:
		return "probes succeeded"
	case Forced:
		return "forced open"
	case ForceReleased:
		return "force released"
	case WasDisabled:
		return "disabled"
	case WasEnabled:
		return "enabled"
	case WasReset:
		return "reset"
	case TooHighFailureRate:
		return "failure rate too high"
	case TooManySlow:
		return "too many slow calls"
	}
	return fmt.Sprintf("Reason(%d)", uint8(r))
}

// MarshalText returns the words that String returns. It fails for a value that
// is none of the twelve reasons.
func (r Reason) MarshalText() ([]byte, error) {
	if r > TooManySlow {
		return nil, fmt.Errorf("breaker: %v is not a reason", r)
	}
	return []byte(r.String()), nil
}

// target is the table of the package documentation as code: the state that
// reason leads to, and whether it may happen in from. Every transition passes
// here, see Breaker.move.
func target(from State, reason Reason) (to State, ok bool) {
	switch reason {
	case TooManyFailures, TooHighFailureRate, TooManySlow:
		return Open, from == Closed
	case ProbeDue:
		return HalfOpen, from == Open
	case ProbeFailed, ProbeTimedOut:
		return Open, from == HalfOpen
	case ProbesSucceeded:
		return Closed, from == HalfOpen
	case Forced:
		return ForcedOpen, from != ForcedOpen
	case ForceReleased:
		return Open, from == ForcedOpen
	case WasDisabled:
		return Disabled, from != Disabled
	case WasEnabled:
		return Closed, from == Disabled
	case WasReset:
		return Closed, true
	}
	return from, false
}
