package policy_test

import (
	"testing"

	"resiltui/internal/engine/policy"
)

func TestStepsSetSettingsThatNeedEachOtherTogether(t *testing.T) {
	var far policy.Policy
	for _, s := range policy.Settings() {
		for range 3 {
			s.Step(&far, true)
		}
	}
	for name, way := range map[string]struct{ from, to policy.Policy }{
		"there": {policy.Policy{}, far}, "back": {far, policy.Policy{}},
	} {
		steps, end := policy.Steps(policy.Settings(), way.from, way.to)
		if d := policy.Differences(way.to, end); len(d) > 0 || len(steps) == 0 {
			t.Errorf("%s: after %d steps there is left %v", name, len(steps), d)
		}
		again := way.from
		for _, s := range steps {
			if got := s.Setting.Get(again); got != s.Old {
				t.Errorf("%s: %s is %s before its step, not %s", name, s.Setting.Name, got, s.Old)
			}
			if err := s.Setting.Set(&again, s.New); err != nil {
				t.Errorf("%s: %s: %v", name, s.Setting.Name, err)
			}
		}
		if d := policy.Differences(end, again); len(d) > 0 {
			t.Errorf("%s: the steps one by one lead elsewhere: %v", name, d)
		}
	}
}
