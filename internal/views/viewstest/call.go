package viewstest

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// Call makes a call with its attempts from a column of the tracks.
func Call(number uint64, c *stats.Column) stats.Call {
	out := stats.Call{
		Number: number, Batch: int(c.At/Interval) + 1, Start: c.At, Took: c.Took, Mark: c.Mark, HasValue: true, Value: 4.16,
		Admitted: !c.FastFail(), Probe: c.Probe, State: c.State, Fault: c.Fault,
	}
	switch {
	case c.FastFail():
		out.Took = 0
	case c.Answered():
		out.Outcome, out.Attempts, out.Tries = breaker.Success, 1, []event.Try{{Start: c.At, Took: c.Took}}
	default:
		out.Outcome, out.Attempts, out.Took, out.Waited = breaker.Failure, 3, MS(153), MS(150)
		for _, at := range []int{0, 51, 152} {
			out.Tries = append(out.Tries, event.Try{Start: c.At + MS(at), Took: MS(1), Err: "connection refused"})
		}
	}
	return out
}
