package event

import (
	"reflect"
	"testing"

	"resiltui/internal/sensors"
)

func TestSensorsShareWhatTheyAreDrawnFrom(t *testing.T) {
	var run Run
	for _, draws := range []string{"a", "", "b", "a", "", "a"} {
		run.Sensors = append(run.Sensors, Sensor{Info: sensors.Info{Draws: draws}})
	}
	if got, want := run.Sharing(), [][]int{{0, 3, 5}, {1}, {2}, {4}}; !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
