package views

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Pane is a sensor's pane that is being drawn: rows in a rectangle.
type Pane struct {
	*Screen
	// Pen writes the rows.
	Pen  *draw.Pen
	View *stats.SensorView
}

// Row begins a row and draws it.
func (p *Pane) Row(content func()) {
	p.Pen.Next()
	content()
}

// ValueRow draws the value, how old it is and why.
func (p *Pane) ValueRow() {
	if p.View.Calls == 0 {
		p.Pen.Text(draw.Label, "waiting for the first call")
		return
	}
	p.Pen.Clip(draw.Strong, ValueText(p.Look, p.View), p.Pen.Width())
	p.Pen.Right(draw.Label, AgeWords(p.View, p.Frame.Now), p.Pen.Width(), 1)
}

// ForecastRow says what is missing until the next state.
func (p *Pane) ForecastRow() {
	f := ForecastOf(p.View, p.Frame.Now)
	DrawGauge(p.Pen, f)
	if f.On+f.Off > 0 {
		p.Pen.Text(draw.Plain, " ")
	}
	p.Pen.Clip(draw.Plain, f.In(p.Pen.Room()), p.Pen.Room())
}

// CauseRow says why the circuit is in its state; for a sensor that asked to wait, how much
// longer; for a failing endpoint, its error.
func (p *Pane) CauseRow() {
	room := p.Pen.Width()
	if left := p.View.HeldUntil - p.Frame.Now; left > 0 {
		p.Pen.Clip(draw.Fail, sentence.Held(left), room)
		return
	}
	if p.failing() {
		p.Pen.Clip(draw.Fail, failureWords(p.View), room)
		return
	}
	p.Pen.Clip(draw.Label, p.Frame.CauseWords(p.View, room), room)
}

// failing is true for an endpoint whose last call failed: the user wants to see its error,
// while simulated failures come and go. A refused call says nothing about the endpoint; for
// it the reason why the circuit is open is shown.
func (p *Pane) failing() bool {
	return p.View.Real && p.View.LastErr != "" && p.View.LastAttempts > 0 && p.View.Last != event.Live
}

// PercentileRow draws the latency in numbers.
func (p *Pane) PercentileRow() {
	p.Pen.Clip(draw.Label, PercentileWords(p.View), p.Pen.Width())
}

// AxisRow names the two ends of the time axis.
func (p *Pane) AxisRow() {
	p.Axis(p.Pen, p.Layout.Columns, p.Frame.Interval(p.View))
}

// AxisEnd names the right end of a time axis: a frozen screen shows the past, so there it
// is not "now".
func (s *Screen) AxisEnd() string {
	if s.Frame.Frozen {
		return "then"
	}
	return "now"
}

// Axis names the two ends of a time axis, below the columns of a track.
func (s *Screen) Axis(p *draw.Pen, columns int, interval time.Duration) {
	now := s.AxisEnd()
	p.To(RowGutter)
	if interval > 0 {
		label := words.Span(interval*time.Duration(columns)) + " ago"
		if words.Width(label)+1+len(now) <= columns {
			p.Text(draw.Label, label)
		}
	}
	p.Right(draw.Label, now, RowGutter+columns, 0)
}
