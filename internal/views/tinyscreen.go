package views

import (
	"fmt"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// line draws a screen of one line: the sensor that needs attention most, and how many
// sensors have which result.
func (s *Screen) line() {
	p := &s.Pen
	p.Next()
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
	snap := &s.Frame.Snap
	for _, c := range []struct {
		m event.Mark
		n int
	}{
		{event.MarkLive, snap.Live},
		{event.MarkStale, snap.Stale},
		{event.MarkFastFail, snap.FastFail},
		{event.MarkMissing, snap.Missing},
	} {
		if c.n > 0 || c.m == event.MarkLive {
			g, r := MarkSign(c.m)
			p.Text(r, fmt.Sprintf("%d%s ", c.n, g))
		}
	}
	if s.Frame.LogMark != "" && p.X+len(shortLogMark) <= s.Layout.Width {
		p.Text(draw.Fail, shortLogMark)
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
