package export

import (
	"maps"
	"slices"

	"resiltui/internal/engine/policy"
	"resiltui/internal/words"
)

// Fragment returns the settings in which tuned policies differ from the original
// ones, as a file for --set @FILE: one KEY=VALUE a line, each under a comment that
// says what it changes. Both maps are by sensor id; a sensor that is in only one
// of them is left out. What was tuned alike for all sensors is written once.
//
// Setting the lines in order, on the original, gives what was tuned. The same
// maps give the same text, sensors in order of their ids.
func Fragment(scenario string, tuned, original map[string]policy.Policy) string {
	p := &page{remark: "#"}
	name := words.Clean(scenario, 40)
	p.note("Settings of the scenario " + name + " that were tuned.")
	p.note("To start with them: resiltui " + name + " --set @FILE")
	ids := slices.Sorted(maps.Keys(original))
	changes := map[string][]change{}
	for _, id := range ids {
		if after, ok := tuned[id]; ok {
			changes[id] = changesOf(original[id], after)
		}
	}
	switch {
	case len(ids) > 0 && alike(ids, changes):
		p.fragment("all sensors", "policy.", changes[ids[0]])
	default:
		for _, id := range ids {
			p.fragment(words.Clean(id, 40), "sensors."+id+".policy.", changes[id])
		}
	}
	return p.String()
}

// fragment writes the changes of one sensor, or of all.
func (p *page) fragment(who, prefix string, list []change) {
	if len(list) == 0 {
		return
	}
	p.line("")
	p.note(who)
	for _, c := range list {
		p.note(c.words)
		p.line("%s", prefix+c.name+"="+c.value)
	}
}

// change is a setting that gets another value.
type change struct{ name, value, words string }

// alike tells whether more than one sensor was tuned, and all of them in the
// same way from the same beginning.
func alike(ids []string, changes map[string][]change) bool {
	if len(ids) < 2 || len(changes[ids[0]]) == 0 {
		return false
	}
	for _, id := range ids[1:] {
		if !slices.Equal(changes[id], changes[ids[0]]) {
			return false
		}
	}
	return true
}

// changesOf are the settings that lead from one policy to another. One setting
// may bring others along or take them away, so that what is switched on comes
// before what is switched off, and what was taken away is set once more.
func changesOf(from, to policy.Policy) []change {
	const rounds = 4 // more than any setting needs; a test tries them all
	var list []change
	now := from
	for range rounds {
		before := len(list)
		for _, off := range []bool{false, true} {
			for _, s := range policy.Settings() {
				was, value := s.Get(now), s.Get(to)
				if was == value || (value == policy.Off) != off || s.Set(&now, value) != nil {
					continue
				}
				list = append(list, change{s.Name, value, s.Label + ": " + was + " to " + value})
			}
		}
		if len(list) == before {
			break
		}
	}
	return list
}
