package views

import (
	"slices"
	"strings"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
)

// circuitChain is the circuit in one line: the lit state in brackets.
func (s *screen) circuitChain(v *stats.SensorView) {
	room := s.pen.limit - s.pen.w
	a := arrowWords(v, s.f.Now)
	for form := range 4 {
		out, lit := s.chain(v, a, form)
		if segsWidth(out) > room && form < 3 {
			continue
		}
		s.pen.segs(out[:lit])
		s.pen.inverse = s.flashing(v.Index)
		s.pen.segs(out[lit : lit+1])
		s.pen.inverse = false
		s.pen.segs(out[lit+1:])
		return
	}
}

// chain is the line in forms from wide to narrow: whole, close together, without
// a blank, and without where it leads in the end. lit is the place of the lit state.
func (s *screen) chain(v *stats.SensorView, a arrows, form int) (out []seg, lit int) {
	state := func(states ...breaker.State) {
		word, _ := stateWords(states[0])
		r := roleLabel
		if slices.Contains(states, v.Circuit.State) {
			word, _ = stateWords(v.Circuit.State)
			word, r, lit = "["+word+"]", stateRole(v.Circuit.State), len(out)
		}
		out = append(out, seg{r, word})
	}
	way := func(text string) {
		gap, around := " ", " "
		if form == 2 {
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
		out = append(out, seg{roleLabel, around + s.look.rule}, seg{rolePlain, gap + text + gap}, seg{roleLabel, s.look.rule + ">" + around})
	}
	state(breaker.Closed, breaker.Disabled)
	way(a.trip)
	state(breaker.Open, breaker.ForcedOpen)
	way(a.probe)
	state(breaker.HalfOpen)
	way(a.closes)
	if form < 3 {
		out = append(out, seg{roleLabel, breaker.Closed.String()})
	}
	return out, lit
}
