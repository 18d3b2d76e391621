package views

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/views/draw"
)

// Legend is what the signs of the dashboard mean, in the glyphs of a look.
func Legend(look *draw.Look) HelpGroup {
	return HelpGroup{"Signs", []draw.Hint{
		{Key: markGlyph(look, event.MarkLive), Word: "live: answered at the first attempt"},
		{Key: markGlyph(look, event.MarkRetried), Word: "live after retries"},
		{Key: markGlyph(look, event.MarkStale), Word: "stale: failed, the last known good value was served"},
		{Key: markGlyph(look, event.MarkInterpolated), Word: "failed, an interpolated value was served"},
		{Key: markGlyph(look, event.MarkFastFail), Word: "fast-fail: refused by the open circuit, nothing sent"},
		{Key: markGlyph(look, event.MarkMissing), Word: "missing: nothing to serve, or dropped"},
		{Key: stateGlyph(look, breaker.Closed), Word: "state: CLOSED"},
		{Key: stateGlyph(look, breaker.Open), Word: "state: OPEN"},
		{Key: stateGlyph(look, breaker.HalfOpen), Word: "state: HALF_OPEN, this call was a probe"},
		{Key: stateGlyph(look, breaker.ForcedOpen), Word: "state: forced open"},
		{Key: stateGlyph(look, breaker.Disabled), Word: "state: the breaker is off"},
		{Key: string(look.Blocks[4]), Word: "time that an answered call took, retries and waits included"},
		{Key: string(look.Burnt), Word: "time spent on a call that failed"},
		{Key: look.Refused, Word: "refused: it took no time"},
		{Key: string(look.Behind), Word: "a limit or percentile drawn through; between attempts, a wait"},
		{Key: look.Fault, Word: "a fault that was injected is active"},
		{Key: look.Filled + look.Hollow, Word: "counts towards the next state: so far, and missing"},
		{Key: "naive", Word: "the same calls on the same draws, without retries, breakers and fallbacks"},
	}}
}
