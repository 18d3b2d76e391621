package event

import (
	"math"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
)

// Ordinary is a call as nearly all are: live at the first attempt, with the circuit
// CLOSED and no failure in a row. It has only what differs between such calls, in a
// third of the memory of an Event and without a pointer, so that a history of thousands
// takes little time to keep and none to look through for garbage.
type Ordinary struct {
	// At is the time of the run.
	At time.Duration

	seq, number                  uint64
	start, took, sourceAt, since time.Duration
	value, truth                 float64
	batch, sensor, inFlight      int32
	failuresToTrip, slowToTrip   int32
	calls, failures, slow        int32 // the window's sample
	opens                        int32
	hasTruth, faulted            bool
}

// Set makes o the call of an event. It returns false, and o is of no use, where that is
// no ordinary one, or a number of it is too large.
func (o *Ordinary) Set(e *Event) bool {
	c := &e.Call
	k := &c.Circuit
	if e.Kind != CallEnded || c.Result != Live || c.Attempts != 1 || !c.Served || c.Quality != fallback.Live ||
		!c.Admitted || c.Outcome != breaker.Success || c.Probe || c.RanOut || c.Err != "" || c.Tries != nil ||
		c.Waited != 0 || c.Missed != 0 || c.Failing != 0 || c.Avoided != 0 || c.AvoidedAtMost || c.Held || c.HeldUntil != 0 ||
		k.State != breaker.Closed || k.Failures != 0 || k.Good|k.GoodToClose != 0 || k.ProbeAt|k.OpenFor != 0 {
		return false
	}
	bits := e.Batch | e.Sensor | c.InFlight | k.FailuresToTrip | k.SlowToTrip | k.Sample.Calls | k.Sample.Failures | k.Sample.Slow
	if bits < 0 || bits > math.MaxInt32 || k.Opens > math.MaxInt32 {
		return false
	}
	o.At, o.seq, o.number = e.At, e.Seq, c.Number
	o.start, o.took, o.sourceAt, o.since = c.Start, c.Took, c.SourceAt, k.Since
	o.value, o.truth, o.hasTruth, o.faulted = c.Value, c.Truth, c.HasTruth, c.Faulted
	o.batch, o.sensor, o.inFlight = int32(e.Batch), int32(e.Sensor), int32(c.InFlight)
	o.failuresToTrip, o.slowToTrip, o.opens = int32(k.FailuresToTrip), int32(k.SlowToTrip), int32(k.Opens)
	o.calls, o.failures, o.slow = int32(k.Sample.Calls), int32(k.Sample.Failures), int32(k.Sample.Slow)
	return true
}

// Event makes e the event that o was set to. It must be empty, or another ordinary call.
func (o *Ordinary) Event(e *Event) {
	c := &e.Call
	k := &c.Circuit
	e.Kind, c.Result, c.Attempts, c.Served, c.Admitted = CallEnded, Live, 1, true, true
	e.At, e.Seq, c.Number = o.At, o.seq, o.number
	c.Start, c.Took, c.SourceAt, k.Since = o.start, o.took, o.sourceAt, o.since
	c.Value, c.Truth, c.HasTruth, c.Faulted = o.value, o.truth, o.hasTruth, o.faulted
	e.Batch, e.Sensor, c.InFlight = int(o.batch), int(o.sensor), int(o.inFlight)
	k.FailuresToTrip, k.SlowToTrip, k.Opens = int(o.failuresToTrip), int(o.slowToTrip), uint64(o.opens)
	k.Sample = breaker.Sample{Calls: int(o.calls), Failures: int(o.failures), Slow: int(o.slow)}
}
