package fault

import (
	"time"

	"resiltui/internal/sensors"
)

// effects is what the active faults do to one attempt.
type effects struct {
	// r is the attempt, at its start. With count the attempt is really made, and
	// faults that count attempts count it. Without count nothing changes.
	r     sensors.Request
	count bool

	// gone is after how long the caller gives up; 0 is never. No other fault
	// has an effect then.
	gone  time.Duration
	extra time.Duration
	hang  bool
	// refusal is what the attempt is refused with at once; nil where it is not.
	refusal error
	// rate is the share of attempts that fail, 1 in a burst.
	rate   float64
	panics bool
	// faults are all faults that may affect the attempt, in order of their
	// stages.
	faults []*active
}

// end returns how an attempt ends that does not reach the sensor, and after how long;
// nil where it goes on.
func (e effects) end() (after time.Duration, err error) {
	switch {
	case e.gone > 0:
		return e.gone, ErrCallerGone
	case e.hang:
		return e.extra + hangLimit, errNoAnswer
	case e.refusal != nil:
		return e.extra + crashLatency, e.refusal
	}
	return 0, nil
}

// meet returns the effects on an attempt. With count the attempt is really
// made.
func (f *Injector) meet(r sensors.Request, count bool) effects {
	e := effects{r: r, count: count, faults: f.faults.Load().byStage}
	for _, a := range e.faults {
		if a.kind.apply == nil || !a.activeAt(r.At) {
			continue
		}
		if _, err := e.end(); err != nil && a.kind.stage > starting {
			return e
		}
		e = a.kind.apply(e, a)
	}
	return e
}

// distort returns what the faults make of the value that the sensor answered.
// With keep, which only a read may set, a stuck sensor keeps the value; a plan
// changes nothing.
func (e effects) distort(value float64, keep bool) float64 {
	for _, a := range e.faults {
		if a.kind.distort != nil && a.activeAt(e.r.At) {
			value = a.kind.distort(e, a, value, keep)
		}
	}
	return value
}

// injectedError draws whether an attempt fails by Errors and the like, and how.
func (f *Injector) injectedError(e effects) error {
	if e.panics {
		return errPanic
	}
	if e.rate <= 0 {
		return nil // no draw is below it
	}
	attempt := uint64(e.r.Attempt)
	if f.errorDraw.Uniform(e.r.Call, attempt) >= e.rate {
		return nil
	}
	list := injectedErrors()
	return list[f.errorText.Index(e.r.Call, attempt, len(list))]
}
