// Package kinds is the list of the kinds of sensors. It knows each of them, as each
// knows the package sensors, so it can be neither there nor beside one of them.
package kinds

import (
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/http"
	"resiltui/internal/sensors/simulated"
)

// All returns every kind of sensor.
func All() []sensors.Kind {
	return []sensors.Kind{
		simulated.Kind(),
		http.Kind(),
	}
}

// Addressed returns the kinds that a URL opens.
func Addressed() []sensors.Kind {
	var list []sensors.Kind
	for _, k := range All() {
		if k.Schemes != nil {
			list = append(list, k)
		}
	}
	return list
}
