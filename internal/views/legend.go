package views

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
)

// Legend is what the signs of the dashboard mean, in the glyphs of a look.
func Legend(look *Look) HelpGroup {
	return HelpGroup{"Signs", []Hint{
		{markGlyph(look, stats.MarkLive), "live: answered at the first attempt"},
		{markGlyph(look, stats.MarkRetried), "live after retries"},
		{markGlyph(look, stats.MarkStale), "stale: failed, the last known good value was served"},
		{markGlyph(look, stats.MarkInterpolated), "failed, an interpolated value was served"},
		{markGlyph(look, stats.MarkFastFail), "fast-fail: refused by the open circuit, nothing sent"},
		{markGlyph(look, stats.MarkMissing), "missing: nothing to serve, or dropped"},
		{stateGlyph(look, breaker.Closed), "state: CLOSED"},
		{stateGlyph(look, breaker.Open), "state: OPEN"},
		{stateGlyph(look, breaker.HalfOpen), "state: HALF_OPEN, this call was a probe"},
		{stateGlyph(look, breaker.ForcedOpen), "state: forced open"},
		{stateGlyph(look, breaker.Disabled), "state: the breaker is off"},
		{string(look.blocks[4]), "time that an answered call took, retries and waits included"},
		{string(look.burnt), "time spent on a call that failed"},
		{look.refused, "refused: it took no time"},
		{string(look.behind), "a limit or percentile drawn through; between attempts, a wait"},
		{look.fault, "a fault that was injected is active"},
		{look.filled + look.hollow, "counts towards the next state: so far, and missing"},
		{"naive", "the same calls on the same draws, without retries, breakers and fallbacks"},
	}}
}
