package report

import (
	"math"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// marksOf draws calls as the dashboard's call track does, one glyph a call.
func marksOf(calls []event.Event) []Piece {
	var out []Piece
	for i := range calls {
		out = join(out, mark(&calls[i].Call))
	}
	return out
}

func mark(c *event.Call) Piece {
	switch {
	case c.Result == event.Live && c.Attempts > 1:
		return Piece{"+", Retried}
	case c.Result == event.Live:
		return Piece{"●", Live}
	case c.Result == event.Stale:
		return Piece{"~", Stale}
	case c.Result == event.Interpolated:
		return Piece{"≈", Stale}
	case c.Result == event.FastFail:
		return Piece{"×", Refused}
	default:
		return Piece{"_", Missing}
	}
}

// callLegend explains the marks.
func callLegend() []Piece {
	return []Piece{
		{"● live  ", Live},
		{"+ after retries  ", Retried},
		{"~ stale  ", Stale},
		{"≈ interpolated  ", Stale},
		{"× refused  ", Refused},
		{"_ missing", Missing},
	}
}

// statesOf draws the breaker's state after each call, as the dashboard's state
// track does.
func statesOf(calls []event.Event) []Piece {
	var out []Piece
	for i := range calls {
		c := &calls[i].Call
		p := Piece{"─", Closed}
		switch {
		case c.Probe:
			p = Piece{"?", HalfOpen}
		case c.Circuit.State == breaker.Open:
			p = Piece{"╱", Open}
		case c.Circuit.State == breaker.HalfOpen:
			p = Piece{"?", HalfOpen}
		}
		out = join(out, p)
	}
	return out
}

// stateLegend explains the states.
func stateLegend() []Piece {
	return []Piece{{"─ CLOSED  ", Closed}, {"╱ OPEN  ", Open}, {"? probe, HALF_OPEN", HalfOpen}}
}

// join appends a piece to a run of the same tone.
func join(out []Piece, p Piece) []Piece {
	if n := len(out); n > 0 && out[n-1].Tone == p.Tone {
		out[n-1].Text += p.Text
		return out
	}
	return append(out, p)
}

// latencies are the durations of answered calls in milliseconds; a gap is NaN.
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
