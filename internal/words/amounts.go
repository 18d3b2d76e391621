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

// MaxDecimals is the most digits that follow the point of a value. Where how fine a value is
// is not known, it has that many, of which [Amount] writes those that matter.
const MaxDecimals = 6

// Amount is a value of which nobody knows before how large it is: whole numbers and those from
// a thousand on without decimals and with their digits in groups ("1,777"), others with so
// many decimals, 0 to MaxDecimals. With MaxDecimals it has its first four digits without
// zeros at the end ("12.5", "0.00042"); those and the largest numbers may have an exponent
// where nothing else fits ("4.2e-07").
func Amount(v float64, decimals int) string {
	const digits, rounds, grouped = 4, 999.95, 1e15 // from rounds on, four digits are a whole number
	switch whole := math.Round(v); {
	case math.Abs(v) < grouped && (v == whole || math.Abs(v) >= rounds):
		return Grouped(int64(whole))
	case decimals >= MaxDecimals || math.Abs(v) >= grouped:
		return strconv.FormatFloat(v, 'g', digits, 64)
	default:
		return Value(v, max(decimals, 0), "")
	}
}
