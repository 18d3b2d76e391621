package sensors

import (
	"math"
	"sync"
	"time"
)

// distort makes a good value stuck, drifted, spiked and corrupt, in this order.
// Only a read may give a stuck sensor the value that it will keep; a plan
// changes nothing.
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
	if e.drift != 0 {
		value = clamp6(value + float64(size(value)*e.drift))
	}
	if e.spike != 0 {
		value = f.jump(e, r, value)
	}
	if e.corrupt {
		value = f.garble(r, value)
	}
	return value
}

// size is how large a value is. What is nearly nothing has the size 1: a share
// of it would not be seen.
func size(value float64) float64 { return math.Max(1, math.Abs(value)) }

// jump moves a value far off, up or down.
func (f *Faulty) jump(e effects, r Request, value float64) float64 {
	// From a call that does not exist, so that it tells nothing of whether the
	// value jumps.
	up := f.spike.Uniform(math.MaxUint64-r.Call, uint64(r.Attempt)) < 0.5
	distance := float64(size(value) * e.spike)
	if up {
		return clamp6(value + distance)
	}
	return clamp6(value - distance)
}

// garble turns a value into one that the sensor could not have: in a wrong
// unit, with a wrong sign and scale, or with the offset of a broken converter.
// It is finite and never the value itself.
func (f *Faulty) garble(r Request, value float64) float64 {
	attempt := uint64(r.Attempt)
	size := size(value)
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

// set puts back what get returned.
func (l *lastGood) set(r Reading, known bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.known = r, known
}

// heldValue is the value of a sensor that is stuck from a time on, as far as it
// is known then: the last good one, or the true one.
func (f *Faulty) heldValue(at time.Duration) (float64, bool) {
	if r, ok := f.last.get(); ok {
		return r.Value, true
	}
	if f.truth != nil {
		return clamp6(f.truth.Truth(at)), true
	}
	return 0, false
}
