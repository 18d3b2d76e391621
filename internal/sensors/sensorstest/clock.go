// Package sensorstest is a clock and helpers for the tests of sensors and of faults.
//
// It knows no sensor, so that the tests of every kind can use it. Only tests import it.
package sensorstest

import (
	"context"
	"math"
	"sync"
	"testing"
	"time"
)

// Clock is a clock on which every sleep is over at once. The zero value is at
// time 0. Its methods are safe for concurrent use, its fields are not.
type Clock struct {
	mu sync.Mutex
	// T is the time.
	T time.Duration
	// Limit ends sleeps with the deadline's error once it has passed; 0 is none.
	Limit time.Duration
}

// Sleep moves the time forward, unless ctx has ended.
func (c *Clock) Sleep(ctx context.Context, d time.Duration) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Limit > 0 && c.T+d > c.Limit {
		c.T = c.Limit
		return context.DeadlineExceeded
	}
	c.T += d
	return nil
}

// Now is the time.
func (c *Clock) Now() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.T
}

// Near checks that a number is no further from another than the tolerance.
func Near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance || math.IsNaN(got) {
		t.Errorf("%s is %v, want %v ± %v", what, got, want, tolerance)
	}
}

// Moments returns mean and variance of n numbers.
func Moments(n int, draw func(k int) float64) (mean, variance float64) {
	var sum, squares float64
	for k := range n {
		x := draw(k)
		sum += x
		squares += x * x
	}
	mean = sum / float64(n)
	return mean, squares/float64(n) - mean*mean
}
