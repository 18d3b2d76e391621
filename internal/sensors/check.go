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
