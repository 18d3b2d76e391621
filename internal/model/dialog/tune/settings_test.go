package tune

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"resiltui/internal/engine/policy"
)

func TestEverySettingIsInThePanelOnceAndInAGroup(t *testing.T) {
	var names, want []string
	for _, s := range rows() {
		names = append(names, s.Name)
	}
	for _, s := range policy.Settings() {
		want = append(want, s.Name)
	}
	slices.Sort(names)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Errorf("the panel has %v", names)
	}
	if first := rows()[0]; first.Name != "breaker.threshold" {
		t.Errorf("it begins with %s", first.Name)
	}
}

func TestSettingsThatMeanNothingAreGreyedWithTheReason(t *testing.T) {
	s, panel := opened(0)
	to := func(name string) {
		panel.cursor = slices.IndexFunc(panel.rows, func(s row) bool { return s.Name == name })
	}
	for name, change := range map[string]func(p *policy.Policy){
		"breaker.threshold": func(p *policy.Policy) { p.BreakerOff = true },
		"retry.jitter":      func(p *policy.Policy) { p.Retry.MaxAttempts = 1 },
		"fallback.maxAge":   func(p *policy.Policy) { p.Strategy = "" },
	} {
		panel.draft = panel.opened
		change(&panel.draft)
		before := panel.draft
		to(name)
		for _, key := range []string{"right", "space", "1"} {
			s.Press(key)
			if panel.typed != nil || !reflect.DeepEqual(panel.draft, before) || !strings.Contains(s.Text(), "means nothing now ("+off(name, before)[1:]) {
				t.Errorf("%s takes %q:\n%s", name, key, s.Text())
			}
		}
	}
}

func TestAStepAtTheEndOfTheRangeSaysSo(t *testing.T) {
	s, panel := opened(0)
	for range 10 { // from 5 down to off
		s.Press("left")
	}
	before := panel.draft
	if s.Press("left"); !reflect.DeepEqual(panel.draft, before) || !strings.Contains(s.Text(), "no further: ") {
		t.Errorf("at %d:\n%s", panel.draft.Breaker.FailureThreshold, s.Text())
	}
}

func TestASettingFindsItsGroupByHowItsNameBegins(t *testing.T) {
	for name, want := range map[string]string{
		"breaker.openFor": "open", "breaker.openLeast": "open", "breaker.closeAfter": "close", "breaker.probes": "close",
		"breaker.threshold": "trip", "breaker.off": "trip", "retry.growth": "retry", "timeout": "timeout", "bulkhead.calls": "bulkhead",
	} {
		if got := groupOf(name); got != want {
			t.Errorf("%s is about %q, want %q", name, got, want)
		}
	}
}
