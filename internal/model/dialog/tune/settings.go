package tune

import (
	"cmp"
	"slices"
	"strings"

	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
)

// row is a setting with its group.
type row struct {
	policy.Setting
	group string
}

// rows are all settings in the order of the panel. Settings of unknown groups come
// last.
func rows() []row {
	var out []row
	for _, s := range policy.Settings() {
		out = append(out, row{s, groupOf(s.Name)})
	}
	// The list is reversed, so that an unknown group, with index -1, is last.
	groups := []string{"timeout", "fallback", "retry", "close", "open", "trip"}
	slices.SortStableFunc(out, func(a, b row) int {
		return cmp.Compare(slices.Index(groups, b.group), slices.Index(groups, a.group))
	})
	return out
}

// groupOf is the group of a setting, from the beginning of its name.
func groupOf(name string) string {
	for _, g := range []struct{ prefix, group string }{
		{"breaker.open", "open"},
		{"breaker.close", "close"},
		{"breaker.probe", "close"},
		{"breaker.", "trip"},
	} {
		if strings.HasPrefix(name, g.prefix) {
			return g.group
		}
	}
	group, _, _ := strings.Cut(name, ".")
	return group
}

// scenario is the policy with which the run began.
func (t *Panel) scenario(i int) policy.Policy { return t.run.Sensors[i].Policy.Complete() }

// shared are the settings that `*` applies to all sensors: those in which the draft
// differs from the scenario, or from the policy when the panel was opened.
func (t *Panel) shared() []policy.Setting {
	scenario := t.scenario(t.sensor)
	var out []policy.Setting
	for _, s := range t.rows {
		if v := s.Get(t.draft); v != s.Get(scenario) || v != s.Get(t.opened) {
			out = append(out, s.Setting)
		}
	}
	return out
}

// given are the policies of the other sensors with the shared settings, without
// those that would be invalid, and the text for these settings.
func (t *Panel) given() (others map[int]policy.Policy, at string) {
	shared := t.shared()
	if len(shared) == 0 {
		return nil, ""
	}
	others = map[int]policy.Policy{}
	for i, p := range t.inForce {
		if i == t.sensor {
			continue
		}
		if q := transfer(shared, t.draft, p); q.Validate() == nil {
			others[i] = q
		}
	}
	at = "with these,"
	if len(shared) == 1 {
		at = "at " + shared[0].Get(t.draft)
	}
	return others, at
}

// transfer gives settings of one policy the values that they have in the other.
func transfer(settings []policy.Setting, from, to policy.Policy) policy.Policy {
	_, end := policy.Steps(settings, to, from)
	return end.Complete()
}

// off says why a setting has no effect in a policy; empty where it has.
func off(name string, p policy.Policy) string {
	p = p.Resolved()
	group, _, _ := strings.Cut(name, ".")
	switch {
	case group == "breaker" && name != "breaker.off" && p.BreakerOff:
		return "(the breaker is disabled)"
	case group == "retry" && name != "retry.attempts" && p.Retry.MaxAttempts == 1:
		return "(one attempt, no retries)"
	case name == "fallback.maxAge" && p.Strategy == fallback.NameDrop:
		return "(nothing is substituted)"
	default:
		return ""
	}
}
