package views

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// detailFrame is the fixture's S3 in full: it opened after batches 77 to 81, a
// probe failed in batch 88, and one has been good in batch 95.
func detailFrame(width, height int) Frame {
	f := fixtureFrame(width, height)
	f.Detail = true
	f.Footer = append([]draw.Hint{{Key: "t", Word: "tune"}}, f.Footer...)
	v := &f.Snap.Sensors[3]
	v.Policy = policy.Policy{Timeout: ms(250), Strategy: "last-known-good", Breaker: breaker.Settings{OpenFor: 3 * time.Second}}
	v.Tripping, v.TrippedAt = v.LastOpening, ms(40200)
	v.Tripping.FirstBatch, v.Tripping.LastBatch, v.Tripping.Attempts = 77, 81, 15
	v.OpenedAt = ms(43700)
	v.LastOpening = &event.Change{From: breaker.HalfOpen, To: breaker.Open, Reason: breaker.ProbeFailed, Cause: "connection refused", Count: 1, Attempts: 3}
	v.Spared = stats.Spared{Calls: 12, Attempts: 36}
	v.States = stats.StateTime{Closed: ms(40200), Open: ms(6600), HalfOpen: ms(600)}
	v.HasFailed, v.FailedAt = true, ms(43653)
	v.Counts.Metrics = breaker.Metrics{
		TotalCalls: 95, SuccessCalls: 77, FailureCalls: 6, FastFailCount: 12,
		CircuitOpenCount: 2, ProbeSuccessCount: 1, ProbeFailCount: 1,
	}
	v.Counts.RetriedCalls, v.Counts.Waited, v.Counts.Served, v.Counts.OldestServed = 6, ms(900), 18, ms(9000)
	for i, c := range v.Columns {
		if !c.Answered() && !c.Refused() {
			c.Took = ms(153)
			v.Columns[i] = c
		}
		v.Recent = append(v.Recent, fixtureCall(uint64(i+1), &c))
	}
	v.Changes = []stats.ChangeView{
		{At: ms(40200), Batch: 81, Change: v.Tripping},
		{At: ms(43500), Batch: 88, Change: &event.Change{From: breaker.Open, To: breaker.HalfOpen, Reason: breaker.ProbeDue}},
		{At: ms(43700), Batch: 88, Change: v.LastOpening},
		{At: ms(47000), Batch: 95, Change: v.LastChange},
	}
	return f
}

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

// inState is the detail with its circuit in another state.
func inState(f Frame, c event.Circuit, last *event.Change) Frame {
	v := &f.Snap.Sensors[3]
	c.Threshold, c.Needed = 5, 2
	v.Circuit = c
	if last != nil {
		v.LastChange, v.ChangedAt = last, ms(47000)
	}
	return f
}
