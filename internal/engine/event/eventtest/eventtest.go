// Package eventtest has an invented run, some calls of it and publishers of events,
// for the tests of packages that read events.
//
// It executes no run: its events need not be what an engine would publish. Only
// tests import it.
package eventtest

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

// Run is a run of n sensors, S0 first, with the default settings: three attempts,
// five failures trip the breaker, two good probes close it.
func Run(n int) *event.Run {
	names := []string{"boiler", "intake", "turbine", "coolant", "exhaust"}
	units := []string{"°C", "kPa", "mm/s", "bar", "°C"}
	run := &event.Run{Scenario: "pipeline", Seed: 42, Interval: 500 * time.Millisecond, Virtual: true, Naive: true}
	for i := range n {
		info := sensors.Info{ID: "S" + string(rune('0'+i%10)), Name: names[i%5], Unit: units[i%5], Decimals: 2}
		run.Sensors = append(run.Sensors, event.Sensor{Info: info, Initial: closed(0)})
	}
	return run
}

// Live is a good call on the first attempt.
func Live(took time.Duration) event.Call {
	return event.Call{
		Took: took, Result: event.Live, Served: true, Value: 4.16, Attempts: 1,
		Admitted: true, Circuit: closed(0),
	}
}

// Failed is a call whose three attempts ran out, with a substitute.
func Failed(failures int) event.Call {
	return event.Call{
		Took: 153 * time.Millisecond, Result: event.Stale, Served: true, Value: 4.17, Attempts: 3, Waited: 150 * time.Millisecond,
		Admitted: true, Outcome: breaker.Failure, Err: "connection refused",
		RanOut: true, Circuit: closed(failures),
	}
}

// FastFail is a call that the circuit refused.
func FastFail() event.Call {
	return event.Call{
		Result: event.FastFail, Served: true, Value: 4.17, Err: "OPEN, refused",
		Circuit: breaker.Circuit{State: breaker.Open},
	}
}

// closed is a closed circuit after so many failures in a row.
func closed(failures int) breaker.Circuit {
	return breaker.Circuit{Failures: failures, FailuresToTrip: max(5-failures, 1)}
}
