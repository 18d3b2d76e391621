package export

import (
	"maps"
	"slices"

	"resiltui/internal/engine/policy"
	"resiltui/internal/words"
)

// Fragment returns the settings in which tuned policies differ from the original
// ones, as a file for --set @FILE: one KEY=VALUE per line, each under a comment
// that says what it changes. The keys of both maps are sensor ids; a sensor that
// is in only one of them is left out. A change that is the same for all sensors is
// written once.
//
// Applying the lines in order to the original policies gives the tuned ones. The
// same maps give the same text; sensors are in the order of their ids.
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

// change is a setting and its new value.
type change struct{ name, value, words string }

// alike says whether there are at least two sensors, all with the same changes
// from the same original values.
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

// changesOf are the settings that turn one policy into another.
func changesOf(from, to policy.Policy) []change {
	var list []change
	steps, _ := policy.Steps(policy.Settings(), from, to)
	for i := range steps {
		s := &steps[i]
		list = append(list, change{s.Setting.Name, s.New, s.Setting.Label + ": " + s.Old + " to " + s.New})
	}
	return list
}
