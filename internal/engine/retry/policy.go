package retry

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"
)

// The values that zero stands for in a Policy.
const (
	DefaultMaxAttempts = 3
	DefaultBaseDelay   = 50 * time.Millisecond
)

// NoDelay as a BaseDelay retries without a wait. (0 already stands for the
// default, and nobody needs a wait of one nanosecond.)
const NoDelay time.Duration = 1

// Policy says what is retried, how often, and after which wait. The zero value
// makes up to 3 attempts for every error, 50 ms and 100 ms apart. A Policy is
// only read by this package, so one value may serve any number of concurrent
// calls; its functions must then be safe for concurrent use.
type Policy struct {
	// MaxAttempts counts all attempts of a call, the first included. 0 means 3;
	// 1 means no retry.
	MaxAttempts int
	// BaseDelay is the wait before the first retry, from which the others grow.
	// 0 means 50 ms; NoDelay means no wait.
	BaseDelay time.Duration
	// MaxDelay is the longest backoff, and the longest hint of an error that is waited
	// for; see Hinted. 0 means no cap.
	MaxDelay time.Duration
	// Backoff says how the wait grows, Jitter how it is spread.
	Backoff Backoff
	Jitter  Jitter

	// RetryOn names the errors that are retried: those for which any Match is
	// true. Empty means every error, except those that are never retried.
	RetryOn []Match
	// Never holds targets of errors.Is that are never retried, whatever RetryOn
	// says. The refusal of an open circuit belongs here.
	Never []error

	// Budget refuses retries while too many attempts fail. Several policies may
	// share one. nil means no limit.
	Budget *Budget

	// Sleep waits for d or until ctx ends, and then returns ctx's error. It is
	// not called for a wait of 0. nil means real time.
	Sleep func(ctx context.Context, d time.Duration) error
	// Now is the time since some fixed moment; it must never go back. It is
	// read where OnAttempt wants times and where a wait was cut short. nil
	// means real time since the start of the process, monotonic.
	Now func() time.Duration
	// Rand draws from [0, 1). It is called once a retry, and only with jitter or a hint.
	Rand func() float64

	// Stats receives the counts of every call. nil means none.
	Stats *Stats
	// OnAttempt is called after each attempt that returned, before the wait
	// that follows it, in the goroutine of the call. nil means none.
	OnAttempt func(Attempt)
}

// Attempt describes one attempt to OnAttempt.
type Attempt struct {
	// Number counts the attempts of a call, from 1.
	Number int
	// Start is when the attempt began, by Policy.Now; Took is how long it ran.
	Start, Took time.Duration
	// Err is what it returned; nil for a success.
	Err error
	// Wait is the wait that begins now. 0 where no attempt follows, or where
	// one follows at once. The end of ctx may still cut it short.
	Wait time.Duration
}

// Hinted is implemented by errors that know when a retry is worth making, such
// as an answer with a Retry-After header. Any error in the chain may implement it.
//
// The wait is then the hint and a uniform draw from 0 to the backoff of this retry,
// which spreads callers that were told the same at the same moment, also where the
// policy has no jitter. No wait is shorter than the hint, and none is begun for a hint
// beyond MaxDelay: the call ends with a *HintError. A hint of 0 or less is none.
type Hinted interface {
	error
	RetryAfter() time.Duration
}

// Validate returns an error that names every setting out of range, and nil
// where there is none. Do does not call it. With a Policy that Validate
// refuses, Do takes negative numbers as 0, unknown kinds as the zero value and
// draws as 0.5 where Rand is missing. A Budget that is a zero value allows no retry.
func (p Policy) Validate() error {
	var errs []error
	check := func(ok bool, format string, args ...any) {
		if !ok {
			errs = append(errs, fmt.Errorf("retry policy: "+format, args...))
		}
	}
	check(p.MaxAttempts >= 0, "max attempts is %d: want 0 (for %d) or more", p.MaxAttempts, DefaultMaxAttempts)
	check(p.BaseDelay >= 0, "base delay is %v: want 0 (for %v) or more", p.BaseDelay, DefaultBaseDelay)
	check(p.MaxDelay >= 0, "max delay is %v: want 0 (for none) or more", p.MaxDelay)
	check(p.Backoff <= Constant, "unknown backoff %d", uint8(p.Backoff))
	check(p.Jitter <= Decorrelated, "unknown jitter %d", uint8(p.Jitter))
	check(p.Jitter == NoJitter || p.Rand != nil, "jitter %v needs Rand", p.Jitter)
	check(!slices.ContainsFunc(p.RetryOn, func(m Match) bool { return m == nil }), "RetryOn holds a nil Match")
	check(!slices.Contains(p.Never, nil), "Never holds a nil error")
	check(p.Budget == nil || p.Budget.max > 0, "Budget was not made with NewBudget")
	return errors.Join(errs...)
}

// Resolved returns p with MaxAttempts and BaseDelay as Do takes them: what 0
// stands for is filled in. NoDelay stays, and so does what a nil function stands
// for. Code that shows or compares policies uses this, so that the defaults are
// known only here.
func (p Policy) Resolved() Policy {
	p.MaxAttempts, p.BaseDelay = p.maxAttempts(), p.baseDelay()
	return p
}

func (p *Policy) maxAttempts() int {
	if p.MaxAttempts <= 0 {
		return DefaultMaxAttempts
	}
	return p.MaxAttempts
}

func (p *Policy) baseDelay() time.Duration {
	if p.BaseDelay <= 0 {
		return DefaultBaseDelay
	}
	return p.BaseDelay
}

// wait returns Delay for the n-th retry with a new random draw, and the wait that also
// respects a hint, 0 for none. They are separate because the hint is about this one
// retry, so it must not feed the growth of Decorrelated.
func (p *Policy) wait(n int, prev, hint time.Duration) (delay, wait time.Duration) {
	u := 0.5
	if (p.Jitter != NoJitter || hint > 0) && p.Rand != nil {
		u = p.Rand()
	}
	delay = p.Delay(n, prev, u)
	if hint <= 0 {
		return delay, delay
	}
	return delay, hint + min(share(p.Delay(n, prev, 1), u), math.MaxInt64-hint)
}

// hintOf is how long an error asks to wait for; 0 or less is not at all.
func hintOf(err error) time.Duration {
	if h, ok := errors.AsType[Hinted](err); ok {
		return h.RetryAfter()
	}
	return 0
}

// retries reports whether another attempt after err could be of use.
func (p *Policy) retries(ctx context.Context, err error) bool {
	if ctx.Err() != nil || isPermanent(err) {
		return false
	}
	for _, target := range p.Never {
		if errors.Is(err, target) {
			return false
		}
	}
	if len(p.RetryOn) == 0 {
		return true
	}
	return slices.ContainsFunc(p.RetryOn, func(m Match) bool { return m(err) })
}
