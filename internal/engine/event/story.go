package event

import (
	"time"

	"resiltui/internal/engine/health"
)

// Story is what several lines about one sensor tell, so that on a screen the newest
// takes the place of the others. The zero value is nothing of that kind.
type Story struct {
	Of    Subject
	Since time.Duration
}

// Subject is what a story is about.
type Subject uint8

// The subjects.
const (
	// Failing is an endpoint that begins to fail: the first failed call, and then the outage.
	Failing Subject = iota + 1
	// Probing is an open circuit that sends probes: round after round, as long as they fail.
	Probing
)

// StoryOf is the story that the line of a notable event tells. Only real endpoints have stories:
// they are watched for hours, in which the same happens again and again.
func StoryOf(e *Event) Story {
	switch {
	case e.Kind == CallEnded && e.Call.Failing > 0:
		return Story{Failing, e.Call.Start}
	case e.Kind == HealthChanged && e.Health.To == health.Down:
		return Story{Failing, e.Health.Since}
	case e.Kind == StateChanged && e.Change.Round > 0:
		return Story{Probing, e.Change.Opened}
	default:
		return Story{}
	}
}
