package views

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// fixtureCall tells a column with its attempts.
func fixtureCall(number uint64, c *stats.Column) stats.CallView {
	out := stats.CallView{
		Number: number, Batch: c.Batch, Start: c.At, Took: c.Took, Mark: c.Mark, HasValue: true, Value: 4.16,
		Admitted: !c.Refused(), Probe: c.Probe, State: c.State, Fault: c.Fault,
	}
	switch {
	case c.Refused():
		out.Took = 0
	case c.Answered():
		out.Outcome, out.Attempts, out.Tries = breaker.Success, 1, []event.Try{{Start: c.At, Took: c.Took}}
	default:
		out.Outcome, out.Attempts, out.Took, out.Waited = breaker.Failure, 3, ms(153), ms(150)
		for _, at := range []int{0, 51, 152} {
			out.Tries = append(out.Tries, event.Try{Start: c.At + ms(at), Took: ms(1), Err: "connection refused"})
		}
	}
	return out
}
