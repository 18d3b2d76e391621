package policy

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Setting is one thing about a policy that can be read and changed by name.
type Setting struct {
	// Name is its path within a policy, "breaker.threshold". On the command line
	// "policy." stands before it.
	Name string
	// Label and Unit stand before and after the value: "trip after" 5 "failures
	// in a row". Unit may be empty.
	Label, Unit string
	// Help says what it does; Range what is allowed: "1 to 100".
	Help, Range string
	// Get is the value in force as Set reads it, defaults filled in; "off" where
	// it does nothing.
	Get func(Policy) string
	// Set reads a value. Its error says what is allowed; the policy is unchanged
	// then. Whether the value suits the others is for Policy.Validate to say.
	Set func(*Policy, string) error
	// Step goes to the next greater or smaller value that is sensible, or around
	// in a list of names. It leaves a valid policy valid: where there is no such
	// value, it changes nothing.
	Step func(p *Policy, up bool)

	// one is the unit of exactly 1, where it is another word.
	one string
}

// MaxTime is the longest time that a setting takes.
const MaxTime = 24 * time.Hour

// Off is what a setting that may do nothing is set to.
const Off = "off"

// off is Off as a number. No setting is ever negative.
const off = -1

// number is a setting that is one number. Times are in nanoseconds.
type number struct {
	kind
	least, most float64
	// optional settings take Off; zeroOff says that 0 is another word for it.
	optional, zeroOff bool
	// rungs are the values that steps go to, in rising order.
	rungs []float64
	// get is the value of a resolved policy, or off; put sets it.
	get func(Policy) float64
	put func(*Policy, float64)
}

// kind is how a number is written.
type kind struct {
	noun  string
	parse func(string) (float64, error)
	write func(float64) string
}

func times() kind {
	return kind{"a time such as 250ms or 3s", func(v string) (float64, error) {
		d, err := time.ParseDuration(v)
		return float64(d), err
	}, func(x float64) string { return shortTime(time.Duration(x)) }}
}

func wholes() kind {
	return kind{"a whole number", func(v string) (float64, error) {
		n, err := strconv.Atoi(v)
		return float64(n), err
	}, func(x float64) string { return strconv.Itoa(int(x)) }}
}

func numbers() kind {
	return kind{
		"a number", func(v string) (float64, error) { return strconv.ParseFloat(v, 64) },
		func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) },
	}
}

// shortTime is a duration without needless zeros: 1m, not 1m0s.
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

// numeric makes the setting of a number.
func numeric(s Setting, n number) Setting {
	bounds := [2]string{n.write(n.least), n.write(n.most)}
	if n.zeroOff {
		bounds[0] = "0"
	}
	s.Range = bounds[0] + " to " + bounds[1]
	if n.optional {
		s.Range += ", or " + Off
	}
	s.Get = func(p Policy) string {
		x := n.get(p.Resolved())
		if x == off {
			return Off
		}
		return n.write(x)
	}
	s.Set = func(p *Policy, v string) error {
		x, err := n.read(v)
		if err != nil {
			return err
		}
		n.put(p, x)
		return nil
	}
	s.Step = func(p *Policy, up bool) {
		changed := p.Complete()
		for {
			before := n.get(changed.Resolved())
			x := n.next(before, up)
			n.put(&changed, x)
			changed = changed.Complete()
			if n.get(changed.Resolved()) == before {
				return // the last rung
			}
			if changed.Validate() == nil {
				*p = changed
				return
			}
		}
	}
	return s
}

// read is what was typed as a number, or off.
func (n *number) read(v string) (float64, error) {
	if n.optional && v == Off {
		return off, nil
	}
	x, err := n.parse(v)
	switch {
	case err == nil && n.zeroOff && x == 0:
		return off, nil
	case err != nil || !(x >= n.least && x <= n.most): // NaN is in no range
		least := n.least
		if n.zeroOff {
			least = 0
		}
		return 0, n.allowed(least)
	}
	return x, nil
}

func (n *number) allowed(least float64) error {
	text := fmt.Sprintf("must be %s from %s to %s", n.noun, n.write(least), n.write(n.most))
	if strings.Contains(n.noun, " such as ") {
		text = fmt.Sprintf("must be %s, from %v to %v", n.noun, time.Duration(least), time.Duration(n.most))
	}
	if n.optional {
		text += ", or " + Off
	}
	return errors.New(text)
}

// next is the rung after x in a direction, and x itself at the end.
func (n *number) next(x float64, up bool) float64 {
	if up {
		for _, r := range n.rungs {
			if r > x {
				return r
			}
		}
		return x
	}
	for _, r := range slices.Backward(n.rungs) {
		if r < x {
			return r
		}
	}
	if n.optional {
		return off
	}
	return x
}

// names makes the setting of one word of a list. get reads a resolved policy; set
// may refuse a word.
func names(s Setting, list []string, get func(Policy) string, set func(*Policy, string) error) Setting {
	s.Range = strings.Join(list, ", ")
	s.Get, s.Set = func(p Policy) string { return get(p.Resolved()) }, set
	s.Step = func(p *Policy, up bool) {
		by := 1
		if !up {
			by = len(list) - 1
		}
		// A word that is not in the list is at -1, and steps to one that is.
		i := max(slices.Index(list, s.Get(*p)), 0)
		changed := *p
		if set(&changed, list[(i+by)%len(list)]) == nil {
			*p = changed
		}
	}
	return s
}

// UnitOf is the unit that stands after a value of the setting: none after Off,
// and another word after exactly 1.
func (s Setting) UnitOf(value string) string {
	switch {
	case value == Off:
		return ""
	case value == "1" && s.one != "":
		return s.one
	default:
		return s.Unit
	}
}

// Differences says in words what changes from old to new, in the order of
// Settings: "trip after 5 → 3 failures in a row".
func Differences(old, new Policy) []string { //nolint:predeclared // the pair reads best as old and new
	var texts []string
	for _, s := range Settings() {
		before, after := s.Get(old), s.Get(new)
		if before == after {
			continue
		}
		text := s.Label + " " + before + " → " + after
		if unit := s.UnitOf(after); unit != "" {
			text += " " + unit
		}
		texts = append(texts, text)
	}
	return texts
}

// timeRungs are what a time steps through: tenths of a decade up to a minute,
// and then what a clock shows.
func timeRungs(least time.Duration) []float64 {
	var rungs []float64
	add := func(d time.Duration) {
		if d >= least {
			rungs = append(rungs, float64(d))
		}
	}
	for unit := time.Millisecond; unit < time.Minute; unit *= 10 {
		for _, tenths := range []time.Duration{10, 12, 15, 20, 25, 30, 40, 50, 60, 80} {
			if d := unit * tenths / 10; d < time.Minute {
				add(d)
			}
		}
	}
	for _, minutes := range []time.Duration{1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720, 1440} {
		add(minutes * time.Minute)
	}
	return rungs
}

// decades are 1, 2 and 5 times the powers of ten from least to most.
func decades(least, most float64) []float64 {
	var rungs []float64
	for exp := -3; exp <= 6; exp++ {
		for _, m := range []float64{1, 2, 5} {
			x := m * math.Pow10(exp)
			if exp < 0 {
				x = m / math.Pow10(-exp) // as it would be typed
			}
			if x >= least && x <= most {
				rungs = append(rungs, x)
			}
		}
	}
	return rungs
}

// shares are the twentieths from 0.05 to 1.
func shares() []float64 {
	rungs := make([]float64, 20)
	for i := range rungs {
		rungs[i] = float64(i+1) / 20
	}
	return rungs
}
