package sensors

import (
	"fmt"
	"math"
	"time"
)

// The limits of what a setting may say. They are far beyond anything of use;
// they keep times and values away from overflow.
const (
	MaxDelay = time.Hour
	MaxValue = 1e15
)

// CheckRange says what is wrong with a number that must lie between low and
// high, both included. NaN lies nowhere.
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

// CheckDelay says what is wrong with a time that must lie between low and an
// hour.
func CheckDelay(field string, d, low time.Duration) error {
	if d >= low && d <= MaxDelay {
		return nil
	}
	return fmt.Errorf("%s %v is not between %v and %v", field, d, low, MaxDelay)
}

// Clamp6 rounds x to 1e-6 and keeps it within what a sensor may say.
func Clamp6(x float64) float64 {
	return Round6(math.Max(-MaxValue, math.Min(MaxValue, x)))
}
