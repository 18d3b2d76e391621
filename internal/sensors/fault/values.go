package fault

import (
	"math"
	"sync"

	"resiltui/internal/sensors"
)

// size is how large a value is, at least 1: a share of a tiny value would not
// be noticeable.
func size(value float64) float64 { return math.Max(1, math.Abs(value)) }

// lastGood is the newest value that the wrapped sensor gave.
type lastGood struct {
	mu    sync.Mutex
	value sensors.Reading // guarded by mu
	known bool            // guarded by mu
}

// keep remembers a good reading, unless it knows a newer one: a read that ended
// late must not replace a newer value by an older one.
func (l *lastGood) keep(r sensors.Reading) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.known || r.At >= l.value.At {
		l.value, l.known = r, true
	}
}

func (l *lastGood) get() (sensors.Reading, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value, l.known
}

// set restores what get returned.
func (l *lastGood) set(r sensors.Reading, known bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.known = r, known
}
