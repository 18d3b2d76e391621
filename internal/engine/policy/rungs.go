package policy

import (
	"math"
	"time"
)

// timeRungs returns the values that a time steps through: ten to a decade below
// a minute, and then round numbers of minutes and hours.
func timeRungs(least time.Duration) func() []float64 {
	return func() []float64 {
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
}

// decades are 1, 2 and 5 times the powers of ten from least to most.
func decades(least, most float64) func() []float64 {
	return func() []float64 {
		var rungs []float64
		for exp := -3; exp <= 6; exp++ {
			for _, m := range []float64{1, 2, 5} {
				x := m * math.Pow10(exp)
				if exp < 0 {
					x = m / math.Pow10(-exp) // the float64 of the literal: 3*0.1 is not 0.3
				}
				if x >= least && x <= most {
					rungs = append(rungs, x)
				}
			}
		}
		return rungs
	}
}

// shares are the twentieths from 0.05 to 1.
func shares() []float64 {
	rungs := make([]float64, 20)
	for i := range rungs {
		rungs[i] = float64(i+1) / 20
	}
	return rungs
}

// wholes are the whole numbers from least to most.
func wholes(least, most int) func() []float64 {
	return func() []float64 {
		var rungs []float64
		for n := least; n <= most; n++ {
			rungs = append(rungs, float64(n))
		}
		return rungs
	}
}

// growths are the factors by which a time may grow.
func growths() []float64 {
	return []float64{1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 8, 10, 20, 50, 100, 200, 500, 1000}
}
