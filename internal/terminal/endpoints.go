package terminal

import (
	"fmt"
	"time"

	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// endpointStatus is the status line of a run of real endpoints: how many are up, slow and
// down, and which are not well, since when and why.
func endpointStatus(s *stats.Snapshot, now time.Duration) string {
	e := &s.Endpoints
	text := fmt.Sprintf("status %s: %d up, %d slow, %d down", sentence.Moment(s.Run, now), e.Up, e.Slow, e.Down)
	if e.Unknown > 0 {
		text += fmt.Sprintf(", %d not asked yet", e.Unknown)
	}
	switch {
	case s.Open > 0 && s.Run.Beside:
		text += fmt.Sprintf(" (%d open)", s.Open)
	case s.Open > 0:
		text += fmt.Sprintf(", %d open", s.Open)
	}
	if missed := missedCalls(s); missed > 0 {
		text += "; " + words.Counted(missed, "call") + " missed"
	}
	for i := range e.Unwell {
		if i == maxNamed {
			return text + fmt.Sprintf("; and %d more", len(e.Unwell)-maxNamed)
		}
		u := &e.Unwell[i]
		text += "; " + sentence.SensorTitle(s.Run.Sensors[u.Index])
		switch since := " since " + sentence.Moment(s.Run, u.Since); {
		case u.State == health.Down:
			text += " down" + since + ", " + words.Lasting(now-u.Since) + ": " + u.Cause
		case u.Flapping:
			text += " flapping, " + words.Counted(u.Flapped, "outage")
		default:
			text += " slow" + since
		}
	}
	return text
}

// missedCalls is how many calls of all endpoints were due since the start and not made.
func missedCalls(s *stats.Snapshot) (n int) {
	for i := range s.Sensors {
		n += int(s.Sensors[i].Health.Whole.Missed)
	}
	return n
}
