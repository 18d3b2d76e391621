package sentence

import (
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Standing is the state of a circuit, and how it got there.
type Standing struct {
	// Run is the run that the times belong to; nil where only the run's time is known.
	Run   *event.Run
	State breaker.State
	// Change is the last change of its state, at the time At; nil where there was
	// none.
	Change *event.Change
	At     time.Duration
	// Opening is the last change that opened it, at the time OpenedAt; nil where
	// there was none.
	Opening  *event.Change
	OpenedAt time.Duration
}

// Why says why the circuit is in its state: when and why it opened or closed. room
// is the number of cells: the beginning is dropped before the cause would be cut.
func (s Standing) Why(room int) string {
	c := s.Change
	switch {
	case c == nil && s.State == breaker.Disabled:
		return "no circuit, every call goes through"
	case c == nil:
		return words.FirstFit(room, "never opened", "never")
	}
	at := Moment(s.Run, s.At)
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
	return openingWords(s.Opening, Moment(s.Run, s.OpenedAt), room)
}

// changed says what a circuit did, when, and why; where there is no room, without the
// beginning.
func changed(did, at, why string, room int) string {
	return words.FirstFit(room, did+" "+at+"  "+why, at+"  "+why, why)
}

// openingWords says when and why a circuit opened, in room cells.
func openingWords(c *event.Change, when string, room int) string {
	var head string
	cause := c.Cause
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

// Opening is why a circuit opened: the rule or who did it, and separately the
// cause, empty where there is none.
func Opening(c *event.Change) (why, cause string) {
	bare := *c
	bare.Cause, bare.Attempts = "", 0
	why = Reason(&bare)
	if why == "" || c.By != "" {
		why = Mover(c)
	}
	return why, c.Cause
}

// Mover is who or what changed the state of a circuit, in words.
func Mover(c *event.Change) string {
	if c.By != "" {
		return c.By
	}
	return c.Reason.String()
}
