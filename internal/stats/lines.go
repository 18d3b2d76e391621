package stats

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Describe puts a notable event into words. Screens, logs and summaries all
// use it, so a thing is called the same everywhere.
func Describe(e *event.Event, run *event.Run) Line {
	line := Line{Seq: e.Seq, At: e.At, Batch: e.Batch, Sensor: e.Sensor}
	var s event.Sensor
	if run != nil && e.Sensor >= 0 && e.Sensor < len(run.Sensors) {
		s = run.Sensors[e.Sensor]
		line.ID, line.Name = s.ID, s.ID
		if s.Name != "" && s.Name != s.ID {
			line.Name = s.ID + " " + s.Name
		}
	}
	switch e.Kind {
	case event.StateChanged:
		line.Role, line.Text = stateRole(e.Change.To), changeText(e.Change)
	case event.CallEnded:
		line.Role, line.Text = callRole(&e.Call), callText(e, &s)
	case event.FaultBegan:
		line.Role, line.Text = RoleFault, by(e.Fault.By)+e.Fault.Label+" begins"+lifetime(e.Fault)+unseen(e.Fault)
	case event.FaultEnded:
		line.Role, line.Text = RoleFault, by(e.Fault.By)+e.Fault.Label+" ended after "+words.Seconds(e.Fault.Lasted)
	case event.PolicyChanged:
		line.Text = by(e.Tuned.By) + "tuned " + e.Tuned.Text
	case event.CommandTaken, event.RunEnded:
		line.Text = e.Taken.Text
	}
	return line
}

func stateRole(s breaker.State) Role {
	switch s {
	case breaker.Open:
		return RoleOpen
	case breaker.HalfOpen:
		return RoleHalfOpen
	case breaker.ForcedOpen:
		return RoleForced
	case breaker.Disabled:
		return RoleDisabled
	default:
		return RoleClosed
	}
}

// changeText is the sentence of a transition, e.g. "CLOSED to OPEN: 5 failures
// in a row (connection refused)".
func changeText(c *event.Change) string {
	if c.From == c.To {
		return by(c.By) + "stays " + c.To.String() + ", its failures are forgotten"
	}
	text := by(c.By) + c.From.String() + " to " + c.To.String()
	if c.From == breaker.HalfOpen && c.To == breaker.Open {
		text += " for " + words.Seconds(c.OpenFor)
	}
	if why := Reason(c); why != "" {
		text += ": " + why
	}
	return text
}

// Reason is why a transition happened, e.g. "5 failures in a row (connection
// refused)". It is empty where the states say it all: FORCED_OPEN, DISABLED and
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
		return words.Rate(rate) + " of " + words.Counted(c.Sample.Calls, "call") + " slower than " + words.InMillis(c.Circuit.SlowCall) +
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

// by begins a sentence with who did it, where that is known.
func by(who string) string {
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

func callRole(c *event.Call) Role {
	switch {
	case c.Probe:
		return RoleHalfOpen
	case c.Result == event.Stale:
		return RoleStale
	case c.Result == event.Interpolated:
		return RoleInterpolated
	default:
		return RoleMissing
	}
}

func callText(e *event.Event, s *event.Sensor) string {
	c := &e.Call
	if c.Probe {
		left := c.Circuit.Needed - c.Circuit.Good
		verb := "closes"
		if left > 1 {
			verb = "close"
		}
		return fmt.Sprintf("probe %d of %d good (%s); %d more %s it",
			c.Circuit.Good, c.Circuit.Needed, words.InMillis(c.Took), left, verb)
	}
	most := c.MaxAttempts // by the policy in force then
	if most == 0 {
		most = s.MaxAttempts
	}
	text := "attempts ran out after " + strconv.Itoa(c.Attempts)
	switch {
	case c.Attempts < 2:
		text = "failed"
	case c.Attempts < most: // an error that is not retried ended it
		text = "failed after " + words.Counted(c.Attempts, "attempt")
	}
	text += inBrackets(c.Err)
	if c.Served {
		text += "; served " + words.Value(c.Value, s.Decimals, s.Unit) + ", " + words.Seconds(max(e.At-c.SourceAt, 0)) + " old"
	} else {
		text += "; nothing to serve"
	}
	left := c.Circuit.FailuresToTrip // by whatever rule
	if left == 0 {
		left = c.Circuit.Threshold - c.Circuit.Failures
	}
	if c.Circuit.State == breaker.Closed && left > 0 {
		verb := "trips"
		if left > 1 {
			verb = "trip"
		}
		text += fmt.Sprintf("; %d more %s it", left, verb)
	}
	return text
}

// unseen says why nothing but the value changes: a policy judges whether an
// answer came, and when, not whether it is true.
func unseen(f *event.Fault) string {
	if f.Kind.WrongValue() {
		return "; the value is wrong, and no policy can see that"
	}
	return ""
}

func lifetime(f *event.Fault) string {
	if f.Until == 0 {
		return ""
	}
	return " for " + words.Seconds(f.Until-f.Start)
}
