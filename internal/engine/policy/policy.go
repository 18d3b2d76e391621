// Package policy is the settings of the whole stack around one sensor (timeout,
// retry, breaker, fallback) and the one table in which each setting has its name,
// its range and its steps: for the command line, the tuning panel and exports.
//
// A [Policy] is a value. Nothing in it is shared, so readers of events may keep it.
//
// The package runs no policy; the engine does. It also has no second copy of the
// defaults: each policy keeps its own, for example breaker/settings.go and
// retry/policy.go, and [Policy.Resolved] only asks them. Only what one setting needs
// of another, such as a window for a failure rate, is filled in here
// ([Policy.Complete]). A scenario may set values of its own, as the built-in ones do.
package policy

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
)

// Policy is the settings of the stack around one sensor. The zero value is
// three attempts, 5 failures to trip, 3 s open, no timeout, and nothing to
// serve on failure (drop).
//
// Where one setting needs another, [Policy.Complete] fills it in, so that each
// can be set alone. Only [Policy.Resolved] says what is in force, the defaults
// included.
type Policy struct {
	// Timeout limits one attempt; 0 is no limit.
	Timeout time.Duration
	// Retry is used without its Sleep, Now, Rand, Stats, Budget and OnAttempt,
	// which the client sets.
	Retry retry.Policy
	// BudgetTokens and BudgetRatio are the retry budget of the sensor: its
	// maximum of tokens, a whole number from 1 to 1,000, and how many a success
	// gives back, 0.001 to 1,000. Both 0 is no budget.
	BudgetTokens, BudgetRatio float64
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

// The values that Complete fills in where a setting needs another that is not
// set.
const (
	// DefaultWindow is how many calls a rate is taken over.
	DefaultWindow = 20
	// DefaultSpan is the window by time where only a number of buckets is set.
	DefaultSpan = 10 * time.Second
	// DefaultRate is the rate where only a window or a slow call is set.
	DefaultRate = 0.5
	// DefaultSlowCall is the time beyond which a call is slow, where only a
	// slow-call rate is set.
	DefaultSlowCall = 200 * time.Millisecond
	// DefaultTokens and DefaultRatio are the halves of a retry budget; the ratio
	// is that of the example in gRFC A6.
	DefaultTokens = 10
	DefaultRatio  = 0.1
)

// Complete returns p with the settings filled in that others need: a rate gets a
// window, a window a rate, a slow call a slow-call rate, and half a retry budget
// the other half. What is set stays as it is.
//
// It is for code that goes on to change p: other zeros stay 0, so that their
// defaults follow the other settings, as MinVolume follows the size of the
// window. Code that only reads p uses [Policy.Resolved].
func (p Policy) Complete() Policy {
	b := &p.Breaker
	switch {
	case b.SlowCall > 0 && b.SlowRate == 0:
		b.SlowRate = DefaultRate
	case b.SlowRate > 0 && b.SlowCall == 0:
		b.SlowCall = DefaultSlowCall
	}
	windowed := b.Window != breaker.Window{} || b.MinVolume > 0 || b.FailureThreshold == breaker.NoThreshold
	if windowed && !judged(b) {
		b.FailureRate = DefaultRate
	}
	if judged(b) && b.Window.Calls == 0 && b.Window.Span == 0 {
		if b.Window.Buckets > 0 {
			b.Window.Span = DefaultSpan
		} else {
			b.Window.Calls = max(DefaultWindow, b.MinVolume)
		}
	}
	switch {
	case p.BudgetTokens != 0 && p.BudgetRatio == 0:
		p.BudgetRatio = DefaultRatio
	case p.BudgetRatio != 0 && p.BudgetTokens == 0:
		p.BudgetTokens = DefaultTokens
	}
	return p
}

// Resolved returns p as it is in force: complete, and with what every zero stands
// for. A number that is still 0 does nothing; retry.NoDelay and
// breaker.NoThreshold stay. A valid p stays valid, and resolved it is the same
// policy.
func (p Policy) Resolved() Policy {
	p = p.Complete()
	p.Retry, p.Breaker = p.Retry.Resolved(), p.Breaker.Resolved()
	p.Strategy = cmp.Or(p.Strategy, fallback.NameDrop)
	return p
}

// judged reports whether a rate can trip the breaker.
func judged(b *breaker.Settings) bool { return b.FailureRate != 0 || b.SlowRate != 0 }

// Validate names the first setting that cannot be used.
func (p Policy) Validate() error {
	p = p.Complete()
	if p.Timeout < 0 {
		return errors.New("timeout: must not be negative")
	}
	r := p.Retry
	r.Rand = func() float64 { return 0 } // the client has one
	if err := r.Validate(); err != nil {
		return err
	}
	if _, err := p.Budget(); err != nil {
		return err
	}
	b := p.Breaker
	b.Rand = r.Rand
	if err := b.Validate(); err != nil {
		return err
	}
	_, err := p.Fallback(func() time.Duration { return 0 })
	return err
}

// Budget returns a full retry budget, or nil where the policy has none.
func (p Policy) Budget() (*retry.Budget, error) {
	p = p.Complete()
	if p.BudgetTokens == 0 && p.BudgetRatio == 0 {
		return nil, nil
	}
	if p.BudgetTokens != math.Trunc(p.BudgetTokens) { // also refuses NaN
		return nil, fmt.Errorf("retry budget: tokens is %v: want a whole number", p.BudgetTokens)
	}
	return retry.NewBudget(int(p.BudgetTokens), p.BudgetRatio)
}

// Fallback returns the degradation strategy with nothing kept yet. now is the
// time of the run.
func (p Policy) Fallback(now func() time.Duration) (fallback.Strategy, error) {
	return fallback.Parse(p.Resolved().Strategy, fallback.Options{MaxAge: p.MaxAge, Now: now})
}

// Values are the settings in force by name, as Get gives them. What a policy holds
// beyond its settings, such as functions, is left out.
func (p Policy) Values() map[string]string {
	values := make(map[string]string)
	for _, s := range Settings() {
		values[s.Name] = s.Get(p)
	}
	return values
}

// MarshalJSON writes the Values.
func (p Policy) MarshalJSON() ([]byte, error) { return json.Marshal(p.Values()) }
