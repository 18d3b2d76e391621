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
	*screen
	v     *stats.SensorView
	w     int
	out   []string
	edge  draw.Border
	frame draw.Role
	// selected and flash choose the frame.
	selected, flash bool
}

// pane draws a sensor: title, value, the score, what the circuit will do next
// and why it is as it is.
func (s *screen) pane(sensor, w int) []string {
	p := &pane{screen: s, v: s.sensor(sensor), w: w, edge: s.look.Light, frame: draw.Label}
	p.selected = sensor == s.l.Selected
	p.flash = s.flashing(sensor)
	if p.selected {
		p.edge, p.frame = s.look.Heavy, draw.Accent
		if s.f.Frozen {
			p.frame = draw.Label // nothing here is happening now
		}
	}
	p.out = make([]string, 0, s.l.Score.Height())
	p.title()
	p.row(p.valueRow)
	p.chart()
	p.row(p.callRow)
	if s.l.Score.State {
		p.row(p.stateRow)
	}
	p.row(p.faultRow)
	if s.l.Score.Axis {
		p.row(p.axisRow)
	}
	p.row(p.forecastRow)
	if s.l.Score.Cause {
		p.row(p.causeRow)
	}
	if s.l.Score.Percentiles {
		p.row(p.percentileRow)
	}
	p.bottom()
	return p.out
}

// edgeGlyph writes a piece of the frame.
func (p *pane) edgeGlyph(s string) {
	p.pen.Inverse = p.flash
	p.pen.Glyph(p.frame, s)
	p.pen.Inverse = false
}

// row draws one line inside the frame; the content starts after one space.
func (p *pane) row(content func()) {
	p.pen.Start(p.w)
	p.edgeGlyph(p.edge.V)
	p.pen.To(2)
	p.pen.Limit = p.w - 2
	content()
	p.pen.Limit = p.w
	p.pen.To(p.w - 1)
	p.edgeGlyph(p.edge.V)
	p.out = append(p.out, p.pen.End(p.w))
}

func (p *pane) valueRow() {
	if p.v.Calls == 0 {
		p.pen.Text(draw.Label, "waiting for the first call")
		return
	}
	p.pen.Clip(draw.Strong, valueText(p.look, p.v), p.w-4)
	p.pen.Right(draw.Label, ageWords(p.v, p.f.Now), p.w-2, 1)
}

func (p *pane) forecastRow() {
	f := forecastOf(p.v, p.f.Now)
	drawGauge(&p.pen, f)
	if f.on+f.off > 0 {
		p.pen.Text(draw.Plain, " ")
	}
	p.pen.Clip(draw.Plain, f.text, p.w-2-p.pen.X)
}

func (p *pane) causeRow() {
	room := p.w - 4
	if p.failing() {
		p.pen.Clip(draw.Fail, failureWords(p.v), room)
		return
	}
	p.pen.Clip(draw.Label, causeWords(p.v, room), room)
}

// failing is true for an endpoint whose last call failed: its error is news,
// while simulated failures come and go. A refusal is no news about the endpoint;
// why the circuit is open is.
func (p *pane) failing() bool {
	return p.v.Real && p.v.LastErr != "" && p.v.LastAttempts > 0 && p.v.Last != event.Live
}

func (p *pane) percentileRow() {
	p.pen.Clip(draw.Label, percentileWords(p.v), p.w-4)
}

// axisRow names the two ends of the time axis.
func (p *pane) axisRow() {
	p.axis(p.l.Columns, p.f.interval(p.v))
}

// axisEnd names the right end of a time axis: on a frozen screen it is not the
// present.
func (s *screen) axisEnd() string {
	if s.f.Frozen {
		return "then"
	}
	return "now"
}

func (s *screen) axis(columns int, interval time.Duration) {
	now := s.axisEnd()
	start := trackGutter - 2
	end := start + columns
	s.pen.To(start)
	if interval > 0 {
		label := words.Span(interval*time.Duration(columns)) + " ago"
		if words.Width(label)+1+len(now) <= columns {
			s.pen.Text(draw.Label, label)
		}
	}
	s.pen.Right(draw.Label, now, end, 0)
}
