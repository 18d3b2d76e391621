package views

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Pane is a sensor's pane in progress.
type Pane struct {
	*Screen
	View     *stats.SensorView
	Width    int
	Out      []string
	Edge     draw.Border
	EdgeRole draw.Role
	// Selected chooses the frame; Flash has the title and the state's word inverse.
	Selected, Flash bool
}

// EdgeGlyph writes a piece of the frame.
func (p *Pane) EdgeGlyph(s string) {
	p.Pen.Glyph(p.EdgeRole, s)
}

// Row draws one line inside the frame; the content starts after one space.
func (p *Pane) Row(content func()) {
	p.Pen.Start(p.Width)
	p.EdgeGlyph(p.Edge.V)
	p.Pen.To(2)
	p.Pen.Limit = p.Width - 2
	content()
	p.Pen.Limit = p.Width
	p.Pen.To(p.Width - 1)
	p.EdgeGlyph(p.Edge.V)
	p.Out = append(p.Out, p.Pen.End(p.Width))
}

// ValueRow tells the value, how old it is and why.
func (p *Pane) ValueRow() {
	if p.View.Calls == 0 {
		p.Pen.Text(draw.Label, "waiting for the first call")
		return
	}
	p.Pen.Clip(draw.Strong, ValueText(p.Look, p.View), p.Width-4)
	p.Pen.Right(draw.Label, AgeWords(p.View, p.Frame.Now), p.Width-2, 1)
}

// ForecastRow tells what is missing for the next state.
func (p *Pane) ForecastRow() {
	f := ForecastOf(p.View, p.Frame.Now)
	DrawGauge(&p.Pen, f)
	if f.On+f.Off > 0 {
		p.Pen.Text(draw.Plain, " ")
	}
	p.Pen.Clip(draw.Plain, f.Text, p.Width-2-p.Pen.X)
}

// CauseRow tells why the circuit is as it is, of a failing endpoint its error.
func (p *Pane) CauseRow() {
	room := p.Width - 4
	if p.failing() {
		p.Pen.Clip(draw.Fail, failureWords(p.View), room)
		return
	}
	p.Pen.Clip(draw.Label, CauseWords(p.View, room), room)
}

// failing is true for an endpoint whose last call failed: its error is news,
// while simulated failures come and go. A refusal is no news about the endpoint;
// why the circuit is open is.
func (p *Pane) failing() bool {
	return p.View.Real && p.View.LastErr != "" && p.View.LastAttempts > 0 && p.View.Last != event.Live
}

// PercentileRow tells the latency in numbers.
func (p *Pane) PercentileRow() {
	p.Pen.Clip(draw.Label, PercentileWords(p.View), p.Width-4)
}

// AxisRow names the two ends of the time axis.
func (p *Pane) AxisRow() {
	p.Axis(p.Layout.Columns, p.Frame.Interval(p.View))
}

// AxisEnd names the right end of a time axis: on a frozen screen it is not the
// present.
func (s *Screen) AxisEnd() string {
	if s.Frame.Frozen {
		return "then"
	}
	return "now"
}

// Axis names the two ends of a time axis of so many columns.
func (s *Screen) Axis(columns int, interval time.Duration) {
	now := s.AxisEnd()
	start := TrackGutter - 2
	end := start + columns
	s.Pen.To(start)
	if interval > 0 {
		label := words.Span(interval*time.Duration(columns)) + " ago"
		if words.Width(label)+1+len(now) <= columns {
			s.Pen.Text(draw.Label, label)
		}
	}
	s.Pen.Right(draw.Label, now, end, 0)
}

// Finish fills the pane with blank rows, ends it with a plain bottom border, and returns
// its lines: height of them, where no more than height-1 were written.
func (p *Pane) Finish(height int) []string {
	for len(p.Out) < height-1 {
		p.Row(func() {})
	}
	p.Pen.Start(p.Width)
	p.EdgeGlyph(p.Edge.BottomLeft)
	for p.Pen.X < p.Width-1 {
		p.EdgeGlyph(p.Edge.H)
	}
	p.EdgeGlyph(p.Edge.BottomRight)
	p.Out = append(p.Out, p.Pen.End(p.Width))
	return p.Out
}
