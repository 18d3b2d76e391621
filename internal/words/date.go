package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// TimeOfDay is the clock time of a date, in its own zone ("03:05:15").
func TimeOfDay(t time.Time) string { return t.Format("15:04:05") }

// Day is the date without its time ("Thu 26 Nov 2026").
func Day(t time.Time) string { return t.Format("Mon 2 Jan 2006") }

// Zone names the zone of a date and how far it is from UTC ("CET (UTC+1)"), or only one
// of the two where they say the same.
func Zone(t time.Time) string {
	name, offset := t.Zone()
	far := "UTC"
	if offset != 0 {
		far = fmt.Sprintf("UTC%+d", offset/3600)
		if minutes := offset % 3600 / 60; minutes != 0 {
			if offset < 0 && offset > -3600 {
				far = "UTC-0"
			}
			far += fmt.Sprintf(":%02d", max(minutes, -minutes))
		}
	}
	if name == "" || name == "UTC" || strings.ContainsAny(name[:1], "+-") {
		return far
	}
	return name + " (" + far + ")"
}

// Lasting is how long something has lasted or did last, rounded down, in its two largest
// units: "50 s", "2 min 27 s", "1 h 2 min", "3 d 4 h". A smaller unit of 0 is left out.
func Lasting(d time.Duration) string {
	const day = 24 * time.Hour
	d = max(d, 0)
	switch {
	case d < time.Minute:
		return two(d, time.Second, "s", 0, "")
	case d < time.Hour:
		return two(d, time.Minute, "min", time.Second, "s")
	case d < day:
		return two(d, time.Hour, "h", time.Minute, "min")
	default:
		return two(d, day, "d", time.Hour, "h")
	}
}

// Margin follows a time that is known only to within d, with a sign before it ("±"):
// " ± 10 s". Below a second it is empty, because the time itself is told in whole seconds.
func Margin(d time.Duration, sign string) string {
	if d < time.Second {
		return ""
	}
	return " " + sign + " " + Lasting(d)
}

// two is a length of time in a unit, and what is left in a smaller one; small is 0 for
// none.
func two(d, large time.Duration, name string, small time.Duration, smallName string) string {
	text := strconv.FormatInt(int64(d/large), 10) + " " + name
	if small > 0 {
		if rest := d % large / small; rest > 0 {
			text += " " + strconv.FormatInt(int64(rest), 10) + " " + smallName
		}
	}
	return text
}
