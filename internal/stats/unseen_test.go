package stats

import (
	"strings"
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/sentence"
)

func TestAFaultThatMakesValuesWrongIsSaidToBeUnseen(t *testing.T) {
	for _, kind := range fault.Kinds() {
		f := kind.Default
		line := sentence.Describe(&event.Event{Kind: event.FaultBegan, Fault: &event.Fault{Fault: f, Label: f.Label()}}, nil)
		if said := strings.Contains(line.Text, "no policy can see that"); said != kind.Number.WrongValue() {
			t.Errorf("%s: %q", kind.Name, line.Text)
		}
	}
}
