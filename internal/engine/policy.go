package engine

import (
	"errors"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
)

// Policy is the settings of the stack around one sensor. The zero value is
// three attempts, 5 failures to trip, 3 s open, no timeout, and nothing to
// serve on failure (drop).
type Policy struct {
	// Timeout limits one attempt; 0 is no limit.
	Timeout time.Duration
	// Retry is used without its Sleep, Now, Rand, Stats and OnAttempt, which
	// the client sets.
	Retry retry.Policy
	// Breaker is used without its Now, Rand, Classify and OnTransition.
	Breaker breaker.Settings
	// BreakerOff starts with the breaker disabled: every call passes uncounted.
	BreakerOff bool
	// Strategy is the degradation strategy by name: drop, last-known-good or
	// interpolated; empty is drop. MaxAge is how old a substitute may be; 0 is
	// no limit.
	Strategy string
	MaxAge   time.Duration
}

// Validate names the first setting that cannot be used.
func (p Policy) Validate() error {
	if p.Timeout < 0 {
		return errors.New("timeout: must not be negative")
	}
	r := p.Retry
	r.Rand = func() float64 { return 0 } // the client has one
	if err := r.Validate(); err != nil {
		return err
	}
	b := p.Breaker
	b.Rand = r.Rand
	if err := b.Validate(); err != nil {
		return err
	}
	_, err := p.strategy(func() time.Duration { return 0 })
	return err
}

func (p Policy) strategy(now func() time.Duration) (fallback.Strategy, error) {
	name := p.Strategy
	if name == "" {
		name = "drop"
	}
	return fallback.Parse(name, fallback.Options{MaxAge: p.MaxAge, Now: now})
}
