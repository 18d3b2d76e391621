package views

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// pane is a sensor's pane in progress.
type pane struct {
	*Screen
	v     *stats.SensorView
	w     int
	out   []string
	edge  draw.Border
	frame draw.Role
	// selected and flash choose the frame.
	selected, flash bool
}

// edgeGlyph writes a piece of the frame.
func (p *pane) edgeGlyph(s string) {
	p.Pen.Inverse = p.flash
	p.Pen.Glyph(p.frame, s)
	p.Pen.Inverse = false
}

// row draws one line inside the frame; the content starts after one space.
func (p *pane) row(content func()) {
	p.Pen.Start(p.w)
	p.edgeGlyph(p.edge.V)
	p.Pen.To(2)
	p.Pen.Limit = p.w - 2
	content()
	p.Pen.Limit = p.w
	p.Pen.To(p.w - 1)
	p.edgeGlyph(p.edge.V)
	p.out = append(p.out, p.Pen.End(p.w))
}

func (p *pane) valueRow() {
	if p.v.Calls == 0 {
		p.Pen.Text(draw.Label, "waiting for the first call")
		return
	}
	p.Pen.Clip(draw.Strong, valueText(p.Look, p.v), p.w-4)
	p.Pen.Right(draw.Label, ageWords(p.v, p.Frame.Now), p.w-2, 1)
}

func (p *pane) forecastRow() {
	f := forecastOf(p.v, p.Frame.Now)
	drawGauge(&p.Pen, f)
	if f.on+f.off > 0 {
		p.Pen.Text(draw.Plain, " ")
	}
	p.Pen.Clip(draw.Plain, f.text, p.w-2-p.Pen.X)
}

func (p *pane) causeRow() {
	room := p.w - 4
	if p.failing() {
		p.Pen.Clip(draw.Fail, failureWords(p.v), room)
		return
	}
	p.Pen.Clip(draw.Label, causeWords(p.v, room), room)
}

// failing is true for an endpoint whose last call failed: its error is news,
// while simulated failures come and go. A refusal is no news about the endpoint;
// why the circuit is open is.
func (p *pane) failing() bool {
	return p.v.Real && p.v.LastErr != "" && p.v.LastAttempts > 0 && p.v.Last != event.Live
}

func (p *pane) percentileRow() {
	p.Pen.Clip(draw.Label, percentileWords(p.v), p.w-4)
}

// axisRow names the two ends of the time axis.
func (p *pane) axisRow() {
	p.axis(p.Layout.Columns, p.Frame.interval(p.v))
}

// axisEnd names the right end of a time axis: on a frozen screen it is not the
// present.
func (s *Screen) axisEnd() string {
	if s.Frame.Frozen {
		return "then"
	}
	return "now"
}

func (s *Screen) axis(columns int, interval time.Duration) {
	now := s.axisEnd()
	start := trackGutter - 2
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
