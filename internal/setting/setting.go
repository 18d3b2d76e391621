// Package setting is what all tables of settings have in common: a row with a name and
// its texts ([Row]), how a value is read and written ([Of], [Number]), and how a setting
// is found by a part of its name ([IsTail], [Nearest]).
//
// It contains no setting and knows nothing of policies, sensors or scenarios: each of
// them has a table of its own, made of these rows. Code that lists settings (help,
// errors, docs/settings.md) needs only the rows, not the particular tables.
package setting

import (
	"errors"
	"strconv"
	"strings"
)

// Off is the value that switches a setting off, where that is allowed.
const Off = "off"

// Row describes a setting.
type Row struct {
	// Name is its path, in parts with dots between: "breaker.threshold".
	Name string
	// Label and Unit come before and after the value: "trip after" 5 "failures
	// in a row". Unit may be empty; One is the unit of exactly 1 where that is
	// another word.
	Label, Unit, One string
	// Help says what it does, in one line without a full stop.
	Help string
	// Kind is what is written: "time", "whole number", "number", "share", "word",
	// "text", or "switch", which is true or false. Range is what is allowed: "1 to 100", or the words.
	Kind, Range string
	// Default is the value where none is given; Example is another one that is
	// allowed. Both are as Set reads them.
	Default, Example string
	// Repeated is true where several values may be given, Secret where a value must
	// never be shown.
	Repeated, Secret bool
}

// UnitOf is the unit that comes after a value of the setting: none after Off,
// and One after exactly 1.
func (r Row) UnitOf(value string) string {
	switch {
	case value == Off:
		return ""
	case value == "1" && r.One != "":
		return r.One
	default:
		return r.Unit
	}
}

// Of is a setting of a T: its row, and how it is read and changed. It may be
// copied; its functions are safe for concurrent use on different values.
type Of[T any] struct {
	Row
	// Get is the value in force as Set reads it; Off where it does nothing.
	Get func(T) string
	// Set reads a value. Its error says what is allowed, and nothing is changed
	// then. It does not check whether the value fits the other settings.
	Set func(*T, string) error
}

// Rows returns the descriptions of settings, without the functions that change
// them.
func Rows[T any](list []Of[T]) []Row {
	rows := make([]Row, len(list))
	for i := range list {
		rows[i] = list[i].Row
	}
	return rows
}

// Numeric is the setting of a number. get is the value in force, and put sets it;
// both use Nothing for Off. Kind and Range of the row are filled in.
func Numeric[T any](r Row, n Number, get func(T) float64, put func(*T, float64)) Of[T] {
	r.Kind, r.Range = n.Kind(), n.Range()
	return Of[T]{
		Row: r,
		Get: func(t T) string { return n.Write(get(t)) },
		Set: func(t *T, v string) error {
			x, err := n.Read(v)
			if err != nil {
				return err
			}
			put(t, x)
			return nil
		},
	}
}

// Word is the setting of one word of a list. set may refuse a word. Kind and Range
// of the row are filled in.
func Word[T any](r Row, list []string, get func(T) string, set func(*T, string) error) Of[T] {
	r.Kind, r.Range = "word", strings.Join(list, ", ")
	return Of[T]{Row: r, Get: get, Set: set}
}

// SwitchKind is the Kind of a setting that is true or false.
const SwitchKind = "switch"

// Switch is the setting of what is on or off. Kind and Range of the row are filled in.
func Switch[T any](r Row, at func(*T) *bool) Of[T] {
	r.Kind, r.Range = SwitchKind, "true, false"
	return Of[T]{
		Row: r,
		Get: func(t T) string { return strconv.FormatBool(*at(&t)) },
		Set: func(t *T, v string) error {
			on, err := strconv.ParseBool(v)
			if err != nil {
				return errors.New("must be true or false")
			}
			*at(t) = on
			return nil
		},
	}
}
