package engine_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors/fault"
)

// What was allowed and what was missing is that of the moment of the event, also in a
// line that is put into words after the settings were changed.
func TestALineSaysWhatWasInForceWhenItHappened(t *testing.T) {
	slow := breaker.Settings{
		FailureThreshold: 4, FailureRate: 1, SlowCall: 100 * time.Millisecond, SlowRate: 0.5,
		Window: breaker.Window{Calls: 4}, OpenFor: time.Second, SuccessesToClose: 2,
	}
	before := with(func(p *policy.Policy) { p.Breaker = slow; p.Retry.MaxAttempts = 2 })
	after := with(func(p *policy.Policy) {
		p.Breaker = slow
		p.Breaker.SlowCall, p.Breaker.SuccessesToClose, p.Breaker.FailureThreshold = 120*time.Millisecond, 5, 9
		p.Retry.MaxAttempts = 3
	})
	config := pipeline(42, 60,
		tuneAt(1, before, 3),
		inject(5, lasting(fault.Slow, 0), 3), at(12, event.Recover, 3),
		inject(24, lasting(fault.Crash, 0), 3), at(25, event.Recover, 3),
		tuneAt(30, after, 3),
		inject(35, lasting(fault.Slow, 0), 3), at(42, event.Recover, 3),
		inject(58, lasting(fault.Crash, 0), 3))
	r, _ := playSession(t, config)
	var lines []string
	for _, l := range r.snapshot().Lines {
		if l.Sensor == 3 {
			lines = append(lines, l.Text)
		}
	}
	for _, want := range []string{
		"calls slower than 100 ms", "probe 1 of 2 good", "attempts ran out after 2 ",
		"calls slower than 120 ms", "probe 1 of 5 good", "attempts ran out after 3 ",
	} {
		if !slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, want) }) {
			t.Errorf("no line says %q of\n%s", want, strings.Join(lines, "\n"))
		}
	}
}
