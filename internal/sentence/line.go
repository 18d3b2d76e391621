// Package sentence describes what happened in a run, in the sentences that screens,
// reports and the plain output share: each is defined once, so that a thing has the
// same name everywhere.
//
// It counts nothing and does not use the statistics: a sentence is made from an event and
// the run that it belongs to. How numbers and times are written is in package words.
package sentence

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Line is one notable event, in words.
type Line struct {
	Seq   uint64
	At    time.Duration
	Batch int
	// Sensor indexes the run's sensors, or is event.NoSensor; ID ("S3") and
	// Name ("S3 coolant") are those of the sensor, or empty.
	Sensor   int
	ID, Name string
	Topic    Topic
	Text     string
	// Story is what the line tells, where a later one may take its place.
	Story event.Story
}

// Topic is what a line is about; it decides the symbol and the colour.
type Topic uint8

// The topics of lines.
const (
	TopicInfo Topic = iota
	TopicClosed
	TopicOpen
	TopicHalfOpen
	TopicForced
	TopicDisabled
	TopicStale
	TopicInterpolated
	TopicMissing
	TopicFault
	TopicUp
	TopicDown
)

// Describe puts a notable event into words. Screens, logs and summaries all
// use it, so a thing is called the same everywhere.
func Describe(e *event.Event, run *event.Run) Line {
	line := Line{Seq: e.Seq, At: e.At, Batch: e.Batch, Sensor: e.Sensor, Story: event.StoryOf(e)}
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
		line.Topic, line.Text = stateTopic(e.Change.To), changeText(e.Change, run)
	case event.CallEnded:
		line.Topic, line.Text = callTopic(&e.Call), callText(e, &s, run)
	case event.HealthChanged:
		line.Topic, line.Text = healthTopic(e.Health.To), healthText(e.Health, run)
	case event.FaultBegan:
		line.Topic, line.Text = TopicFault, By(e.Fault.By)+e.Fault.Label+" begins"+lifetime(e.Fault)+unseen(e.Fault)
	case event.FaultEnded:
		line.Topic, line.Text = TopicFault, By(e.Fault.By)+e.Fault.Label+" ended after "+words.Seconds(e.Fault.Lasted)
	case event.PolicyChanged:
		line.Text = By(e.Tuned.By) + "tuned " + e.Tuned.Text
	case event.CommandTaken, event.RunEnded:
		line.Text = e.Taken.Text
	}
	return line
}

// Unseen says why no state changes where a fault makes a value wrong: a policy judges
// whether and when an answer came, not whether it is true.
const Unseen = "no policy can see that"

func unseen(f *event.Fault) string {
	if f.Kind.WrongValue() {
		return "; the value is wrong, and " + Unseen
	}
	return ""
}

func lifetime(f *event.Fault) string {
	if f.Until == 0 {
		return ""
	}
	return " for " + words.Seconds(f.Until-f.Start)
}
