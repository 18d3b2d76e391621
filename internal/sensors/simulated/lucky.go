package simulated

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"resiltui/internal/sensors"
)

// Lucky is a simulated sensor that answers one request within each of its
// FailWindows: the n-th that reaches it there. It shows the difference between
// a breaker that closes after one good probe and one that needs two.
//
// Which request is the n-th depends on which requests came before, and so on what
// the policies let through. A Lucky therefore counts, and is not
// [sensors.Planned]: a plan would have to change the count, or be wrong. The
// wrapped [Sensor] stays a pure function. Two pipelines that must not count each
// other's requests need a Lucky each, around the same Sensor.
type Lucky struct {
	inner *Sensor
	n     int64
	// reached counts the requests that came in each window.
	reached []atomic.Int64
}

// NewLucky wraps inner. An n below 1 means that no request is lucky.
func NewLucky(inner *Sensor, n int) *Lucky {
	return &Lucky{
		inner:   inner,
		n:       int64(n),
		reached: make([]atomic.Int64, len(inner.config.FailWindows)),
	}
}

// Info describes the sensor.
func (l *Lucky) Info() sensors.Info { return l.inner.Info() }

// Truth is the signal without noise.
func (l *Lucky) Truth(at time.Duration) float64 { return l.inner.Truth(at) }

// Read counts the request and answers as the wrapped Sensor does, but the lucky
// request never fails.
func (l *Lucky) Read(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	p, _ := l.inner.plan(r, !l.lucky(r.At) && l.inner.fails(r))
	return l.inner.carryOut(ctx, p)
}

// lucky counts a request in the first window that it falls in.
func (l *Lucky) lucky(at time.Duration) bool {
	for k, w := range l.inner.config.FailWindows {
		if w.contains(at) {
			return l.reached[k].Add(1) == l.n
		}
	}
	return false
}

// Save returns how many requests reached each window.
func (l *Lucky) Save() sensors.State {
	s := make(sensors.State, len(l.reached))
	for k := range l.reached {
		s[k] = l.reached[k].Load()
	}
	return s
}

// Load restores the counts of the windows. It refuses counts for another number
// of windows.
func (l *Lucky) Load(s sensors.State) error {
	if len(s) != len(l.reached) {
		return fmt.Errorf("the state is of %d windows, the sensor has %d", len(s), len(l.reached))
	}
	for k := range s {
		l.reached[k].Store(s[k])
	}
	return nil
}
