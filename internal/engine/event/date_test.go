package event

import (
	"testing"
	"time"
)

func TestATimeOfARealRunHasADateInTheZoneOfItsStart(t *testing.T) {
	start := time.Date(2026, 11, 26, 23, 59, 50, 0, time.FixedZone("CET", 3600))
	got, ok := (&Run{Start: start}).Date(15 * time.Second)
	if want := "2026-11-27T00:00:05+01:00"; !ok || got.Format(time.RFC3339) != want {
		t.Errorf("%v, %v; want %s", got, ok, want)
	}
	for _, r := range []*Run{nil, {Virtual: true}} {
		if got, ok := r.Date(time.Second); ok || !got.IsZero() {
			t.Errorf("a run without a date has %v", got)
		}
	}
}
