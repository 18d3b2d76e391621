package sentence

import (
	"fmt"
	"strconv"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

func callTopic(c *event.Call) Topic {
	switch {
	case c.Probe && c.Failing == 0:
		return TopicHalfOpen
	case c.Result == event.Stale:
		return TopicStale
	case c.Result == event.Interpolated:
		return TopicInterpolated
	default:
		return TopicMissing
	}
}

// callText uses the limits stored in the call itself, because the settings may
// have been changed since.
func callText(e *event.Event, s *event.Sensor, run *event.Run) string {
	c := &e.Call
	if c.Probe && c.Failing == 0 {
		good, left := c.Circuit.Good, c.Circuit.GoodToClose
		_, closes := Closes(left)
		if beside(run) {
			closes = strconv.Itoa(left) + " more would close it"
		}
		return fmt.Sprintf("probe %d of %d good (%s); %s", good, good+left, words.InMillis(c.Took), closes)
	}
	text := "attempts ran out after " + strconv.Itoa(c.Attempts)
	switch {
	case c.Attempts < 2:
		text = "failed"
	case !c.RanOut: // an error that is not retried ended it
		text = "failed after " + words.Counted(c.Attempts, "attempt")
	}
	text += inBrackets(c.Err)
	switch {
	case c.Served:
		text += "; served " + Value(s, c.Value, s.Unit) + ", " + words.Seconds(max(e.At-c.SourceAt, 0)) + " old"
	case !beside(run): // beside, nothing is served by intention
		text += "; nothing to serve"
	}
	if c.HeldUntil > e.At {
		text += "; held for " + words.Span(c.HeldUntil-e.At)
	}
	switch _, trips := Nearest(&c.Circuit); { // by any rule
	case c.Failing > 0 && run != nil:
		more := run.Thresholds.OutageAfter - c.Failing
		text += "; " + strconv.Itoa(more) + words.Plural(" more is", " more are", more) + " an outage"
	case c.Circuit.State == breaker.Closed && trips != "":
		text += "; " + trips
	}
	return text
}
