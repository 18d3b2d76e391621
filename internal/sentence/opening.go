package sentence

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Standing is where a circuit is, and how it came there.
type Standing struct {
	State breaker.State
	// Change is the last change of its state, which came at At; nil where none did.
	Change *event.Change
	At     time.Duration
	// Opening is the last change that opened it, which came at OpenedAt; nil where
	// none did.
	Opening  *event.Change
	OpenedAt time.Duration
}

// Why says why the circuit is as it is: when it opened or closed, and by what. room
// is the cells that it may have; a well-known long cause is shortened before it would
// be cut.
func (s Standing) Why(room int) string {
	c := s.Change
	switch {
	case c == nil && s.State == breaker.Disabled:
		return "no circuit, every call goes through"
	case c == nil:
		return "never opened"
	}
	at := words.Clock(s.At)
	switch s.State {
	case breaker.Closed:
		if c.Reason == breaker.ProbesSucceeded {
			return fmt.Sprintf("closed %s  %d good %s", at, c.Count, words.Plural("probe", "probes", c.Count))
		}
		return "closed " + at + "  " + Mover(c)
	case breaker.ForcedOpen:
		return "forced " + at + "  " + Mover(c)
	case breaker.Disabled:
		return "disabled " + at + "  " + Mover(c)
	}
	if s.Opening == nil {
		return "opened " + at
	}
	return openingWords(s.Opening, s.OpenedAt, room)
}

// openingWords is why and when a circuit opened, in the cells that there are.
func openingWords(c *event.Change, at time.Duration, room int) string {
	head := "opened " + words.Clock(at) + "  "
	cause := c.Cause
	switch c.Reason {
	case breaker.TooManyFailures:
		head += strconv.Itoa(c.Count) + " in a row"
	case breaker.TooHighFailureRate:
		rate, _ := c.Sample.FailureRate()
		head += words.Rate(rate) + " failed"
	case breaker.TooManySlow:
		rate, _ := c.Sample.SlowRate()
		head += words.Rate(rate) + " slow"
	case breaker.ProbeFailed:
		head += "probe"
	case breaker.ProbeTimedOut:
		head += "probe"
		if cause == "" {
			cause = c.Reason.String()
		}
	default:
		return head + Mover(c)
	}
	if cause == "" {
		return head
	}
	if words.Width(head)+2+words.Width(cause) > room {
		cause = strings.TrimPrefix(cause, "connection ")
	}
	return head + ": " + cause
}

// Opening is why a circuit opened: the rule or who did it, and apart from that
// its cause, which is empty where there is none.
func Opening(c *event.Change) (why, cause string) {
	bare := *c
	bare.Cause, bare.Attempts = "", 0
	why = Reason(&bare)
	if why == "" || c.By != "" {
		why = Mover(c)
	}
	return why, c.Cause
}

// Mover is who or what moved a circuit, in words.
func Mover(c *event.Change) string {
	if c.By != "" {
		return c.By
	}
	return c.Reason.String()
}
