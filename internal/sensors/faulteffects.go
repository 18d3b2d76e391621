package sensors

import (
	"math"
	"time"
)

// effects is what the active faults do to one attempt.
type effects struct {
	// gone is after how long the caller has gone; 0 is never. Nothing else is
	// seen of the attempt then.
	gone  time.Duration
	extra time.Duration
	hang  bool
	// refusal is what the attempt is refused with at once; nil where it is not.
	refusal error
	// rate is the share of attempts that fail, 1 in a burst.
	rate    float64
	panics  bool
	corrupt bool
	stuck   *active
	// drift is by which share of its size the value is off.
	drift float64
	// spike is by how many times its size the value is off.
	spike float64
	// limit, brown and first count the attempts that reach them.
	limit, brown, first *active
}

// meet returns what an attempt of a reader meets. With count the attempt is
// made: the faults that count do so. Without, nothing changes.
func (f *Faulty) meet(r Request, who reader, count bool) effects {
	var e effects
	for _, a := range *f.faults.Load() {
		if a.activeAt(r.At) {
			f.add(&e, a, r)
		}
	}
	if e.gone > 0 || e.hang || e.refusal != nil {
		return e // it reaches nothing that counts
	}
	if e.limit != nil {
		if wait, ok := e.limit.admit(who, r.At, count); !ok {
			e.refusal = LimitError{After: max(0, wait-e.extra-crashLatency)}
			return e
		}
	}
	if e.brown != nil {
		e.extra += e.brown.load(who, r.At, count)
	}
	if e.first != nil && e.first.failsFirst(who, count) {
		e.rate = 1
	}
	return e
}

// add puts one active fault into the effects.
func (f *Faulty) add(e *effects, a *active, r Request) {
	attempt := uint64(r.Attempt)
	switch a.Kind {
	case Crash:
		e.refusal = errRefused
	case Flap:
		if a.downAt(r.At) {
			e.refusal = errRefused
		}
	case Hang:
		e.hang = true
	case Slow:
		e.extra += a.Extra
	case Jitter:
		e.extra += longTail(a.Extra, a.Factor, f.jitter.Normal(r.Call, attempt))
	case Errors:
		e.rate = max(e.rate, a.Rate)
	case Burst:
		if f.inBurst(a.Fault, r.At) {
			e.rate = 1
		}
	case Corrupt:
		e.corrupt = true
	case Stuck:
		e.stuck = a
	case Drift:
		e.drift = a.Rate * (r.At - a.Start).Minutes()
	case Spike:
		if f.spike.Uniform(r.Call, attempt) < a.Rate {
			e.spike = a.Factor
		}
	case CallerCancel:
		if f.cancel.Uniform(r.Call, attempt) < a.Rate {
			e.gone = a.Extra
		}
	case Panic:
		e.panics = f.panicDraw.Uniform(r.Call, attempt) < a.Rate
	case RateLimit:
		e.limit = a
	case Brownout:
		e.brown = a
	case FailFirst:
		e.first = a
	}
}

// longTail is the time of a log-normal distribution that belongs to a standard
// normal draw, in whole microseconds, an hour at most.
func longTail(median time.Duration, spread, z float64) time.Duration {
	us := float64(median) / float64(time.Microsecond) * math.Exp(math.Log(spread)*z)
	return time.Duration(math.Round(min(us, float64(maxDelay/time.Microsecond)))) * time.Microsecond
}

// inBurst reports whether a time is in its period's burst. Where in the period
// that is, is drawn for each period, but for the first: who injects a fault
// wants to see it.
func (f *Faulty) inBurst(b Fault, at time.Duration) bool {
	length := time.Duration(math.Round(float64(b.Period) * b.Rate))
	number, into := (at-b.Start)/b.Period, (at-b.Start)%b.Period
	var begins time.Duration
	if number > 0 {
		u := f.burst.Uniform(uint64(number), uint64(b.Start))
		begins = time.Duration(math.Round(float64(b.Period-length)*u/1e3)) * time.Microsecond
	}
	return into >= begins && into < begins+length
}

// injectedError draws whether an attempt fails by Errors and the like, and how.
func (f *Faulty) injectedError(e effects, r Request) error {
	if e.panics {
		return errPanic
	}
	if e.rate <= 0 {
		return nil // no draw is below it
	}
	attempt := uint64(r.Attempt)
	if f.errorDraw.Uniform(r.Call, attempt) >= e.rate {
		return nil
	}
	return f.errorTexts[f.errorText.Index(r.Call, attempt, len(f.errorTexts))]
}
