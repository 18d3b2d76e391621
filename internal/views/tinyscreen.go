package views

import (
	"fmt"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// line draws a screen of one line: the sensor that needs attention most, and how many
// sensors have which result; of a real run what is down.
func (s *Screen) line() {
	p := &s.Pen
	p.Next()
	if s.Frame.Real() {
		s.AnswerLine(p)
	} else {
		s.worstAndCounts(p)
	}
	if s.Frame.LogMark != "" && p.X+len(shortLogMark) <= s.Layout.Width {
		p.Text(draw.Fail, shortLogMark)
	}
}

// worstAndCounts is the line of a simulation.
func (s *Screen) worstAndCounts(p *draw.Pen) {
	if v := s.worst(); v != nil {
		name := v.ID
		if name == "" {
			name = v.Name
		}
		p.Text(draw.Strong, name)
		p.Text(draw.Plain, " ")
		word, _ := sentence.State(v.Circuit.State)
		p.Inverse = s.Flashing(v.Index)
		p.Text(StateRole(v.Circuit.State), word)
		p.Inverse = false
		if v.Circuit.State == breaker.Open {
			p.Text(draw.Plain, " "+probeShort(v.Circuit.ProbeAt-s.Frame.Now))
		}
		p.Text(draw.Plain, "  ")
	}
	for _, c := range results(&s.Frame.Snap) {
		if c.n > 0 || c.role == draw.Live {
			p.Text(c.role, fmt.Sprintf("%d%s ", c.n, c.glyph))
		}
	}
}

func probeShort(left time.Duration) string {
	if left <= 0 {
		return "due"
	}
	return strings.ReplaceAll(words.Left(left), " ", "")
}

// worst returns the sensor that needs attention most: one with an open circuit, else one
// with a half-open circuit, else the selected one.
func (s *Screen) worst() *stats.SensorView {
	for _, state := range []breaker.State{breaker.Open, breaker.ForcedOpen, breaker.HalfOpen} {
		for i := range s.Frame.Snap.Sensors {
			if v := &s.Frame.Snap.Sensors[i]; v.Circuit.State == state {
				return v
			}
		}
	}
	if _, ok := s.Frame.Info(s.Layout.Selected); !ok {
		return nil
	}
	return s.Sensor(s.Layout.Selected)
}
