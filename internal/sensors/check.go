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

// checkRange says what is wrong with a number that must lie between low and
// high, both included. NaN lies nowhere.
func checkRange(field string, x, low, high float64) error {
	if x >= low && x <= high {
		return nil
	}
	return fmt.Errorf("%s %v is not between %v and %v", field, x, low, high)
}

// checkFinite says what is wrong with a value that no sensor could have.
func checkFinite(field string, x float64) error {
	return checkRange(field, x, -MaxValue, MaxValue)
}

// checkDelay says what is wrong with a time that must lie between low and an
// hour.
func checkDelay(field string, d, low time.Duration) error {
	if d >= low && d <= MaxDelay {
		return nil
	}
	return fmt.Errorf("%s %v is not between %v and %v", field, d, low, MaxDelay)
}

// Clamp6 rounds x to 1e-6 and keeps it within what a sensor may say.
func Clamp6(x float64) float64 {
	return Round6(math.Max(-MaxValue, math.Min(MaxValue, x)))
}
