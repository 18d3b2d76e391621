package setting

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Nothing is Off as a number. No setting is ever negative.
const Nothing = -1

// Number says how the number of a setting is read and written, and what is
// allowed. It is made by [Times], [Wholes], [Reals] or [Shares]. Times are in
// nanoseconds.
type Number struct {
	form
	least, most float64
	// optional numbers may be Off; zeroOff says that 0 also means Off.
	optional, zeroOff bool
}

// form is how a kind of number is parsed and written.
type form struct {
	kind, noun string
	parse      func(string) (float64, error)
	write      func(float64) string
}

// Times are durations, written with their unit.
func Times(least, most time.Duration) Number {
	return Number{least: float64(least), most: float64(most), form: form{
		"time", "a time such as 250ms or 3s",
		func(v string) (float64, error) {
			d, err := time.ParseDuration(v)
			return float64(d), err
		},
		func(x float64) string { return shortTime(time.Duration(x)) },
	}}
}

// Wholes are whole numbers.
func Wholes(least, most int) Number {
	return Number{least: float64(least), most: float64(most), form: form{
		"whole number", "a whole number",
		func(v string) (float64, error) {
			n, err := strconv.Atoi(v)
			return float64(n), err
		},
		func(x float64) string { return strconv.Itoa(int(x)) },
	}}
}

// Reals are numbers with or without decimals.
func Reals(least, most float64) Number {
	return Number{least: least, most: most, form: form{
		"number", "a number",
		func(v string) (float64, error) { return strconv.ParseFloat(v, 64) },
		func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) },
	}}
}

// Shares are parts of a whole: 0.5 is half of it. least is the smallest share
// above 0.
func Shares(least float64) Number {
	n := Reals(least, 1)
	n.kind = "share"
	return n
}

// OrOff is n with Off allowed as well.
func (n Number) OrOff() Number {
	n.optional = true
	return n
}

// OrZero is n with Off allowed as well, and 0 meaning Off.
func (n Number) OrZero() Number {
	n.optional, n.zeroOff = true, true
	return n
}

// Optional reports whether the number may be Off.
func (n Number) Optional() bool { return n.optional }

// Kind is the Kind of the setting's Row.
func (n Number) Kind() string { return n.kind }

// Range is what is allowed, in words.
func (n Number) Range() string {
	text := n.write(n.lowest()) + " to " + n.write(n.most)
	if n.zeroOff {
		text = "0 to " + n.write(n.most)
	}
	if n.optional {
		text += ", or " + Off
	}
	return text
}

// lowest is the smallest number that may be written.
func (n Number) lowest() float64 {
	if n.zeroOff {
		return 0
	}
	return n.least
}

// Write formats a number as Read takes it.
func (n Number) Write(x float64) string {
	if x == Nothing {
		return Off
	}
	return n.write(x)
}

// Read parses what was typed; Off is Nothing. The error says what is allowed.
func (n Number) Read(v string) (float64, error) {
	if n.optional && v == Off {
		return Nothing, nil
	}
	x, err := n.parse(v)
	switch {
	case err == nil && n.zeroOff && x == 0:
		return Nothing, nil
	case err != nil || !(x >= n.least && x <= n.most): // NaN is in no range
		return 0, n.allowed()
	}
	return x, nil
}

func (n Number) allowed() error {
	text := fmt.Sprintf("must be %s from %s to %s", n.noun, n.write(n.lowest()), n.write(n.most))
	if strings.Contains(n.noun, " such as ") {
		text = fmt.Sprintf("must be %s, from %v to %v", n.noun, time.Duration(n.lowest()), time.Duration(n.most))
	}
	if n.optional {
		text += ", or " + Off
	}
	return errors.New(text)
}

// shortTime formats a duration without needless zeros: 1m, not 1m0s.
func shortTime(d time.Duration) string {
	text := d.String()
	if short, ok := strings.CutSuffix(text, "m0s"); ok {
		text = short + "m"
	}
	if short, ok := strings.CutSuffix(text, "h0m"); ok {
		text = short + "h"
	}
	return text
}
