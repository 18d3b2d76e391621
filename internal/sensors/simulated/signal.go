package simulated

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"time"

	"resiltui/internal/sensors"
)

// Signal is a value over time: the hidden truth behind a simulated sensor. At
// is a pure function of t, the time since the run's start, and may be called
// for any time, in any order, by any number of goroutines. Values are rounded
// to 1e-6. A t before 0 counts as 0.
type Signal interface {
	At(t time.Duration) float64
}

// Constant is a signal that never changes.
type Constant float64

// At returns the constant.
func (c Constant) At(time.Duration) float64 { return sensors.Round6(float64(c)) }

func (c Constant) validate() error { return sensors.CheckFinite("value", float64(c)) }

// Sine is a signal that oscillates around Mean.
type Sine struct {
	// Mean is the middle, Amplitude the greatest distance from it, both in the
	// sensor's unit.
	Mean, Amplitude float64
	// Period is the length of one oscillation; it must be positive.
	Period time.Duration
	// Phase is how far into its period the signal is at time 0, as a share from
	// 0 to 1: at 0.25 it starts at its maximum.
	Phase float64
}

// At returns Mean + Amplitude·sin(2π(t/Period + Phase)).
func (s Sine) At(t time.Duration) float64 {
	if s.Period <= 0 {
		return sensors.Round6(s.Mean)
	}
	// The remainder is taken in whole nanoseconds, so that the signal is as
	// exact after a week as it is at the start.
	turns := float64(max(t, 0)%s.Period)/float64(s.Period) + s.Phase
	return sensors.Round6(s.Mean + float64(s.Amplitude*math.Sin(2*math.Pi*turns)))
}

func (s Sine) validate() error {
	if s.Period <= 0 {
		return fmt.Errorf("period %v is not above 0", s.Period)
	}
	return cmp.Or(
		sensors.CheckFinite("mean", s.Mean),
		sensors.CheckFinite("amplitude", s.Amplitude),
		sensors.CheckRange("phase", s.Phase, 0, 1))
}

// Steps is a signal that stays at each level for a while and then jumps to the
// next, and from the last to the first. Levels must not be changed after its
// first use.
type Steps struct {
	// Levels are the values in turn; there must be one at least.
	Levels []float64
	// Dwell is how long each level lasts; it must be positive.
	Dwell time.Duration
}

// At returns the level of time t.
func (s Steps) At(t time.Duration) float64 {
	if len(s.Levels) == 0 {
		return 0
	}
	if s.Dwell <= 0 {
		return sensors.Round6(s.Levels[0])
	}
	n := int64(max(t, 0) / s.Dwell)
	return sensors.Round6(s.Levels[n%int64(len(s.Levels))])
}

func (s Steps) validate() error {
	if len(s.Levels) == 0 {
		return fmt.Errorf("levels are empty; give one at least")
	}
	if s.Dwell <= 0 {
		return fmt.Errorf("dwell %v is not above 0", s.Dwell)
	}
	for k, level := range s.Levels {
		if err := sensors.CheckFinite(fmt.Sprintf("levels[%d]", k), level); err != nil {
			return err
		}
	}
	return nil
}

// Walk is a random walk: Brownian motion, as a pure function of the stream and
// the time.
//
// It is Lévy's construction (P. Lévy, "Processus stochastiques et mouvement
// brownien", 1948). Time is cut into steps of 2²⁴ ns. The values at the powers
// of two are sums of independent normal draws; the value in the middle of an
// interval whose ends are known is their mean plus a normal draw of the variance
// of a Brownian bridge. Each point's draw is addressed by the point's number, so
// At needs no memory of earlier times and about 2·log₂(t/17 ms) draws. Between
// two neighbouring steps it is a straight line.
type Walk struct {
	// Stream is where the draws come from; nothing else should draw from it.
	Stream sensors.Stream
	// Start is the value at time 0.
	Start float64
	// PerSecond is the standard deviation of the change in one second, 0 or
	// more; that of t seconds is PerSecond·√t.
	PerSecond float64
	// Min and Max are limits at which the walk is reflected. Both 0 means no
	// limits.
	Min, Max float64
}

// walkShift says how long a step is: 2²⁴ ns, about 17 ms. With a power of two,
// the step's number and the remainder are simply bits of the time.
const walkShift = 24

// At returns the value at time t.
func (w Walk) At(t time.Duration) float64 {
	t = max(t, 0)
	step := uint64(t) >> walkShift
	part := float64(uint64(t)&(1<<walkShift-1)) / (1 << walkShift)
	x := w.brownian(step)
	if part > 0 {
		x += float64((w.brownian(step+1) - x) * part)
	}
	sigma := w.PerSecond * math.Sqrt((time.Duration(1) << walkShift).Seconds())
	return sensors.Round6(w.reflect(w.Start + float64(sigma*x)))
}

// brownian returns standard Brownian motion at a whole step: variance n at step
// n. The conversions to float64 forbid fused multiply-adds.
func (w Walk) brownian(n uint64) float64 {
	if n == 0 {
		return 0
	}
	// x is the value at a, the greatest power of two up to n.
	x := w.Stream.Normal(1, 0)
	a := uint64(1)
	for range bits.Len64(n) - 1 {
		x += float64(math.Sqrt(float64(a)) * w.Stream.Normal(2*a, 0))
		a *= 2
	}
	if a == n {
		return x
	}
	b := 2 * a
	y := x + float64(math.Sqrt(float64(a))*w.Stream.Normal(b, 0))
	for {
		m := a + (b-a)/2
		deviation := math.Sqrt(float64(b-a)) / 2
		z := (x+y)/2 + float64(deviation*w.Stream.Normal(m, 0))
		switch {
		case n == m:
			return z
		case n < m:
			b, y = m, z
		default:
			a, x = m, z
		}
	}
}

// reflect mirrors x at the limits until it is between them.
func (w Walk) reflect(x float64) float64 {
	span := w.Max - w.Min
	if span <= 0 {
		return x
	}
	d := math.Mod(x-w.Min, 2*span)
	if d < 0 {
		d += 2 * span
	}
	if d > span {
		d = 2*span - d
	}
	return w.Min + d
}

func (w Walk) validate() error {
	if err := cmp.Or(
		sensors.CheckFinite("start", w.Start),
		sensors.CheckFinite("min", w.Min),
		sensors.CheckFinite("max", w.Max),
		sensors.CheckRange("perSecond", w.PerSecond, 0, 1e9)); err != nil {
		return err
	}
	if w.Min == 0 && w.Max == 0 {
		return nil
	}
	if w.Min >= w.Max {
		return fmt.Errorf("min %v is not below max %v", w.Min, w.Max)
	}
	return sensors.CheckRange("start", w.Start, w.Min, w.Max)
}
