package breaker

import (
	"cmp"
	"fmt"
	"math"
	"time"
)

// The values that a zero field of Settings stands for.
const (
	DefaultFailureThreshold = 5
	DefaultOpenFor          = 3 * time.Second
	DefaultSuccessesToClose = 2
	DefaultMaxProbes        = 1
)

// The upper ends of the ranges that Validate allows.
const (
	LimitCount  = 1_000_000 // FailureThreshold, SuccessesToClose, MinVolume
	LimitProbes = 1_000     // MaxProbes
	LimitGrowth = 1_000     // OpenGrowth
)

// Settings are the rules of a Breaker. The zero value is valid, and so is the
// zero value of each field. They are read once, by New.
type Settings struct {
	// FailureThreshold is how many failures in a row open the circuit, however
	// far apart in time they are: 1 to 1,000,000; 0 is 5. NoThreshold (-1) judges
	// no failures in a row; it is allowed only where a rate is judged instead.
	FailureThreshold int
	// Window says which calls the rates are taken over. The zero value is none;
	// then no rate can be judged. A window needs FailureRate, SlowRate or both.
	Window Window
	// MinVolume is how many calls the window must hold before a rate is judged: 1
	// to Window.Calls, or to 1,000,000 with Window.Span. 0 is Window.Calls, or 10
	// with Window.Span.
	MinVolume int
	// FailureRate is the share of failures in the window that opens the circuit
	// once it is reached: 0.000001 to 1; 0 is none. It is taken in millionths.
	FailureRate float64
	// SlowCall is the time beyond which a call is slow, from Acquire to Release,
	// whatever its outcome. A slow probe is a failed probe. 0 is none; negative is
	// not allowed. SlowCall and SlowRate need each other.
	SlowCall time.Duration
	// SlowRate is the share of slow calls in the window that opens the circuit, in
	// the range of FailureRate; 0 is none.
	SlowRate float64
	// OpenFor is how long the circuit stays open: a probe is due once the time
	// since opening is at least this. 0 is 3 s; negative is not allowed.
	OpenFor time.Duration
	// OpenGrowth is the factor by which the delay grows each time a probe fails:
	// 1 to 1,000; 0 or 1 keep it constant. Closing brings it back to OpenFor.
	OpenGrowth float64
	// OpenMax is the cap on the grown delay, at least OpenFor; 0 is no cap. Jitter
	// comes on top of it: otherwise breakers that have reached the cap would probe
	// in lock-step again.
	OpenMax time.Duration
	// OpenJitter lengthens each delay by a random share, so that many breakers do
	// not probe in lock-step: delay * (1 + U(0, OpenJitter)). 0 to 1; 0 is none.
	// It needs Rand. Grown or jittered delays are rounded to a microsecond, but
	// never below what they grew from.
	OpenJitter float64
	// SuccessesToClose is how many good probes in a row close the circuit: 1 to
	// 1,000,000; 0 is 2.
	SuccessesToClose int
	// MaxProbes is how many probes may run at a time: 1 to 1,000; 0 is 1.
	MaxProbes int
	// ProbeTimeout is the age beyond which a probe is a failed probe, so that one
	// that never returns does not keep the circuit half-open. 0 is none.
	ProbeTimeout time.Duration

	// Now returns the time on the clock that all times of this breaker are on. It
	// is called with and without the breaker's lock, so it must be safe for
	// concurrent use and must not call the breaker, wait or panic. nil is the
	// monotonic time since New.
	Now func() time.Duration
	// Rand returns a random number in [0,1) for OpenJitter. It is called with the
	// lock held, and must not call the breaker, wait or panic. nil is allowed only without jitter.
	Rand func() float64
	// Classify says what a call's error means; it is used by Do, in every state.
	// It is called without the lock and concurrently. nil is DefaultClassify.
	Classify func(error) Outcome
	// OnTransition is called once for every transition, in the order of their Seq,
	// one at a time, without the lock: it may use the breaker. It is called by
	// some caller of the breaker, not always the one who caused the transition,
	// and must not block: until it returns, transitions queue up in memory. nil is
	// no listener.
	OnTransition func(Transition)
}

// Validate returns nil, or a *SettingError for the first field that is out of
// its range.
func (s Settings) Validate() error {
	switch {
	case s.FailureThreshold > LimitCount || s.FailureThreshold < 0 && !(s.FailureThreshold == NoThreshold && s.hasRates()):
		return outOfCount("FailureThreshold", s.FailureThreshold, LimitCount, DefaultFailureThreshold)
	case s.OpenFor < 0:
		return &SettingError{"OpenFor", s.OpenFor, fmt.Sprintf("a positive duration, or 0 for %v", DefaultOpenFor)}
	case s.OpenGrowth != 0 && !(s.OpenGrowth >= 1 && s.OpenGrowth <= LimitGrowth): // also refuses NaN
		return &SettingError{"OpenGrowth", s.OpenGrowth, fmt.Sprintf("1 to %d, or 0 for none", LimitGrowth)}
	case s.OpenMax != 0 && s.OpenMax < s.Resolved().OpenFor:
		return &SettingError{"OpenMax", s.OpenMax, fmt.Sprintf("at least OpenFor (%v), or 0 for no cap", s.Resolved().OpenFor)}
	case !(s.OpenJitter >= 0 && s.OpenJitter <= 1):
		return &SettingError{"OpenJitter", s.OpenJitter, "0 to 1"}
	case s.OpenJitter > 0 && s.Rand == nil:
		return &SettingError{"Rand", "nil", "a function, because OpenJitter is above 0"}
	case s.SuccessesToClose < 0 || s.SuccessesToClose > LimitCount:
		return outOfCount("SuccessesToClose", s.SuccessesToClose, LimitCount, DefaultSuccessesToClose)
	case s.MaxProbes < 0 || s.MaxProbes > LimitProbes:
		return outOfCount("MaxProbes", s.MaxProbes, LimitProbes, DefaultMaxProbes)
	case s.ProbeTimeout < 0:
		return &SettingError{"ProbeTimeout", s.ProbeTimeout, "a positive duration, or 0 for none"}
	}
	return s.validateRates()
}

func outOfCount(field string, value, most, standard int) error {
	return &SettingError{field, value, fmt.Sprintf("1 to %d, or 0 for %d", most, standard)}
}

// Resolved returns s with the zero fields, except functions, replaced by what
// they stand for: the rules of a Breaker made with s. NoThreshold stays. Code
// that shows or compares settings uses this, so that the defaults are known only
// here.
func (s Settings) Resolved() Settings {
	s.FailureThreshold = cmp.Or(s.FailureThreshold, DefaultFailureThreshold)
	if s.Window.Span > 0 {
		s.Window.Buckets = cmp.Or(s.Window.Buckets, DefaultBuckets)
	}
	s.MinVolume = cmp.Or(s.MinVolume, s.Window.volume())
	s.OpenFor = cmp.Or(s.OpenFor, DefaultOpenFor)
	s.OpenGrowth = cmp.Or(s.OpenGrowth, 1)
	s.SuccessesToClose = cmp.Or(s.SuccessesToClose, DefaultSuccessesToClose)
	s.MaxProbes = cmp.Or(s.MaxProbes, DefaultMaxProbes)
	return s
}

// withDefaults is Resolved with the nil functions Now and Classify filled in
// too.
func (s Settings) withDefaults() Settings {
	s = s.Resolved()
	if s.Now == nil {
		start := time.Now() // carries a monotonic reading, which Since uses
		s.Now = func() time.Duration { return time.Since(start) }
	}
	if s.Classify == nil {
		s.Classify = DefaultClassify
	}
	return s
}

// nextDelay returns the delay without jitter of an opening that follows one with
// the delay last; last is 0 for the first opening since the circuit was closed.
func (s *Settings) nextDelay(last time.Duration) time.Duration {
	if last == 0 {
		return s.OpenFor
	}
	if s.OpenGrowth == 1 {
		return last
	}
	grown := max(last, roundMicro(float64(last)*s.OpenGrowth))
	if s.OpenMax > 0 {
		grown = min(grown, s.OpenMax)
	}
	return grown
}

// jittered returns delay * (1 + U(0, OpenJitter)).
func (s *Settings) jittered(delay time.Duration) time.Duration {
	if s.OpenJitter == 0 {
		return delay
	}
	// The conversion keeps the product from being fused with the sum, which would
	// give another last bit on some processors.
	share := float64(s.OpenJitter * s.Rand())
	return max(delay, roundMicro(float64(delay)*(1+share)))
}

// roundMicro rounds ns nanoseconds to a whole microsecond. What does not fit a
// Duration becomes the longest one.
func roundMicro(ns float64) time.Duration {
	micros := math.Round(ns / 1e3)
	if micros >= math.MaxInt64/1e3 {
		return math.MaxInt64
	}
	return time.Duration(micros) * time.Microsecond
}
