package sentence

import (
	"fmt"
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

func stateTopic(s breaker.State) Topic {
	switch s {
	case breaker.Open:
		return TopicOpen
	case breaker.HalfOpen:
		return TopicHalfOpen
	case breaker.ForcedOpen:
		return TopicForced
	case breaker.Disabled:
		return TopicDisabled
	default:
		return TopicClosed
	}
}

// changeText is the sentence of a transition, e.g. "CLOSED to OPEN: 5 failures
// in a row (connection refused)". What a breaker beside the calls does stands in
// parentheses.
func changeText(c *event.Change, run *event.Run) string {
	states := c.From.String() + " to " + c.To.String()
	if c.From == c.To {
		states = "stays " + c.To.String()
	}
	if beside(run) {
		states = "(" + states + ")"
	}
	text := By(c.By) + states
	switch {
	case c.From == c.To:
		return text + ", its failures are forgotten"
	case c.Round > 0 && c.From == breaker.HalfOpen:
		return text + ": " + roundText(c, run)
	case c.From == breaker.HalfOpen && c.To == breaker.Open:
		text += " for " + words.Seconds(c.OpenFor)
	case c.To == breaker.Open && c.OpenFor > 0 && run.Real():
		text += " for " + words.Span(c.OpenFor)
	}
	if why := Reason(c); why != "" {
		text += ": " + why
	}
	return text
}

// beside is true where the policies of a run, which may be nil, only watch.
func beside(run *event.Run) bool { return run != nil && run.Beside }

// roundText is the sentence of a failed phase of probes of a real endpoint, where there
// may be many.
func roundText(c *event.Change, run *event.Run) string {
	text := fmt.Sprintf("probe %d since %s ", c.Round, Moment(run, c.Opened))
	switch {
	case c.Reason == breaker.ProbeTimedOut:
		text += "gave no answer"
	case beside(run):
		text += "would have failed" + inBrackets(c.Cause)
	default:
		text += strings.TrimPrefix(Reason(c), "probe ")
	}
	if !beside(run) {
		text += "; next " + Moment(run, c.Circuit.ProbeAt)
	}
	return text
}

// Reason is why a transition happened, e.g. "5 failures in a row (connection
// refused)". It is empty where the states say enough: FORCED_OPEN, DISABLED and
// back.
func Reason(c *event.Change) string {
	switch c.Reason {
	case breaker.TooManyFailures:
		why := words.Counted(c.Count, "failure")
		if c.Count > 1 {
			why += " in a row"
		}
		return why + inBrackets(c.Cause)
	case breaker.TooHighFailureRate:
		rate, _ := c.Sample.FailureRate()
		why := "limit " + words.Rate(c.Limit)
		if c.Cause != "" {
			why += "; " + c.Cause
		}
		return words.Rate(rate) + " of " + words.Counted(c.Sample.Calls, "call") + " failed" + inBrackets(why)
	case breaker.TooManySlow:
		rate, _ := c.Sample.SlowRate()
		return words.Rate(rate) + " of " + words.Counted(c.Sample.Calls, "call") + " slower than " + words.InMillis(c.SlowCall) +
			inBrackets("limit "+words.Rate(c.Limit))
	case breaker.ProbeDue:
		if c.OpenFor <= 0 { // released by hand: there was nothing to wait for
			return "one probe at a time"
		}
		return words.Seconds(c.OpenFor) + " are over, one probe at a time"
	case breaker.ProbeFailed:
		why := c.Cause
		if c.Attempts > 1 {
			if why != "" {
				why += ", "
			}
			why += words.Counted(c.Attempts, "attempt")
		}
		return "probe failed" + inBrackets(why)
	case breaker.ProbeTimedOut:
		return "the probe gave no answer"
	case breaker.ProbesSucceeded:
		return words.Counted(c.Count, "good probe")
	case breaker.ForceReleased:
		return "a probe is due at once"
	case breaker.WasReset:
		return "reset"
	default:
		return ""
	}
}

// By begins a sentence with who did it, where that is known.
func By(who string) string {
	if who == "" {
		return ""
	}
	return who + ": "
}

func inBrackets(why string) string {
	if why == "" {
		return ""
	}
	return " (" + why + ")"
}
