package words

import (
	"math"
	"strconv"
)

// NotAvailable is shown where there is no figure yet.
const NotAvailable = "n/a"

// Times is a ratio in words: "3.6 times", "40 times".
func Times(ratio float64) string {
	digits := 1
	if ratio >= 10 {
		digits = 0
	}
	return strconv.FormatFloat(math.Max(ratio, 0), 'f', digits, 64) + " times"
}

// PercentOf is a share in per cent with one digit, without the sign.
func PercentOf(part, of uint64) string {
	if of == 0 {
		return NotAvailable
	}
	return strconv.FormatFloat(100*float64(part)/float64(of), 'f', 1, 64)
}

// Share is a share in whole per cent, n/a where of is 0.
func Share(part, of int) string {
	n, ok := Percent(uint64(max(part, 0)), uint64(max(of, 0)))
	if !ok {
		return NotAvailable
	}
	return strconv.Itoa(n) + " %"
}

// ShareFixed is a share with one decimal, so that decimal points are aligned;
// n/a where ok is false. It is 100.0 only for all, and 0.0 only for none.
func ShareFixed(share float64, ok bool) string {
	if !ok || math.IsNaN(share) || math.IsInf(share, 0) {
		return NotAvailable + "  "
	}
	tenths := math.Round(share * 1000)
	switch {
	case tenths == 0 && share > 0:
		tenths = 1
	case tenths == 1000 && share < 1:
		tenths = 999
	}
	return strconv.FormatFloat(tenths/10, 'f', 1, 64) + " %"
}

// Ratio is part / of; ok is false where of is 0.
func Ratio(part, of uint64) (share float64, ok bool) {
	if of == 0 {
		return 0, false
	}
	return float64(part) / float64(of), true
}

// Count is a count in at most six cells: from a million on in thousands (k) or
// larger units.
func Count(n uint64) string {
	for _, unit := range []struct {
		from, by uint64
		sign     string
	}{{1e13, 1e12, "T"}, {1e10, 1e9, "G"}, {1e8, 1e6, "M"}, {1e6, 1e3, "k"}} {
		if n >= unit.from {
			return strconv.FormatUint(min(n/unit.by, 99999), 10) + unit.sign
		}
	}
	return strconv.FormatUint(n, 10)
}

// Percent is a share as a whole number, never 100 unless all and never 0 unless
// none.
func Percent(part, of uint64) (int, bool) {
	if of == 0 {
		return 0, false
	}
	p := int(math.Round(100 * float64(part) / float64(of)))
	if p == 100 && part < of {
		p = 99
	}
	if p == 0 && part > 0 {
		p = 1
	}
	return p, true
}

// Plural is the form of a word for a number: one for 1, else many.
func Plural(one, many string, n int) string {
	if n == 1 {
		return one
	}
	return many
}

// All is a phrase for all of n sensors in a sentence: "both", "all three".
func All(n int) string {
	small := [...]string{"none", "the sensor", "both", "all three", "all four", "all five", "all six"}
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return "all " + strconv.Itoa(n)
}

// Cardinal is a small number as a word within a sentence ("nine"), and from 13 on in
// digits.
func Cardinal(n int) string {
	small := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}
	if n >= 0 && n < len(small) {
		return small[n]
	}
	return strconv.Itoa(n)
}
