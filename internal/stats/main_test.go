package stats

import (
	"testing"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const ms = time.Millisecond

// testRun is a run of n sensors, S0 first.
func testRun(n int) *event.Run {
	names := []string{"boiler", "intake", "turbine", "coolant", "exhaust"}
	units := []string{"°C", "kPa", "mm/s", "bar", "°C"}
	run := &event.Run{Scenario: "pipeline", Seed: 42, Interval: 500 * ms, Virtual: true, Naive: true}
	for i := range n {
		info := sensors.Info{ID: "S" + string(rune('0'+i%10)), Name: names[i%5], Unit: units[i%5], Decimals: 2}
		run.Sensors = append(run.Sensors, event.Sensor{Info: info, Threshold: 5, Needed: 2, MaxAttempts: 3, Initial: event.Circuit{Threshold: 5, Needed: 2}})
	}
	return run
}

// rig is a hub with a tally on it.
type rig struct {
	*event.Hub
	tally *Tally
}

// newRig starts a run of n sensors.
func newRig(n int) rig {
	t := New()
	r := rig{event.NewHub(t), t}
	r.start(n)
	return r
}

func (r rig) start(n int) {
	r.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: testRun(n)})
}

// call publishes a call of S0 that ended at the given time.
func (r rig) call(at time.Duration, c event.Call) {
	c.Start = at - c.Took
	r.Publish(event.Event{Kind: event.CallEnded, At: at, Batch: int(at/(500*ms)) + 1, Call: c})
}

func (r rig) change(at time.Duration, c event.Change) {
	c.Circuit.State, c.Circuit.Since = c.To, at
	r.Publish(event.Event{Kind: event.StateChanged, At: at, Change: &c})
}

func (r rig) fault(kind event.Kind, at time.Duration, f event.Fault) {
	r.Publish(event.Event{Kind: kind, At: at, Fault: &f})
}

func (r rig) all() Snapshot {
	return r.snapshot(Query{Columns: MaxColumns, Batches: MaxBatches, Lines: MaxLines})
}

func (r rig) snapshot(q Query) (s Snapshot) {
	r.Read(func() { s = r.tally.Snapshot(q) })
	return s
}

// live is a good call on the first attempt.
func live(took time.Duration) event.Call {
	return event.Call{
		Took: took, Result: event.Live, Served: true, Value: 4.16, Attempts: 1,
		Admitted: true, Circuit: event.Circuit{Threshold: 5, Needed: 2},
	}
}

// failed is a call whose three attempts ran out, with a substitute.
func failed(failures int) event.Call {
	return event.Call{
		Took: 153 * ms, Result: event.Stale, Served: true, Value: 4.17, Attempts: 3, Waited: 150 * ms,
		Admitted: true, Outcome: breaker.Failure, Err: "connection refused",
		Circuit: event.Circuit{Failures: failures, Threshold: 5, Needed: 2},
	}
}

// refused is a call that the circuit let not through.
func refused() event.Call {
	return event.Call{
		Result: event.FastFail, Served: true, Value: 4.17, Err: "OPEN, refused",
		Circuit: event.Circuit{State: breaker.Open, Threshold: 5, Needed: 2},
	}
}
