package report

import (
	"math"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/report/render"
)

// marksOf draws the calls as in the call track of the dashboard, one glyph per
// call.
func marksOf(calls []event.Event) []render.Piece {
	var out []render.Piece
	for i := range calls {
		out = join(out, mark(&calls[i].Call))
	}
	return out
}

func mark(c *event.Call) render.Piece {
	switch {
	case c.Result == event.Live && c.Attempts > 1:
		return render.Piece{Text: "+", Tone: render.Retried}
	case c.Result == event.Live:
		return render.Piece{Text: "●", Tone: render.Live}
	case c.Result == event.Stale:
		return render.Piece{Text: "~", Tone: render.Stale}
	case c.Result == event.Interpolated:
		return render.Piece{Text: "≈", Tone: render.Stale}
	case c.Result == event.FastFail:
		return render.Piece{Text: "×", Tone: render.FastFail}
	default:
		return render.Piece{Text: "_", Tone: render.Missing}
	}
}

// callLegend explains the marks.
func callLegend() []render.Piece {
	return []render.Piece{
		{Text: "● live  ", Tone: render.Live},
		{Text: "+ after retries  ", Tone: render.Retried},
		{Text: "~ stale  ", Tone: render.Stale},
		{Text: "≈ interpolated  ", Tone: render.Stale},
		{Text: "× refused  ", Tone: render.FastFail},
		{Text: "_ missing", Tone: render.Missing},
	}
}

// statesOf draws the state of the breaker after each call, as in the state
// track of the dashboard.
func statesOf(calls []event.Event) []render.Piece {
	var out []render.Piece
	for i := range calls {
		c := &calls[i].Call
		p := render.Piece{Text: "─", Tone: render.Closed}
		switch {
		case c.Probe:
			p = render.Piece{Text: "?", Tone: render.HalfOpen}
		case c.Circuit.State == breaker.Open:
			p = render.Piece{Text: "╱", Tone: render.Open}
		case c.Circuit.State == breaker.HalfOpen:
			p = render.Piece{Text: "?", Tone: render.HalfOpen}
		}
		out = join(out, p)
	}
	return out
}

// stateLegend explains the states.
func stateLegend() []render.Piece {
	return []render.Piece{{Text: "─ CLOSED  ", Tone: render.Closed}, {Text: "╱ OPEN  ", Tone: render.Open}, {Text: "? probe, HALF_OPEN", Tone: render.HalfOpen}}
}

// join appends a piece, or extends the last one where the tone is the same.
func join(out []render.Piece, p render.Piece) []render.Piece {
	if n := len(out); n > 0 && out[n-1].Tone == p.Tone {
		out[n-1].Text += p.Text
		return out
	}
	return append(out, p)
}

// latencies are the durations of answered calls in milliseconds; NaN for
// others.
func latencies(calls []event.Event) []float64 {
	out := make([]float64, len(calls))
	for i := range calls {
		c := &calls[i].Call
		out[i] = math.NaN()
		if c.Result == event.Live {
			out[i] = seconds(c.Took) * 1000
		}
	}
	return out
}
