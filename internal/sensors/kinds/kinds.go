// Package kinds lists the kinds of sensors. To add a kind, write its package and add a
// line in [All].
//
// It is a package of its own because it imports every kind, and every kind imports
// sensors. It implements no sensor; command resiltui reads the list to find the kind of
// a URL and its flags.
package kinds

import (
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/dns"
	"resiltui/internal/sensors/exec"
	"resiltui/internal/sensors/http"
	"resiltui/internal/sensors/promql"
	"resiltui/internal/sensors/simulated"
	"resiltui/internal/sensors/tcp"
	"resiltui/internal/sensors/tls"
)

// All returns every kind of sensor.
func All() []sensors.Kind {
	return []sensors.Kind{
		simulated.Kind(),
		http.Kind(),
		tcp.Kind(),
		tls.Kind(),
		dns.Kind(),
		promql.Kind(),
		exec.Kind(),
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
