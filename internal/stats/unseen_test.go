package stats

import (
	"strings"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

func TestAFaultThatMakesValuesWrongIsSaidToBeUnseen(t *testing.T) {
	wrong := map[sensors.FaultKind]bool{sensors.Corrupt: true, sensors.Stuck: true, sensors.Drift: true, sensors.Spike: true}
	for _, kind := range sensors.Kinds() {
		f := kind.Default
		line := Describe(&event.Event{Kind: event.FaultBegan, Fault: &event.Fault{Fault: f, Label: f.Label()}}, nil)
		if said := strings.Contains(line.Text, "no policy can see that"); said != wrong[kind.Number] {
			t.Errorf("%s: %q", kind.Name, line.Text)
		}
	}
}
