package sentence

import (
	"testing"

	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

func TestSensorsAreCalledByWhatTheirUserKnows(t *testing.T) {
	for _, c := range []struct {
		id, name string
		real     bool
		want     string
	}{{"S3", "coolant", false, "S3 coolant"}, {"S3", "", false, "S3"}, {"", "coolant", false, "coolant"}, {"E1", "shop", true, "shop"}, {"shop", "shop", false, "shop"}} {
		s := event.Sensor{}
		s.ID, s.Name, s.Real = c.id, c.name, c.real
		if got := SensorTitle(s); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
	if got := words.All(5) + ", " + words.All(17) + ", " + words.All(2); got != "all five, all 17, both" {
		t.Errorf("numbers: %q", got)
	}
}
