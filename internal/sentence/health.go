package sentence

import (
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/words"
)

func healthTopic(s health.State) Topic {
	switch s {
	case health.Up:
		return TopicUp
	case health.Down:
		return TopicDown
	default:
		return TopicInfo
	}
}

// healthText is the sentence of an endpoint that is up, slow or down from now on, e.g.
// "down since 03:05:15: 503 Service Unavailable".
func healthText(c *health.Change, run *event.Run) string {
	switch {
	case c.To == health.Down:
		text := "down since " + Moment(run, c.Since)
		if c.Cause != "" {
			text += ": " + c.Cause
		}
		return text
	case c.To == health.Slow:
		return "slow since " + Moment(run, c.Since) + ": " + answers(c.Calls) + " over " + slowLimit(run)
	case c.From == health.Down:
		text := "up, was down " + words.Lasting(c.Since-c.Began)
		if !beside(run) { // an open circuit asks seldom
			text += words.Margin(c.PlusMinus, "±")
		}
		return text
	default:
		return "up: " + answers(c.Calls) + " within " + slowLimit(run)
	}
}

func answers(n int) string {
	if n == 1 {
		return "1 answer"
	}
	return words.Counted(n, "answer") + " in a row"
}

func slowLimit(run *event.Run) string {
	var t health.Thresholds
	if run != nil {
		t = run.Thresholds
	}
	return words.Grouped(words.Millis(t.Resolved().Slow)) + " ms"
}
