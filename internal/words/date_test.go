package words

import (
	"testing"
	"time"
)

func TestAMarginBelowASecondIsNotTold(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "", -time.Second: "", time.Second - 1: "", time.Second: " ± 1 s", 75 * time.Second: " ± 1 min 15 s",
	} {
		if got := Margin(d, "±"); got != want {
			t.Errorf("of %v it is %q, want %q", d, got, want)
		}
	}
}

func TestADateIsSaidInItsOwnZone(t *testing.T) {
	in := func(name string, offset int) time.Time {
		return time.Date(2026, time.November, 26, 3, 5, 15, 999_999_999, time.FixedZone(name, offset))
	}
	for _, c := range []struct{ name, got, want string }{
		{"clock time rounds down", TimeOfDay(in("CET", 3600)), "03:05:15"},
		{"day", Day(in("CET", 3600)), "Thu 26 Nov 2026"},
		{"zone", Zone(in("CET", 3600)), "CET (UTC+1)"},
		{"zone of half an hour", Zone(in("IST", 19800)), "IST (UTC+5:30)"},
		{"zone west", Zone(in("NST", -12600)), "NST (UTC-3:30)"},
		{"zone a little west", Zone(in("X", -1800)), "X (UTC-0:30)"},
		{"zone without a name", Zone(in("", -10800)), "UTC-3"},
		{"zone that is named by its number", Zone(in("-03", -10800)), "UTC-3"},
		{"UTC", Zone(in("UTC", 0)), "UTC"},
		{"as far as UTC", Zone(in("GMT", 0)), "GMT (UTC)"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestWhatLastsIsSaidInItsTwoLargestUnits(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second:               "0 s",
		999 * time.Millisecond:     "0 s",
		50 * time.Second:           "50 s",
		time.Minute:                "1 min",
		147 * time.Second:          "2 min 27 s",
		59*time.Minute + 59e9:      "59 min 59 s",
		time.Hour + 30*time.Second: "1 h",
		62 * time.Minute:           "1 h 2 min",
		76 * time.Hour:             "3 d 4 h",
		48*time.Hour + time.Minute: "2 d",
	} {
		if got := Lasting(d); got != want {
			t.Errorf("%v lasts %q, want %q", d, got, want)
		}
	}
}
