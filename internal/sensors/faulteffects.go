package sensors

import (
	"math"
	"sync"
	"time"
)

// effects is what the active faults do to one attempt.
type effects struct {
	extra      time.Duration
	hang, down bool
	rate       float64
	corrupt    bool
	stuck      *active
}

// effects returns what an attempt that starts at a time meets.
func (f *Faulty) effects(at time.Duration) effects {
	var e effects
	for _, a := range *f.faults.Load() {
		if !a.activeAt(at) {
			continue
		}
		switch a.Kind {
		case Crash:
			e.down = true
		case Hang:
			e.hang = true
		case Slow:
			e.extra = a.Extra
		case Errors:
			e.rate = a.Rate
		case Flap:
			e.down = e.down || a.downAt(at)
		case Corrupt:
			e.corrupt = true
		case Stuck:
			e.stuck = a
		}
	}
	return e
}

// injectedError draws whether the fault Errors fails an attempt, and how.
func (f *Faulty) injectedError(e effects, r Request) error {
	attempt := uint64(r.Attempt)
	if f.errorDraw.Uniform(r.Call, attempt) >= e.rate {
		return nil
	}
	return f.errorTexts[f.errorText.Index(r.Call, attempt, len(f.errorTexts))]
}

// distort makes a good value stuck and corrupt. Only a read may give a stuck
// sensor the value that it will keep; a plan changes nothing.
func (f *Faulty) distort(e effects, r Request, value float64, keep bool) float64 {
	if e.stuck != nil {
		if keep && e.stuck.held.Load() == nil {
			first := value // a variable of its own, so that only this branch allocates
			e.stuck.held.CompareAndSwap(nil, &first)
		}
		if held := e.stuck.held.Load(); held != nil {
			value = *held
		}
	}
	if e.corrupt {
		value = f.garble(r, value)
	}
	return value
}

// garble turns a value into one that the sensor could not have: in a wrong
// unit, with a wrong sign and scale, or with the offset of a broken converter.
// It is finite and never the value itself.
func (f *Faulty) garble(r Request, value float64) float64 {
	attempt := uint64(r.Attempt)
	size := math.Max(1, math.Abs(value))
	var wrong float64
	switch f.corrupt.Index(r.Call, attempt, 3) {
	case 0:
		wrong = math.Copysign(size*100, value)
	case 1:
		wrong = -math.Copysign(size*10, value)
	default:
		// From a call that does not exist, so that it tells nothing of the
		// choice above.
		share := f.corrupt.Uniform(math.MaxUint64-r.Call, attempt)
		wrong = value + size*math.Round(20+40*share)
	}
	if wrong = clamp6(wrong); wrong == value {
		return 0
	}
	return wrong
}

// lastGood is the newest value that the sensor within gave.
type lastGood struct {
	mu    sync.Mutex
	value Reading // guarded by mu
	known bool    // guarded by mu
}

// keep remembers a good reading, unless it knows a newer one: a read that ended
// late must not put an older value in a newer one's place.
func (l *lastGood) keep(r Reading) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.known || r.At >= l.value.At {
		l.value, l.known = r, true
	}
}

func (l *lastGood) get() (Reading, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value, l.known
}
