package stats

import (
	"strings"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

func TestAFaultThatMakesValuesWrongIsSaidToBeUnseen(t *testing.T) {
	wrong := map[sensors.FaultKind]bool{sensors.Corrupt: true, sensors.Stuck: true, sensors.Drift: true, sensors.Spike: true}
	for _, kind := range sensors.FaultKinds() {
		f := sensors.DefaultFault(kind)
		line := Describe(&event.Event{Kind: event.FaultBegan, Fault: &event.Fault{Fault: f, Label: f.Label()}}, nil)
		if said := strings.Contains(line.Text, "no policy can see that"); said != wrong[kind] {
			t.Errorf("%v: %q", kind, line.Text)
		}
	}
}
