package sensors

import (
	"fmt"
	"math"
	"time"
)

// The limits of settings. They are far beyond useful values, and prevent times
// and values from overflowing.
const (
	MaxDelay = time.Hour
	MaxValue = 1e15
)

// CheckRange says what is wrong with a number that must be between low and
// high, both included. NaN is never in range.
func CheckRange(field string, x, low, high float64) error {
	if x >= low && x <= high {
		return nil
	}
	return fmt.Errorf("%s %v is not between %v and %v", field, x, low, high)
}

// CheckFinite says what is wrong with a value that no sensor could have.
func CheckFinite(field string, x float64) error {
	return CheckRange(field, x, -MaxValue, MaxValue)
}

// CheckDelay says what is wrong with a time that must be between low and an
// hour.
func CheckDelay(field string, d, low time.Duration) error {
	if d >= low && d <= MaxDelay {
		return nil
	}
	return fmt.Errorf("%s %v is not between %v and %v", field, d, low, MaxDelay)
}

// Clamp6 rounds x to 1e-6 and limits it to ±MaxValue.
func Clamp6(x float64) float64 {
	return Round6(math.Max(-MaxValue, math.Min(MaxValue, x)))
}

// maxNumber bounds the numbers that come from endpoints: nanoseconds since 1970 and any
// counter of 64 bits are well within it, and the squares of such numbers are far from
// overflow. Smaller numbers keep all their digits: they come from outside, so they need
// not be rounded for the run to be repeatable.
const maxNumber = 1e21

// Number is a number that came from an endpoint, as it can be a value. The error, a
// [ReadError], names what gave it.
func Number(what string, x float64) (float64, error) {
	if math.IsNaN(x) {
		return 0, ReadErrorf("%s gave NaN, not a number", what)
	}
	if math.Abs(x) > maxNumber {
		return 0, ReadErrorf("%s gave a number beyond ±1e21", what)
	}
	return x + 0, nil // no -0, which would be a value of its own
}
