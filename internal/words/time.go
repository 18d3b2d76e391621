package words

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// LongSeconds is a sum of short times: seconds with two digits.
func LongSeconds(d time.Duration) string {
	if d >= 100*time.Second {
		return Age(d)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// ShortTime is a duration in milliseconds below a second, then in seconds.
func ShortTime(d time.Duration) string {
	if d < time.Second {
		return ShortMillis(d)
	}
	return Span(d)
}

// ShortMillis is a duration in milliseconds below ten seconds, then in seconds.
func ShortMillis(d time.Duration) string {
	if d < 10*time.Second {
		return strconv.FormatInt(Millis(d), 10) + " ms"
	}
	return Span(d)
}

// Clock is a moment of the run as mm:ss.d, from an hour on h:mm:ss.d. It
// rounds down, as clocks do.
func Clock(d time.Duration) string {
	d = max(d, 0)
	tenths := int64(d / (100 * time.Millisecond))
	s, tenth := tenths/10, tenths%10
	if s < 3600 {
		return fmt.Sprintf("%02d:%02d.%d", s/60, s%60, tenth)
	}
	return fmt.Sprintf("%d:%02d:%02d.%d", s/3600, s/60%60, s%60, tenth)
}

// Age is an age in seconds, rounded down; long ages in greater units.
func Age(d time.Duration) string {
	d = max(d, 0)
	switch {
	case d < 100*time.Second:
		tenths := int64(d / (100 * time.Millisecond))
		return strconv.FormatInt(tenths/10, 10) + "." + strconv.FormatInt(tenths%10, 10) + " s"
	case d < 100*time.Minute:
		return fmt.Sprintf("%dm%02ds", d/time.Minute, d/time.Second%60)
	default:
		return fmt.Sprintf("%dh%02dm", d/time.Hour, d/time.Minute%60)
	}
}

// Left is a remaining time, rounded up, so that it is never 0.0 before the end.
func Left(d time.Duration) string {
	const tenth = 100 * time.Millisecond
	return Age(max(d, 0) + tenth - 1)
}

// Span is a length of time without needless digits: 15 s, 21.5 s, 2 min.
func Span(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return strconv.FormatFloat(math.Round(d.Seconds()*10)/10, 'f', -1, 64) + " s"
	case d < 2*time.Hour:
		return strconv.FormatFloat(math.Round(d.Minutes()*10)/10, 'f', -1, 64) + " min"
	default:
		return strconv.FormatFloat(math.Round(d.Hours()*10)/10, 'f', -1, 64) + " h"
	}
}

// Millis is a duration in whole milliseconds.
func Millis(d time.Duration) int64 {
	return int64((d + time.Millisecond/2) / time.Millisecond)
}

// Scale is the top of the latency scale as a number and its unit.
func Scale(top time.Duration) (number, unit string) {
	switch {
	case top <= 0:
		return "", "ms"
	case top >= 10*time.Second:
		return strconv.FormatInt(int64(top/time.Second), 10), "s"
	default:
		return strconv.FormatInt(Millis(top), 10), "ms"
	}
}
