package report

import (
	"fmt"
	"slices"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/words"
)

// recovering is the sensor of the pipeline that recovers by itself.
const recovering = "S4"

// Recovery describes the sensor that recovers by itself.
type Recovery struct {
	Sensor string `json:"sensor"`
	// RecoveredAtCall is the first call at which the sensor no longer fails by itself.
	// Where an injected fault is active at that call and no call succeeds under the
	// fault, it is the first call after the fault. It is null where there is no such
	// call: the fault lasted to the end, the run was shorter, or a setting gave the
	// sensor one failure probability for the whole run.
	RecoveredAtCall *int `json:"recoveredAtCall"`
	// ClosedAtBatch is the batch after that in which the circuit closed. It is null
	// where the circuit was not open then, stayed open, or closed only after another
	// call had failed, since that is the recovery from another failure.
	ClosedAtBatch *int `json:"closedAtBatch"`

	// itself is the first call at which the sensor no longer fails by itself; 0 is
	// never.
	itself int
	// calls is the number of calls; off says that the breaker is switched off.
	calls int
	off   bool
	// opens are the batches in which the circuit opened; wasOpen says that it was open
	// or half-open when the sensor recovered.
	opens   []int
	wasOpen bool
	// again is the first call after the recovery that failed before the circuit had
	// closed, and cause its error; 0 is none. closedLater is the batch in which the
	// circuit closed then; 0 is never.
	again       int
	cause       string
	closedLater int
	// unopened is the reason why the circuit never opened.
	unopened string
}

// recovery finds the batch in which the circuit of the recovering sensor closed after
// the sensor had recovered. Everything except the schedule is read from the events.
func recovery(r *record, sc *scenario.Scenario) Recovery {
	i := slices.IndexFunc(r.run.Sensors, func(s event.Sensor) bool { return s.ID == recovering })
	calls, changes := r.calls[i], r.changes[i]
	policy := sc.Sensors[i].Policy.Resolved()
	out := Recovery{Sensor: recovering, calls: len(calls), off: policy.BreakerOff, unopened: unopened(calls, &policy.Breaker)}
	for k := range changes {
		if changes[k].Change.To == breaker.Open {
			out.opens = append(out.opens, changes[k].Batch)
		}
	}
	phases := sc.Sensors[i].Schedule
	if len(phases) == 0 {
		return out
	}
	out.itself = int(phases[len(phases)-1].UntilCall) + 1
	at := afterFault(calls, out.itself)
	if at > len(calls) {
		return out
	}
	out.RecoveredAtCall = &at
	out.close(calls, changes)
	return out
}

// afterFault is the first call, from the given one on, that is not under an injected fault.
// Where a call under the fault succeeded, it is the given call.
func afterFault(calls []event.Event, from int) int {
	at := from
	for ; at <= len(calls) && calls[at-1].Call.Faulted; at++ {
		if calls[at-1].Call.Result == event.Live {
			return from
		}
	}
	return at
}

// close fills in what the circuit did after the recovery.
func (r *Recovery) close(calls, changes []event.Event) {
	at := *r.RecoveredAtCall
	closed := 0
	for k := range changes {
		e := &changes[k]
		switch {
		case e.Batch < at:
			r.wasOpen = e.Change.To == breaker.Open || e.Change.To == breaker.HalfOpen
		case e.Change.To == breaker.Closed && closed == 0:
			closed = e.Batch
		}
	}
	if !r.wasOpen {
		return
	}
	for k := at - 1; k < len(calls) && (closed == 0 || k+1 < closed); k++ {
		if c := &calls[k].Call; c.Admitted && c.Result != event.Live {
			r.again, r.cause, r.closedLater = k+1, c.Err, closed
			return
		}
	}
	if closed > 0 {
		r.ClosedAtBatch = &closed
	}
}

// unopened says why the circuit did not open, from the calls and the settings of the
// breaker.
func unopened(calls []event.Event, b *breaker.Settings) string {
	failed, row, longest := 0, 0, 0
	for k := range calls {
		switch c := &calls[k].Call; {
		case !c.Admitted || c.Outcome == breaker.Neutral:
		case c.Outcome == breaker.Success:
			row = 0
		default:
			failed, row = failed+1, row+1
			longest = max(longest, row)
		}
	}
	judged := b.FailureRate > 0 || b.SlowRate > 0
	switch {
	case judged:
		return "its calls never met its rule, which opens it " + tripWords(b, "failed call")
	case failed == 0:
		return "none of its calls failed"
	case longest < b.FailureThreshold:
		return fmt.Sprintf("at most %d of its calls failed in a row, and %d open it", longest, b.FailureThreshold)
	default:
		return ""
	}
}

// words say when the circuit closed again, or why it did not.
func (r *Recovery) words() string {
	s := r.Sensor
	switch {
	case r.itself == 0:
		return s + " fails with the same probability from the first call to the last, so there is no recovery to see."
	case r.itself > r.calls:
		return fmt.Sprintf("%s works by itself from call %d on only, and the run has %s, so there is no recovery to see.",
			s, r.itself, words.Counted(r.calls, "call"))
	case r.RecoveredAtCall == nil:
		return fmt.Sprintf("%s does not fail by itself from call %d on, but an injected fault lasts to the end of the run, so there is no recovery to see.", s, r.itself)
	}
	at := *r.RecoveredAtCall
	well := fmt.Sprintf("%s works from call %d on; ", s, at)
	switch {
	case r.again > 0 && at == r.itself:
		well = fmt.Sprintf("%s does not fail by itself from call %d on; ", s, at)
	case at > r.itself:
		well = fmt.Sprintf("%s does not fail by itself from call %d on, and is free of the injected fault from call %d on; ", s, r.itself, at)
	}
	return well + r.circuitWords(at) + "."
}

// circuitWords describe what the circuit did after the recovery at call at.
func (r *Recovery) circuitWords(at int) string {
	switch {
	case r.off:
		return "its breaker is off, so there is no circuit to close"
	case r.ClosedAtBatch != nil:
		return fmt.Sprintf("its circuit closed in batch %d", *r.ClosedAtBatch)
	case len(r.opens) == 0 && r.unopened != "":
		return "with this seed its circuit never opened: " + r.unopened
	case len(r.opens) == 0:
		return "with this seed its circuit never opened"
	case r.opens[0] >= at:
		return fmt.Sprintf("its circuit opened only later, in batch %d", r.opens[0])
	case !r.wasOpen:
		return "with this seed its circuit had closed again before that"
	case r.closedLater > 0:
		return fmt.Sprintf("but before its circuit had closed, call %d failed (%s); it closed in batch %d, after that", r.again, r.cause, r.closedLater)
	case r.again > 0:
		return fmt.Sprintf("but call %d failed (%s), and its circuit did not close within the run", r.again, r.cause)
	default:
		return "with this seed its circuit did not close after that within the run"
	}
}
