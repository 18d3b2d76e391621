package detail

import (
	"slices"
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// circuitChain draws the circuit as one line, with the current state in brackets:
// "CLOSED ── 5 failures in a row ─> [OPEN] ─ in 2.0 s ─> HALF_OPEN …".
func (s *drawing) circuitChain(p *draw.Pen, v *stats.SensorView) {
	a := arrowWords(v, s.Frame.Now)
	for form := range chainForms {
		out := s.chain(v, a, form)
		if draw.SegsWidth(out) <= p.Room() || form == chainForms-1 {
			p.Segs(out)
			return
		}
	}
}

// chainForms is how many forms the line has, from wide to narrow: the whole line, with
// shorter words, without blanks around the arrows, without the CLOSED at the end, and
// without the arrow that leads to it.
const chainForms = 5

// chain makes the line in one of its forms, 0 to chainForms - 1.
func (s *drawing) chain(v *stats.SensorView, a arrows, form int) (out []draw.Seg) {
	state := func(states ...breaker.State) {
		word, _ := sentence.State(states[0])
		seg := draw.Words(draw.Label, word)
		if slices.Contains(states, v.Circuit.State) {
			word, _ = sentence.State(v.Circuit.State)
			seg = draw.Seg{Role: views.StateRole(v.Circuit.State), Text: "[" + word + "]", Inverse: s.Flashing(v.Index)}
		}
		out = append(out, seg)
	}
	way := func(text string) {
		gap, around := " ", " "
		if form >= 2 {
			around = ""
			text = strings.Replace(text, "in a row", "bad", 1)
		}
		if form > 0 {
			gap = ""
			if strings.Contains(text, "more good") {
				text = strings.Replace(text, " good", "", 1)
			}
			for _, long := range []string{" failures", "after ", " probes", " probe"} {
				text = strings.Replace(text, long, "", 1)
			}
		}
		out = append(out, draw.Words(draw.Label, around+s.Look.Rule), draw.Words(draw.Plain, gap+text+gap), draw.Words(draw.Label, s.Look.Rule+">"+around))
	}
	state(breaker.Closed, breaker.Disabled)
	way(a.trip)
	state(breaker.Open, breaker.ForcedOpen)
	way(a.probe)
	state(breaker.HalfOpen)
	if form < 4 {
		way(a.closes)
	}
	if form < 3 {
		out = append(out, draw.Words(draw.Label, breaker.Closed.String()))
	}
	return out
}
