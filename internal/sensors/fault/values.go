package fault

import (
	"math"
	"sync"

	"resiltui/internal/sensors"
)

// size is how large a value is. What is nearly nothing has the size 1: a share
// of it would not be seen.
func size(value float64) float64 { return math.Max(1, math.Abs(value)) }

// lastGood is the newest value that the sensor within gave.
type lastGood struct {
	mu    sync.Mutex
	value sensors.Reading // guarded by mu
	known bool            // guarded by mu
}

// keep remembers a good reading, unless it knows a newer one: a read that ended
// late must not put an older value in a newer one's place.
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

// set puts back what get returned.
func (l *lastGood) set(r sensors.Reading, known bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.known = r, known
}
