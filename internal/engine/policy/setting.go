package policy

import (
	"slices"
	"time"

	"resiltui/internal/setting"
)

// Setting is one value of a policy that can be read and changed by name. The name
// is its path within a policy, "breaker.threshold"; on the command line "policy."
// comes before it. Get is the value in force, defaults filled in. Whether values
// fit together is checked by Policy.Validate.
type Setting struct {
	setting.Of[Policy]
	// Step changes to the next greater or smaller sensible value, or to the next
	// name of a list, after the last one to the first. It leaves a valid policy
	// valid: where there is no such value, it changes nothing.
	Step func(p *Policy, up bool)
}

// MaxTime is the longest time that a setting takes.
const MaxTime = 24 * time.Hour

// Off is the value that switches a setting off, where that is allowed.
const Off = setting.Off

// off is Off as a number.
const off = setting.Nothing

// number is a setting that is one number. Times are in nanoseconds.
type number struct {
	setting.Number
	// rungs gives the values that steps go to, in rising order. They are made on
	// demand, because most readers of the table never step.
	rungs func() []float64
	// get is the value of a resolved policy, or off; put sets it.
	get func(Policy) float64
	put func(*Policy, float64)
}

// numeric makes the setting of a number.
func numeric(r setting.Row, n number) Setting {
	get := func(p Policy) float64 { return n.get(p.Resolved()) }
	s := Setting{Of: setting.Numeric(r, n.Number, get, n.put)}
	s.Step = func(p *Policy, up bool) {
		changed := p.Complete()
		for {
			before := get(changed)
			x := n.next(before, up)
			n.put(&changed, x)
			changed = changed.Complete()
			if get(changed) == before {
				return // the last rung
			}
			if changed.Validate() == nil {
				*p = changed
				return
			}
		}
	}
	return s
}

// next is the rung after x in a direction. Above the last rung it is x; below
// the first it is off where the number may be off, else x.
func (n *number) next(x float64, up bool) float64 {
	if up {
		for _, r := range n.rungs() {
			if r > x {
				return r
			}
		}
		return x
	}
	for _, r := range slices.Backward(n.rungs()) {
		if r < x {
			return r
		}
	}
	if n.Optional() {
		return off
	}
	return x
}

// names makes the setting of one word of a list. get reads a resolved policy; set
// may refuse a word.
func names(r setting.Row, list []string, get func(Policy) string, set func(*Policy, string) error) Setting {
	s := Setting{Of: setting.Word(r, list, func(p Policy) string { return get(p.Resolved()) }, set)}
	s.Step = func(p *Policy, up bool) {
		by := 1
		if !up {
			by = len(list) - 1
		}
		// A word that is not in the list is at -1, and steps to one that is.
		i := max(slices.Index(list, s.Get(*p)), 0)
		changed := *p
		if set(&changed, list[(i+by)%len(list)]) == nil {
			*p = changed
		}
	}
	return s
}

// Differences says in words what changes from old to new, in the order of
// Settings: "trip after 5 → 3 failures in a row".
func Differences(old, new Policy) []string { //nolint:predeclared // the pair reads best as old and new
	var texts []string
	for _, s := range Settings() {
		before, after := s.Get(old), s.Get(new)
		if before == after {
			continue
		}
		text := s.Label + " " + before + " → " + after
		if unit := s.UnitOf(after); unit != "" {
			text += " " + unit
		}
		texts = append(texts, text)
	}
	return texts
}
