package sentence

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// State is a breaker's state in words; short is for narrow titles.
func State(s breaker.State) (word, short string) {
	if s == breaker.ForcedOpen {
		return "FORCED OPEN", "FORCED"
	}
	return s.String(), s.String()
}

// SensorTitle is what a sensor is called: an endpoint by its address or the name
// that its user gave it, a simulated sensor by number and name.
func SensorTitle(i event.Sensor) string {
	switch {
	case i.Name == "" || i.Name == i.ID:
		return i.ID
	case i.Real || i.ID == "":
		return i.Name
	default:
		return i.ID + " " + i.Name
	}
}
