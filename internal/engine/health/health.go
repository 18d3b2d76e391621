// Package health decides from the calls of a real endpoint whether it is up, slow or
// down, since when and why. It is a rule, like a policy, but one that only watches: it
// refuses nothing and delays nothing.
//
// What the policies delivered is no part of it. A call that the circuit refused is no
// observation of the endpoint, because nobody asked it.
package health

import (
	"fmt"
	"time"
)

// State is what an endpoint's last answers say of it.
type State uint8

// The states.
const (
	// Unknown is an endpoint that was not asked yet.
	Unknown State = iota
	// Up is an endpoint that answers; a single failed call does not change that.
	Up
	// Slow is up, but with several answers in a row beyond Thresholds.Slow.
	Slow
	// Down is an outage: Thresholds.OutageAfter failed calls in a row, until the first
	// good answer.
	Down
)

// String is the word of screens and logs: UNKNOWN, UP, SLOW, DOWN.
func (s State) String() string {
	switch s {
	case Unknown:
		return "UNKNOWN"
	case Up:
		return "UP"
	case Slow:
		return "SLOW"
	case Down:
		return "DOWN"
	default:
		return "unknown"
	}
}

// Thresholds say when an endpoint is slow, down or flapping. The zero value of a field
// is its default.
type Thresholds struct {
	// Slow is how long an answer may take that is not slow; SlowAnswers how many slow ones
	// in a row make the endpoint slow. The defaults are 1 s and 5.
	Slow        time.Duration
	SlowAnswers int
	// OutageAfter is how many failed calls in a row are an outage, at least 1; the
	// default is 2.
	OutageAfter int
	// FlappingOutages outages that began within FlappingWithin are flapping. The
	// defaults are 2 and 10 minutes.
	FlappingOutages int
	FlappingWithin  time.Duration
}

// The defaults of Thresholds.
const (
	DefaultSlow            = time.Second
	DefaultSlowAnswers     = 5
	DefaultOutageAfter     = 2
	DefaultFlappingOutages = 2
	DefaultFlappingWithin  = 10 * time.Minute
)

// Resolved is the thresholds with their defaults filled in.
func (t Thresholds) Resolved() Thresholds {
	if t.Slow == 0 {
		t.Slow = DefaultSlow
	}
	if t.SlowAnswers == 0 {
		t.SlowAnswers = DefaultSlowAnswers
	}
	if t.OutageAfter == 0 {
		t.OutageAfter = DefaultOutageAfter
	}
	if t.FlappingOutages == 0 {
		t.FlappingOutages = DefaultFlappingOutages
	}
	if t.FlappingWithin == 0 {
		t.FlappingWithin = DefaultFlappingWithin
	}
	return t
}

// Validate returns an error for the first threshold that is out of range.
func (t Thresholds) Validate() error {
	switch {
	case t.Slow < 0:
		return fmt.Errorf("slow %v: must be 0 (for %v) or more", t.Slow, DefaultSlow)
	case t.SlowAnswers < 0:
		return fmt.Errorf("slow answers %d: must be 0 (for %d) or more", t.SlowAnswers, DefaultSlowAnswers)
	case t.OutageAfter < 0:
		return fmt.Errorf("outage after %d: must be 0 (for %d) or more", t.OutageAfter, DefaultOutageAfter)
	case t.FlappingOutages < 0 || t.FlappingWithin < 0:
		return fmt.Errorf("flapping %d in %v: must be 0 (for the defaults) or more", t.FlappingOutages, t.FlappingWithin)
	}
	return nil
}

// Change is a change of an endpoint's state.
type Change struct {
	From, To State
	// Since is when To began, in time of the run: for Down, when the first of the failed
	// calls began; for Slow, when the first of the slow ones did; for Up after an outage,
	// the middle between the begin of the last failed attempt and the begin of the first good one.
	// It is before the time of the event.
	Since time.Duration
	// Cause is why, where To is Down, and why it was, where From is Down: the error of the
	// first failed call, in words, clean and one line.
	Cause string
	// Calls is how many calls in a row led to To. Slowest is the longest of them, where To
	// is Slow.
	Calls   int
	Slowest time.Duration
	// Began is when the outage that is over began, where From is Down. PlusMinus is half of
	// the time around Since in which nobody asked.
	Began, PlusMinus time.Duration
}
