package event

import "math"

// OffBy is how far a value is off the hidden true one, in millionths of its
// unit, so that sums do not depend on the order of rounding.
func OffBy(value, truth float64) int64 {
	return int64(math.Round(math.Abs(value-truth) * 1e6))
}
