package sentence

import (
	"resiltui/internal/engine/event"
	"resiltui/internal/words"
)

// Number is a value of a sensor without its unit: with the sensor's decimals, or where
// nobody knows how large and how fine its values are, with the digits that it needs.
func Number(s *event.Sensor, v float64) string { return Value(s, v, "") }

// Value is a Number with a unit, which may be empty: the sensor's own as it is shown.
func Value(s *event.Sensor, v float64, unit string) string {
	if !s.Real {
		return words.Value(v, min(max(s.Decimals, 0), words.MaxDecimals), unit)
	}
	number := words.Amount(v, s.Decimals)
	if unit == "" {
		return number
	}
	return number + " " + unit
}
