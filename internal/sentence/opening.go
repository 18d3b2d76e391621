package sentence

import (
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
// is the cells that it may have: the front goes before the cause would be cut.
func (s Standing) Why(room int) string {
	c := s.Change
	switch {
	case c == nil && s.State == breaker.Disabled:
		return "no circuit, every call goes through"
	case c == nil:
		return words.FirstFit(room, "never opened", "never")
	}
	at := words.Clock(s.At)
	switch s.State {
	case breaker.Closed:
		if c.Reason == breaker.ProbesSucceeded {
			return changed("closed", at, words.Counted(c.Count, "good probe"), room)
		}
		return changed("closed", at, Mover(c), room)
	case breaker.ForcedOpen:
		return changed("forced", at, Mover(c), room)
	case breaker.Disabled:
		return changed("disabled", at, Mover(c), room)
	}
	if s.Opening == nil {
		return "opened " + at
	}
	return openingWords(s.Opening, s.OpenedAt, room)
}

// changed is what a circuit did, when, and why, without the front where there is no room.
func changed(did, at, why string, room int) string {
	return words.FirstFit(room, did+" "+at+"  "+why, at+"  "+why, why)
}

// openingWords is why and when a circuit opened, in the cells that there are.
func openingWords(c *event.Change, at time.Duration, room int) string {
	when, cause := words.Clock(at), c.Cause
	var head string
	switch c.Reason {
	case breaker.TooManyFailures:
		head = strconv.Itoa(c.Count) + " in a row"
	case breaker.TooHighFailureRate:
		rate, _ := c.Sample.FailureRate()
		head = words.Rate(rate) + " failed"
	case breaker.TooManySlow:
		rate, _ := c.Sample.SlowRate()
		head = words.Rate(rate) + " slow"
	case breaker.ProbeFailed:
		head = "probe"
	case breaker.ProbeTimedOut:
		head = "probe"
		if cause == "" {
			cause = c.Reason.String()
		}
	default:
		return changed("opened", when, Mover(c), room)
	}
	if cause == "" {
		return changed("opened", when, head, room)
	}
	short := strings.TrimPrefix(cause, "connection ")
	why := head + ": " + short
	return words.FirstFit(room, "opened "+when+"  "+head+": "+cause, "opened "+when+"  "+why, when+"  "+why, why, short)
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
