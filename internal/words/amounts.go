package words

import (
	"math"
	"strconv"
	"time"
)

// Grouped is a whole number with a comma between each three digits ("1,777").
func Grouped(n int64) string {
	text, first := strconv.FormatInt(n, 10), 0
	if n < 0 {
		first = 1 // after the sign
	}
	for at := len(text) - 3; at > first; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	return text
}

// FineMillis is a duration in milliseconds, without the unit: with one decimal below ten,
// so that fast answers have digits too ("0.8", "48", "1,393").
func FineMillis(d time.Duration) string {
	if d < 9950*time.Microsecond {
		return strconv.FormatFloat(float64(max(d, 0))/float64(time.Millisecond), 'f', 1, 64)
	}
	return Grouped(Millis(d))
}

// Amount is a value that may be large: whole numbers and those from a thousand on without
// decimals and with their digits in groups ("1,777"), others with at most so many decimals.
func Amount(v float64, decimals int) string {
	if whole := math.Round(v); (v == whole || math.Abs(v) >= 1000) && math.Abs(whole) < 1e15 {
		return Grouped(int64(whole))
	}
	return Value(v, min(max(decimals, 0), 6), "")
}
