package detail

import (
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// The diagram's size, and how wide the words on its arrows may be.
const (
	diagramWidth, diagramHeight = 59, 9
	tripWidth, probeWidth       = 21, 30
)

// arrows are the words on the arrows of the circuit: what is still missing for
// each way where the circuit can go it, and what it takes where it is elsewhere.
type arrows struct{ trip, probe, closes, reopens string }

// arrowWords reads them from the circuit, the settings and the time.
func arrowWords(v *stats.SensorView, now time.Duration) arrows {
	c := &v.Circuit
	a := arrows{
		trip: tripRule(v, true), probe: "after " + words.Age(openFor(v)),
		closes: goodProbes(needed(v)), reopens: "1 failure",
	}
	switch c.State {
	case breaker.Closed:
		if left := threshold(v) - c.Failures; c.MinVolume == 0 && threshold(v) > 0 && c.Failures > 0 {
			a.trip = moreFailures(left)
		} else if c.MinVolume > 0 {
			a.trip = rateNow(c)
			if nearest, _ := sentence.Nearest(c); nearest != "" {
				what, _, _ := strings.Cut(nearest, " trip")
				a.trip += " or " + what
			}
		}
	case breaker.Open:
		a.probe = "probe due"
		if left := c.ProbeAt - now; left > 0 {
			a.probe = "in " + words.Left(left)
		}
	case breaker.HalfOpen:
		if left := needed(v) - c.Good; left > 0 {
			a.closes = words.Counted(left, "more good probe")
		}
	case breaker.ForcedOpen:
		a.probe = "o releases"
	case breaker.Disabled:
		a.trip = "nothing is counted"
	}
	return a
}

func moreFailures(left int) string { return words.Counted(max(left, 1), "more failure") }

func goodProbes(n int) string { return words.Counted(n, "good probe") }

// rateNow is how near a window is to the limit of its rate.
func rateNow(c *event.Circuit) string {
	if c.Sample.Calls < c.MinVolume {
		return strconv.Itoa(c.Sample.Calls) + " of " + strconv.Itoa(c.MinVolume) + " calls"
	}
	text, _ := sentence.Window(c)
	text, _, _ = strings.Cut(text, ", ")
	return text
}

// threshold, needed and openFor are the breaker's settings in force, read from
// the circuit where it tells them.
func threshold(v *stats.SensorView) int {
	if v.Circuit.Threshold != 0 {
		return v.Circuit.Threshold
	}
	return v.Threshold
}

func needed(v *stats.SensorView) int {
	if v.Circuit.Needed != 0 {
		return v.Circuit.Needed
	}
	return v.Needed
}

func openFor(v *stats.SensorView) time.Duration {
	if v.Circuit.OpenFor > 0 {
		return v.Circuit.OpenFor
	}
	return v.Policy.Resolved().Breaker.OpenFor
}

// circuitBox is the state machine: the state that it is in has the heavy frame.
func (s *drawing) circuitBox(v *stats.SensorView, w int) []string {
	b := s.Boxed([]draw.Seg{draw.Words(draw.Plain, "circuit")}, draw.Labelled("lit: where it is now"), w)
	d := s.diagram(v)
	for y := range d.H {
		b.Line(func() { s.Pen.Canvas(d, y) })
	}
	return b.End(s.plan.top)
}

// diagram draws the three states and the four ways between them.
func (s *drawing) diagram(v *stats.SensorView) *draw.Canvas {
	b := draw.NewCanvas(s.Look, diagramWidth, diagramHeight)
	closed, open, half := draw.At(0, 0, 14, 4), draw.At(37, 0, 14, 4), draw.At(19, 5, 18, 4)
	lit := v.Circuit.State
	a := arrowWords(v, s.Frame.Now)

	for _, st := range []struct {
		at   draw.Rect
		is   []breaker.State
		name string
		body []draw.Seg
	}{
		{closed, []breaker.State{breaker.Closed, breaker.Disabled}, "CLOSED", nil},
		{open, []breaker.State{breaker.Open, breaker.ForcedOpen}, "OPEN", nil},
		{half, []breaker.State{breaker.HalfOpen}, "HALF_OPEN", nil},
	} {
		state, in := st.is[0], false
		for _, is := range st.is {
			if is == lit {
				state, in = is, true
			}
		}
		r, frame := draw.Label, draw.Label
		if in {
			r, frame = views.StateRole(state), views.StateRole(state)
			st.name, _ = sentence.State(state)
		}
		b.Box(st.at, frame, in)
		centre(b, st.at, 1, []draw.Seg{draw.Words(r, st.name)})
		centre(b, st.at, 2, append([]draw.Seg{draw.Words(r, views.ToggleSign(s.Look, state))}, s.progress(v, state, in)...))
		if in && s.Flashing(v.Index) {
			b.Invert(st.at)
		}
	}
	s.ways(b, lit, a)
	return b
}

// centre writes segments in the middle of a box's line.
func centre(b *draw.Canvas, at draw.Rect, line int, out []draw.Seg) {
	b.Segs(at.X+1+max((at.W-2-draw.SegsWidth(out))/2, 0), at.Y+line, out)
}

// progress is how far the lit state is on its way to the next.
func (s *drawing) progress(v *stats.SensorView, state breaker.State, lit bool) []draw.Seg {
	if !lit {
		return nil
	}
	const gauge = 5 // what the smaller boxes hold
	c := &v.Circuit
	switch state {
	case breaker.Closed:
		if c.MinVolume > 0 || threshold(v) <= 0 {
			return nil
		}
		return s.countSegs(c.Failures, threshold(v), gauge, false)
	case breaker.HalfOpen:
		return s.countSegs(c.Good, needed(v), gauge, true)
	case breaker.Open:
		f := views.Opened(c.ProbeAt, c.OpenFor, s.Frame.Now)
		on := f.On * gauge / views.TimeGauge
		out := []draw.Seg{draw.Words(draw.Plain, " ")}
		for i := range gauge {
			if i < on {
				out = append(out, draw.Words(draw.Stale, s.Look.Elapsed))
			} else {
				out = append(out, draw.Words(draw.Label, s.Look.TimeLeft))
			}
		}
		return out
	}
	return nil
}

// countSegs is a count as cells, or as a number where there is no room for them.
func (s *drawing) countSegs(have, of, most int, number bool) []draw.Seg {
	if of <= 0 {
		return nil
	}
	have = min(max(have, 0), of)
	text := " " + strconv.Itoa(have) + "/" + strconv.Itoa(of)
	if of > most {
		return []draw.Seg{draw.Words(draw.Stale, text)}
	}
	out := []draw.Seg{draw.Words(draw.Plain, " ")}
	if number {
		out[0].Text = "   "
	}
	for i := range of {
		if i < have {
			out = append(out, draw.Words(draw.Stale, s.Look.Filled))
		} else {
			out = append(out, draw.Words(draw.Label, s.Look.Hollow))
		}
	}
	if number {
		out = append(out, draw.Words(draw.Plain, text))
	}
	return out
}

// ways draws the arrows. Those that lead out of the lit state stand out.
func (s *drawing) ways(b *draw.Canvas, lit breaker.State, a arrows) {
	from := func(states ...breaker.State) (line, word draw.Role) {
		for _, is := range states {
			if is == lit {
				return draw.Plain, draw.Strong
			}
		}
		return draw.Label, draw.Label
	}
	line, word := from(breaker.Closed, breaker.Disabled)
	b.Across(14, 35, 1, line)
	b.Set(13, 1, line, joint('├', '┠', lit == breaker.Closed || lit == breaker.Disabled))
	b.Set(36, 1, line, '>')
	above, below := a.trip, ""
	if one, other, two := strings.Cut(a.trip, " or "); two {
		above, below = one, "or "+other
	}
	for y, text := range map[int]string{0: above, 2: below} {
		text = s.Look.Clip(text, tripWidth)
		b.Text(14+1+(tripWidth-words.Width(text))/2, y, word, text)
	}

	line, word = from(breaker.Open, breaker.ForcedOpen)
	b.Set(39, 3, line, joint('┬', '┯', lit == breaker.Open || lit == breaker.ForcedOpen))
	b.Down(39, 4, 5, line)
	b.Set(39, 6, line, '┘')
	b.Set(38, 6, line, '─')
	b.Set(37, 6, line, '<')
	closes := s.Look.Clip(a.closes, probeWidth-10)
	probe := s.Look.Clip(a.probe, probeWidth-words.Width(closes)-1)
	b.Text(38-words.Width(probe), 4, word, probe)

	line, word = from(breaker.HalfOpen)
	b.Set(6, 3, line, '^')
	b.Down(6, 4, 5, line)
	b.Set(6, 6, line, '└')
	b.Across(7, 18, 6, line)
	b.Set(19, 6, line, joint('┤', '┨', lit == breaker.HalfOpen))
	b.Text(8, 4, word, closes)

	b.Set(36, 7, line, joint('├', '┠', lit == breaker.HalfOpen))
	b.Across(37, 47, 7, line)
	b.Set(48, 7, line, '┘')
	b.Down(48, 4, 6, line)
	b.Set(48, 3, line, '^')
	b.Text(50, 4, word, a.reopens)
}

func joint(light, heavy rune, lit bool) rune {
	if lit {
		return heavy
	}
	return light
}
