package breaker

import (
	"fmt"
	"time"
)

// Transition is one change of state. It is a value; only Causes is shared
// between copies and must not be changed.
type Transition struct {
	// Seq numbers a breaker's transitions from 1 without gaps. It is also the
	// number of the generation that the transition begins.
	Seq uint64
	// At is when it happened, on the breaker's clock. It never decreases with Seq.
	At time.Duration
	// From is the state before, the same as To of the transition before.
	From State
	// To is the state after.
	To State
	// Reason is why.
	Reason Reason
	// Delay is how long the circuit now stays open before a probe is due, jitter
	// included; 0 unless To is Open, and 0 after ForceReleased.
	Delay time.Duration
	// Failures is how many failures in a row opened the circuit, for
	// TooManyFailures; else 0. It may be larger than the number of Causes.
	Failures int
	// Causes are the failures that opened the circuit, oldest first, the latest 16
	// at most; for TooHighFailureRate those in the Sample. Empty where no failure
	// was the reason, as for TooManySlow.
	Causes []Cause
	// Sample is what the window held when the circuit opened from Closed, the call
	// that opened it included. Empty for all other transitions and without a window.
	Sample Sample
	// Limit is the threshold that the rate in the Sample had reached:
	// Settings.FailureRate for TooHighFailureRate, Settings.SlowRate for
	// TooManySlow; else 0.
	Limit float64
	// Good is how many good probes closed the circuit, for ProbesSucceeded; else 0.
	Good int
}

// Cause is one failure behind a transition.
type Cause struct {
	// At is when the failure was reported, or noticed if a probe timed out.
	At time.Duration
	// Err is the error that was given to Release; it may be nil.
	Err error
}

// Rate returns the rate that had reached Limit, from 0 to 1, rounded to 1e-6: the
// failure rate or the slow rate of the Sample. ok is false for every other reason.
func (t Transition) Rate() (rate float64, ok bool) {
	switch t.Reason {
	case TooHighFailureRate:
		return t.Sample.FailureRate()
	case TooManySlow:
		return t.Sample.SlowRate()
	}
	return 0, false
}

// Opens reports whether the transition counts as an opening in circuitOpenCount:
// every one to Open or ForcedOpen does, except from ForcedOpen to Open, which
// only goes on with the opening that was counted before.
func (t Transition) Opens() bool {
	return t.To == ForcedOpen || t.To == Open && t.From != ForcedOpen
}

// String returns one line, for example
//
//	CLOSED to OPEN: 5 failures in a row (connection refused)
//	CLOSED to OPEN: 52 % of 50 %: 26 of 50 calls failed (connection refused)
//	CLOSED to OPEN: 60 % of 50 %: 6 of 10 calls were slow
//
// with the latest cause in brackets.
func (t Transition) String() string {
	text := fmt.Sprintf("%v to %v: %s", t.From, t.To, t.why())
	if n := len(t.Causes); n > 0 && t.Causes[n-1].Err != nil && t.Reason != ProbeTimedOut {
		text += fmt.Sprintf(" (%v)", t.Causes[n-1].Err)
	}
	return text
}

func (t Transition) why() string {
	switch {
	case t.Reason == TooManyFailures && t.Failures == 1:
		return "1 failure"
	case t.Reason == TooManyFailures:
		return fmt.Sprintf("%d failures in a row", t.Failures)
	case t.Reason == TooHighFailureRate:
		return t.percent() + fmt.Sprintf("%d of %d calls failed", t.Sample.Failures, t.Sample.Calls)
	case t.Reason == TooManySlow:
		return t.percent() + fmt.Sprintf("%d of %d calls were slow", t.Sample.Slow, t.Sample.Calls)
	case t.Reason == ProbesSucceeded && t.Good == 1:
		return "1 good probe"
	case t.Reason == ProbesSucceeded:
		return fmt.Sprintf("%d good probes in a row", t.Good)
	}
	return t.Reason.String()
}

func (t Transition) percent() string {
	rate, _ := t.Rate()
	return fmt.Sprintf("%.4g %% of %.4g %%: ", rate*100, t.Limit*100)
}
