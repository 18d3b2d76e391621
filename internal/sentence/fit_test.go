package sentence

import (
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

func TestALineThatHasNoRoomLosesItsFrontFirst(t *testing.T) {
	const ran = "attempts ran out after 3 (bad frame); served 416.3 °C, 2.0 s old; 2 more trip it"
	for _, c := range []struct {
		text string
		room int
		want string
	}{
		{ran, 82, ran},
		{ran, 75, "ran out after 3 (bad frame); served 416.3 °C, 2.0 s old; 2 more trip it"},
		{ran, 66, "bad frame; served 416.3 °C, 2.0 s old; 2 more trip it"},
		{ran, 46, "bad frame; served 416.3 °C; 2 more trip it"},
		{ran, 32, "bad frame; 2 more trip it"},
		{ran, 20, "2 more trip it"},
		{"failed; nothing to serve; 1 slow trips it", 30, "failed; 1 slow trips it"},
		{"HALF_OPEN to OPEN for 3.0 s: probe failed (bad checksum, 3 attempts)", 66, "to OPEN for 3.0 s: probe failed (bad checksum, 3 attempts)"},
		{"(CLOSED to OPEN) for 15 s: 5 failures in a row (503)", 50, "(to OPEN) for 15 s: 5 failures in a row (503)"},
		{"HALF_OPEN to OPEN: probe 4 since 03:05:49 failed (503); next 03:07:48", 68, "probe 4 since 03:05:49 failed (503); next 03:07:48"},
		{"HALF_OPEN to OPEN: probe 4 since 03:05:49 failed (503); next 03:07:48", 40, "probe 4 failed (503); next 03:07:48"},
		{"(HALF_OPEN to OPEN): probe 4 since 03:05:49 would have failed (503)", 40, "probe 4 would have failed (503)"},
		{"you pressed r: crash ended after 7.0 s", 10, "you pressed r: crash ended after 7.0 s"},
	} {
		if got := Fit(c.text, c.room); got != c.want {
			t.Errorf("in %d cells: %q, want %q", c.room, got, c.want)
		}
	}
}

func TestAReasonThatHasNoRoomLosesItsFrontFirst(t *testing.T) {
	change := &event.Change{To: breaker.Open, Reason: breaker.TooManyFailures, Cause: "connection refused", Count: 5}
	s := Standing{State: breaker.Open, Change: change, Opening: change, OpenedAt: 40200 * time.Millisecond}
	closed := Standing{State: breaker.Closed, Change: &event.Change{Reason: breaker.ProbesSucceeded, Count: 2}, At: 47 * time.Second}
	for _, c := range []struct {
		s    Standing
		room int
		want string
	}{
		{s, 60, "opened 00:40.2  5 in a row: connection refused"},
		{s, 36, "opened 00:40.2  5 in a row: refused"},
		{s, 32, "00:40.2  5 in a row: refused"},
		{s, 20, "5 in a row: refused"},
		{s, 16, "refused"},
		{closed, 29, "closed 00:47.0  2 good probes"},
		{closed, 24, "00:47.0  2 good probes"},
		{closed, 16, "2 good probes"},
	} {
		if got := c.s.Why(c.room); got != c.want || words.Width(got) > c.room {
			t.Errorf("in %d cells: %q, want %q", c.room, got, c.want)
		}
	}
}
