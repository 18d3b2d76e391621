package eventtest

import (
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// DrawState draws any state.
func DrawState(t *rapid.T, label string) breaker.State {
	return breaker.State(rapid.IntRange(0, int(breaker.Disabled)).Draw(t, label))
}

// DrawCall draws any call that ended at the given time.
func DrawCall(t *rapid.T, at time.Duration) event.Call {
	took := time.Duration(rapid.Int64Range(0, int64(min(at, time.Second))).Draw(t, "took"))
	c := event.Call{
		Start: at - took, Took: took, Faulted: rapid.Bool().Draw(t, "faulted"),
		Result:   event.Result(rapid.IntRange(int(event.Live), int(event.Missing)).Draw(t, "result")),
		SourceAt: time.Duration(rapid.Int64Range(0, int64(at)).Draw(t, "source")),
		Circuit:  breaker.Circuit{State: DrawState(t, "after"), Failures: rapid.IntRange(0, 5).Draw(t, "failures")},
	}
	c.Served = c.Result != event.Missing
	c.Value, c.HasTruth = float64(rapid.IntRange(-400, 400).Draw(t, "value"))/100, rapid.Bool().Draw(t, "judged")
	if c.Result == event.FastFail {
		c.Served = rapid.Bool().Draw(t, "served")
		return c
	}
	c.Admitted, c.Probe = true, rapid.Bool().Draw(t, "probe")
	c.Attempts = rapid.IntRange(1, 4).Draw(t, "attempts")
	c.Waited = time.Duration(c.Attempts-1) * 50 * time.Millisecond
	if c.Result != event.Live {
		c.Outcome = rapid.SampledFrom([]breaker.Outcome{breaker.Failure, breaker.Neutral}).Draw(t, "outcome")
		c.RanOut = c.Attempts >= 3
	}
	return c
}
