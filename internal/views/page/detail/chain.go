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

// circuitChain is the circuit in one line: the lit state in brackets.
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

// chainForms is how many forms the line has, from wide to narrow: whole, close together,
// without a blank, without where it leads in the end, and without the way there.
const chainForms = 5

// chain is the line in one of its forms.
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
