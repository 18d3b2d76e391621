package views

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
)

// Legend is what the signs of the dashboard mean, in the glyphs of a look.
func Legend(look *Look) HelpGroup {
	return HelpGroup{"Signs", []Hint{
		{look.marks[stats.MarkLive], "live: answered at the first attempt"},
		{look.marks[stats.MarkRetried], "live after retries"},
		{look.marks[stats.MarkStale], "stale: failed, the last known good value was served"},
		{look.marks[stats.MarkInterpolated], "failed, an interpolated value was served"},
		{look.marks[stats.MarkFastFail], "fast-fail: refused by the open circuit, nothing sent"},
		{look.marks[stats.MarkMissing], "missing: nothing to serve, or dropped"},
		{look.states[breaker.Closed], "state: CLOSED"},
		{look.states[breaker.Open], "state: OPEN"},
		{look.states[breaker.HalfOpen], "state: HALF_OPEN, this call was a probe"},
		{look.states[breaker.ForcedOpen], "state: forced open"},
		{look.states[breaker.Disabled], "state: the breaker is off"},
		{string(look.blocks[4]), "time that an answered call took, retries and waits included"},
		{string(look.burnt), "time spent on a call that failed"},
		{look.refused, "refused: it took no time"},
		{string(look.behind), "a limit or percentile drawn through; between attempts, a wait"},
		{look.fault, "a fault that was injected is active"},
		{look.filled + look.hollow, "counts towards the next state: so far, and missing"},
		{"naive", "the same calls on the same draws, without retries, breakers and fallbacks"},
	}}
}
