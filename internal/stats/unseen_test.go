package stats

import (
	"strings"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/sentence"
)

func TestAFaultThatMakesValuesWrongIsSaidToBeUnseen(t *testing.T) {
	wrong := map[fault.Number]bool{fault.Corrupt: true, fault.Stuck: true, fault.Drift: true, fault.Spike: true}
	for _, kind := range fault.Kinds() {
		f := kind.Default
		line := sentence.Describe(&event.Event{Kind: event.FaultBegan, Fault: &event.Fault{Fault: f, Label: f.Label()}}, nil)
		if said := strings.Contains(line.Text, "no policy can see that"); said != wrong[kind.Number] {
			t.Errorf("%s: %q", kind.Name, line.Text)
		}
	}
}
