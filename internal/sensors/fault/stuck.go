package fault

import (
	"time"

	"resiltui/internal/sensors"
)

// Stuck answers in time with the value that the sensor had when the fault began.
// It holds the true signal's value only where nothing was read before.
const Stuck Number = 7

func stuck() Kind {
	return Kind{
		Name: "stuck", Title: "stuck", Key: "i", Row: 7,
		Help:  "answers in time with the value it had when this began; no policy sees it",
		stage: holding,
		begin: func(f *Injector, a *active) {
			if v, ok := f.heldValue(a.Start); ok {
				a.held.Store(&v)
			}
		},
		distort: func(_ effects, a *active, value float64, keep bool) float64 {
			if keep && a.held.Load() == nil {
				first := value // a variable of its own, so that only this branch allocates
				a.held.CompareAndSwap(nil, &first)
			}
			if held := a.held.Load(); held != nil {
				return *held
			}
			return value
		},
	}
}

// heldValue is the value of a sensor that is stuck from a time on, if it is
// known then: the last good value, or the true one.
func (f *Injector) heldValue(at time.Duration) (float64, bool) {
	if r, ok := f.last.get(); ok {
		return r.Value, true
	}
	if f.truth != nil {
		return sensors.Clamp6(f.truth.Truth(at)), true
	}
	return 0, false
}
