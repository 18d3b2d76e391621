package help

import (
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// figures explains the counts on the detail page and the page of retries, and lists their
// names in JSON and reports.
func figures() Group {
	g := Group{Title: "Figures, and their names in JSON and reports"}
	for _, f := range append(sentence.CircuitFigures(), sentence.RetryFigures()...) {
		g.Keys = append(g.Keys, draw.Hint{Key: f.Word, Word: f.Name + ": " + f.Means})
	}
	return g
}

// endpoints explains what is told of real endpoints, with the limits in force.
func endpoints(t health.Thresholds) Group {
	return Group{"Real endpoints", []draw.Hint{
		{Key: "DOWN", Word: words.Counted(t.OutageAfter, "failed call") + " in a row, since the first of them, until an answer comes"},
		{Key: "SLOW", Word: words.Counted(t.SlowAnswers, "answer") + " in a row took over " + words.Spoken(t.Slow)},
		{Key: "FLAPPING", Word: words.Counted(t.FlappingOutages, "outage") + " began within " + words.Span(t.FlappingWithin)},
		{Key: "up", Word: "the time that was no outage; a failed call alone is none"},
		{Key: "missed", Word: "calls that were due while the one before was under way, and were not made"},
		{Key: "column", Word: "a slot of clock time: its worst result, its longest answer; blank: no call in it"},
		{Key: "(OPEN)", Word: "in parentheses: what a breaker that only watches would have done; --policies puts it in the way"},
		{Key: "±", Word: "half of the time in which nobody asked, so that no more is known"},
	}}
}

// legend explains the symbols of the dashboard, in the glyphs of a look.
func legend(look *draw.Look) Group {
	return Group{"Signs", []draw.Hint{
		{Key: views.MarkGlyph(event.MarkLive), Word: "live: answered at the first attempt"},
		{Key: views.MarkGlyph(event.MarkRetried), Word: "live after retries"},
		{Key: views.MarkGlyph(event.MarkStale), Word: "stale: failed, the last known good value was served"},
		{Key: views.MarkGlyph(event.MarkInterpolated), Word: "stale: failed, a mean of good values was served"},
		{Key: views.MarkGlyph(event.MarkFastFail), Word: "fast-fail: refused, nothing sent; a substitute may be served"},
		{Key: views.MarkGlyph(event.MarkMissing), Word: "missing: failed, nothing served"},
		{Key: views.StateGlyph(breaker.Closed), Word: "state: CLOSED"},
		{Key: views.StateGlyph(breaker.Open), Word: "state: OPEN"},
		{Key: views.StateGlyph(breaker.HalfOpen), Word: "state: HALF_OPEN, this call was a probe"},
		{Key: views.StateGlyph(breaker.ForcedOpen), Word: "state: forced open"},
		{Key: views.StateGlyph(breaker.Disabled), Word: "state: the breaker is off"},
		{Key: string(look.Blocks[4]), Word: "time that an answered call took, retries and waits included"},
		{Key: string(look.Burnt), Word: "time spent on a call that failed"},
		{Key: look.FastFail, Word: "refused: it took no time"},
		{Key: string(look.Behind), Word: "a limit or percentile drawn through; between attempts, a wait"},
		{Key: "p50 p95 p99", Word: "half, 95 and 99 of 100 answered calls took no longer; right to 3 %"},
		{Key: look.Fault, Word: "a fault that was injected is active"},
		{Key: look.Filled + look.Hollow, Word: "counts towards the next state: so far, and missing"},
		{Key: "naive", Word: "the same calls on the same draws, without retries, breakers and fallbacks"},
	}}
}
