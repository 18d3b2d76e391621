package views

import (
	"testing"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

func TestEveryStateCanBeFiltered(t *testing.T) {
	for state, word := range map[breaker.State]string{
		breaker.Closed: "closed", breaker.Open: "open", breaker.HalfOpen: "half", breaker.ForcedOpen: "forced", breaker.Disabled: "disabled",
	} {
		if !matches(&event.Sensor{}, state, []string{word}) {
			t.Errorf("%v does not match %q", state, word)
		}
		if matches(&event.Sensor{}, state, []string{"zzz"}) {
			t.Errorf("%v matches anything", state)
		}
	}
	if matches(&event.Sensor{}, breaker.HalfOpen, []string{"open"}) || !matches(&event.Sensor{}, breaker.ForcedOpen, []string{"open"}) {
		t.Error("half open is no open circuit, and one held open is one")
	}
}
