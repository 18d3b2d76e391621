package detail

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/engine/breaker"
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

// arrows are the words on the arrows of the circuit. For a change that is possible from the
// current state they say what is still missing; for the others, what is needed in general.
type arrows struct{ trip, probe, closes, reopens string }

// arrowWords reads them from the circuit, the settings and the time.
func arrowWords(v *stats.SensorView, now time.Duration) arrows {
	c, rules := &v.Circuit, rulesOf(v)
	a := arrows{
		trip: tripRule(&rules, true), probe: "after " + words.Age(openFor(c, &rules)),
		closes: goodProbes(rules.SuccessesToClose), reopens: "1 failure",
	}
	switch c.State {
	case breaker.Closed:
		switch {
		case rules.MinVolume > 0:
			a.trip = rateNow(c, &rules)
			if nearest, _ := sentence.Nearest(c); nearest != "" {
				what, _, _ := strings.Cut(nearest, " trip")
				a.trip += " or " + what
			}
		case c.Failures > 0:
			a.trip = moreFailures(rules.FailureThreshold - c.Failures)
		}
	case breaker.Open:
		a.probe = "probe due"
		if left := c.ProbeAt - now; left > 0 {
			a.probe = "in " + words.Left(left)
		}
	case breaker.HalfOpen:
		if left := rules.SuccessesToClose - c.Good; left > 0 {
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

// rateNow says how near the rate of the window is to its limit, or, while the window holds
// too few calls to judge, how many it holds.
func rateNow(c *breaker.Circuit, rules *breaker.Settings) string {
	if c.Sample.Calls < rules.MinVolume {
		return strconv.Itoa(c.Sample.Calls) + " of " + strconv.Itoa(rules.MinVolume) + " calls"
	}
	text, _, _ := sentence.Window(c, rules)
	text, _, _ = strings.Cut(text, ", ")
	return text
}

// rulesOf is the breaker's settings in force.
func rulesOf(v *stats.SensorView) breaker.Settings { return v.Policy.Resolved().Breaker }

// openFor is how long the circuit stays open: the delay of the current opening, or, where
// it is not open, the delay of the next one, without the growth after failed probes.
func openFor(c *breaker.Circuit, rules *breaker.Settings) time.Duration {
	if c.OpenFor > 0 {
		return c.OpenFor
	}
	return rules.OpenFor
}

// circuitBox draws the state machine: three states and the four transitions between them.
// The current state has a heavy frame.
func (s *drawing) circuitBox(v *stats.SensorView, at draw.Rect) {
	s.Panelled(at, []draw.Seg{draw.Words(draw.Plain, "circuit")}, draw.Labelled("lit: where it is now"))
	d := diagram{s.In(draw.At(at.X+2, at.Y+1, diagramWidth, diagramHeight)), v.Circuit.State}
	s.state(d, v, draw.At(0, 0, 14, 4), breaker.Closed, breaker.Disabled)
	s.state(d, v, draw.At(37, 0, 14, 4), breaker.Open, breaker.ForcedOpen)
	s.state(d, v, draw.At(19, 5, 18, 4), breaker.HalfOpen)
	d.ways(arrowWords(v, s.Frame.Now))
}

// state draws one box of the diagram. It stands for all the states in is: FORCED_OPEN, for
// example, is shown in the box of OPEN. It shows the first of them, or the current one.
func (s *drawing) state(d diagram, v *stats.SensorView, at draw.Rect, is ...breaker.State) {
	state, edge := is[0], draw.Square(draw.Label)
	in := slices.Contains(is, d.lit)
	if in {
		state = d.lit
		edge = draw.Heavy(views.StateRole(state))
	}
	flash := in && s.Flashing(v.Index)
	name, short := s.Frame.StateWords(state)
	if words.Width(name) > at.W-2 {
		name = short
	}
	p := d.Sub(at)
	p.Inverse = flash
	p.Frame(edge)
	for y, line := range [][]draw.Seg{
		{draw.Words(edge.Role, name)},
		append([]draw.Seg{draw.Words(edge.Role, views.ToggleSign(state))}, s.progress(v, state, in)...),
	} {
		p.Line(y + 1)
		p.Inverse = flash
		p.To(1)
		p.Repeat(draw.Plain, " ", at.W-2)
		p.Line(y + 1)
		p.Inverse = flash
		p.To(1 + max((at.W-2-draw.SegsWidth(line))/2, 0))
		p.Segs(line)
	}
}

// progress says how far the current state is from the next one: counted failures, good
// probes, or time. Other boxes have nothing.
func (s *drawing) progress(v *stats.SensorView, state breaker.State, lit bool) []draw.Seg {
	if !lit {
		return nil
	}
	const gauge = 5 // the cells that the smaller boxes have room for
	c, rules := &v.Circuit, rulesOf(v)
	switch state {
	case breaker.Closed:
		if rules.MinVolume > 0 {
			return nil
		}
		return s.countSegs(c.Failures, rules.FailureThreshold, gauge, false)
	case breaker.HalfOpen:
		return s.countSegs(c.Good, rules.SuccessesToClose, gauge, true)
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

// countSegs draws a count as filled and empty cells, or as a number where more than most
// are needed; number adds the number to the cells.
func (s *drawing) countSegs(have, of, most int, number bool) []draw.Seg {
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

// diagram draws the transitions between the boxes of the states; lit is the current state.
type diagram struct {
	*draw.Pen
	lit breaker.State
}

// put writes text at a cell.
func (d diagram) put(x, y int, r draw.Role, text string) {
	d.Line(y)
	d.To(x)
	d.Text(r, text)
}

// across and down draw lines, both ends included.
func (d diagram) across(x0, x1, y int, r draw.Role) { d.put(x0, y, r, strings.Repeat("─", x1-x0+1)) }

func (d diagram) down(x, y0, y1 int, r draw.Role) {
	for y := y0; y <= y1; y++ {
		d.put(x, y, r, "│")
	}
}

// ways draws the transitions as arrows with their conditions. Those that lead out of the
// current state are highlighted.
func (d diagram) ways(a arrows) {
	from := func(states ...breaker.State) (line, word draw.Role) {
		if slices.Contains(states, d.lit) {
			return draw.Plain, draw.Strong
		}
		return draw.Label, draw.Label
	}
	joint := func(light, heavy string, states ...breaker.State) string {
		if slices.Contains(states, d.lit) {
			return heavy
		}
		return light
	}
	line, word := from(breaker.Closed, breaker.Disabled)
	d.across(14, 35, 1, line)
	d.put(13, 1, line, joint("├", "┠", breaker.Closed, breaker.Disabled))
	d.put(36, 1, line, ">")
	above, below := a.trip, ""
	if one, other, two := strings.Cut(a.trip, " or "); two {
		above, below = one, "or "+other
	}
	for y, text := range map[int]string{0: above, 2: below} {
		text = d.Look.Clip(text, tripWidth)
		d.put(14+1+(tripWidth-words.Width(text))/2, y, word, text)
	}

	line, word = from(breaker.Open, breaker.ForcedOpen)
	d.put(39, 3, line, joint("┬", "┯", breaker.Open, breaker.ForcedOpen))
	d.down(39, 4, 5, line)
	d.put(37, 6, line, "<─┘")
	closes := d.Look.Clip(a.closes, probeWidth-10)
	probe := d.Look.Clip(a.probe, probeWidth-words.Width(closes)-1)
	d.put(38-words.Width(probe), 4, word, probe)

	line, word = from(breaker.HalfOpen)
	d.put(6, 3, line, "^")
	d.down(6, 4, 5, line)
	d.put(6, 6, line, "└")
	d.across(7, 18, 6, line)
	d.put(19, 6, line, joint("┤", "┨", breaker.HalfOpen))
	d.put(8, 4, word, closes)

	d.put(36, 7, line, joint("├", "┠", breaker.HalfOpen))
	d.across(37, 47, 7, line)
	d.put(48, 7, line, "┘")
	d.down(48, 4, 6, line)
	d.put(48, 3, line, "^")
	d.put(50, 4, word, a.reopens)
}
