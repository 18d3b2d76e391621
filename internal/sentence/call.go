package sentence

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

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
		_, closes := Closes(c.Circuit.Needed - c.Circuit.Good)
		return fmt.Sprintf("probe %d of %d good (%s); %s", c.Circuit.Good, c.Circuit.Needed, words.InMillis(c.Took), closes)
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
	if c.Circuit.State != breaker.Closed {
		return text
	}
	_, trips := Nearest(&c.Circuit) // by whatever rule
	if left := c.Circuit.Threshold - c.Circuit.Failures; trips == "" && left > 0 {
		_, trips = Trips(left)
	}
	if trips != "" {
		text += "; " + trips
	}
	return text
}
