package sentence

import (
	"testing"
	"time"

	"resiltui/internal/engine/event"
)

func TestAMomentOfARunWithADateIsClockTime(t *testing.T) {
	night := &event.Run{Start: time.Date(2026, time.November, 25, 23, 59, 30, 0, time.FixedZone("CET", 3600))}
	for _, c := range []struct{ name, got, want string }{
		{"with a date", Moment(night, 45*time.Second), "00:00:15"},
		{"simulated", Moment(&event.Run{Virtual: true}, 46300*time.Millisecond), "00:46.3"},
		{"without a run", Moment(nil, time.Second), "00:01.0"},
		{"that leaves", Dated(night, 45*time.Second), "2026-11-26 00:00:15 CET"},
		{"that leaves a simulation", Dated(&event.Run{Virtual: true}, time.Second), "00:01.0"},
		{"of another day", NewDay(night, 45*time.Second, 0), "Thu 26 Nov 2026"},
		{"of the day before", NewDay(night, 0, 45*time.Second), "Wed 25 Nov 2026"},
		{"of the same day", NewDay(night, 29*time.Second, 0), ""},
		{"of a simulation", NewDay(&event.Run{Virtual: true}, 48*time.Hour, 0), ""},
	} {
		if c.got != c.want {
			t.Errorf("a moment %s is %q, want %q", c.name, c.got, c.want)
		}
	}
}
