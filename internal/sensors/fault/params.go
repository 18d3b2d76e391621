package fault

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"resiltui/internal/sensors"
)

// Param is one number of a fault that can be set, in the unit that people think
// in: a share in percent, a short time in ms, a long one in s.
type Param struct {
	// Name is what files and command lines call it ("extra"); Label what a
	// screen does ("extra time"); Unit comes after the number ("ms"), and is
	// never empty.
	Name, Label, Unit string
	// Min and Max are the least and the greatest value that is allowed; Step is
	// what an arrow key adds.
	Min, Max, Step float64
	// Whole is true where only whole numbers are allowed.
	Whole bool
	// Get returns the parameter of a fault.
	Get func(Fault) float64
	// Set puts a value into a fault, allowed or not; Check and [Fault.Validate]
	// check it.
	Set func(f *Fault, x float64)
}

// Check says what is wrong with a value, with the range, or returns nil.
func (p Param) Check(x float64) error {
	if !(x >= p.Min && x <= p.Max) || p.Whole && x != math.Trunc(x) { // NaN is in no range
		return fmt.Errorf("%s %s %s is not %s", p.Name, decimal(x), p.Unit, p.Range())
	}
	return nil
}

// Range says in words what is allowed, e.g. "between 1 and 60000 ms".
func (p Param) Range() string {
	kind := ""
	if p.Whole {
		kind = "a whole number "
	}
	return kind + "between " + decimal(p.Min) + " and " + decimal(p.Max) + " " + p.Unit
}

// Move changes the parameter by one step, to the next multiple of the step, and
// keeps it in its range.
func (p Param) Move(f *Fault, up bool) {
	x := p.Get(*f) / p.Step
	const near = 1e-6 // a multiple with a rounding error still counts as one
	if up {
		x = math.Floor(x+near) + 1
	} else {
		x = math.Ceil(x-near) - 1
	}
	p.Set(f, min(p.Max, max(p.Min, sensors.Round6(x*p.Step))))
}

// Text writes the parameter of a fault with its unit, e.g. "150 ms", "1 read".
func (p Param) Text(f Fault) string {
	x, unit := p.Get(f), p.Unit
	if x == 1 && len(unit) > len("ms") { // a word
		unit = strings.TrimSuffix(unit, "s")
	}
	return decimal(x) + " " + unit
}

// Life returns the time to live of a fault that is not injected yet, as a
// Param; 0 is none. It is allowed for every kind.
func Life() Param {
	return Param{
		Name: "life", Label: "ends by itself after", Unit: "s", Min: 0, Max: 3_600, Step: 1,
		Get: func(f Fault) float64 { return in(f.Until-f.Start, time.Second) },
		Set: func(f *Fault, x float64) {
			f.Until = 0
			if x != 0 {
				f.Until = f.Start + times(x, time.Second)
			}
		},
	}
}

func extra(name, label string, most, step float64) Param {
	return Param{
		Name: name, Label: label, Unit: "ms", Min: 1, Max: most, Step: step,
		Get: func(f Fault) float64 { return in(f.Extra, time.Millisecond) },
		Set: func(f *Fault, x float64) { f.Extra = times(x, time.Millisecond) },
	}
}

func period(name, label string, least, most, step float64) Param {
	return Param{
		Name: name, Label: label, Unit: "s", Min: least, Max: most, Step: step,
		Get: func(f Fault) float64 { return in(f.Period, time.Second) },
		Set: func(f *Fault, x float64) { f.Period = times(x, time.Second) },
	}
}

func share(name, label string, step float64) Param {
	return Param{
		Name: name, Label: label, Unit: "%", Min: 1, Max: 100, Step: step,
		Get: func(f Fault) float64 { return sensors.Round6(f.Rate * 100) },
		Set: func(f *Fault, x float64) { f.Rate = x / 100 },
	}
}

func factor(name, label string, most, step float64) Param {
	return Param{
		Name: name, Label: label, Unit: "times", Min: 1, Max: most, Step: step,
		Get: func(f Fault) float64 { return f.Factor },
		Set: func(f *Fault, x float64) { f.Factor = x },
	}
}

func count(label, unit string) Param {
	return Param{
		Name: "count", Label: label, Unit: unit, Min: 1, Max: 1_000, Step: 1, Whole: true,
		Get: func(f Fault) float64 { return float64(f.Count) },
		// A number that is not whole becomes -1, which Check refuses.
		Set: func(f *Fault, x float64) {
			f.Count = -1
			if x == math.Trunc(x) && math.Abs(x) < math.MaxInt32 {
				f.Count = int(x)
			}
		},
	}
}

// in is a time in a unit.
func in(d, unit time.Duration) float64 { return sensors.Round6(float64(d) / float64(unit)) }

// times is a time of so many units, or -1 where it does not fit a Duration: the
// result of an overflowing conversion differs between processors.
func times(x float64, unit time.Duration) time.Duration {
	ns := x * float64(unit)
	if !(math.Abs(ns) < math.MaxInt64) {
		return -1
	}
	return time.Duration(math.Round(ns))
}

// decimal writes a number without an exponent and without zeros at its end.
func decimal(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
