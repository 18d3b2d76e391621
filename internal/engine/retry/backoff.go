package retry

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
)

// Backoff says how the wait grows from one retry to the next.
type Backoff uint8

// The kinds of backoff. n is the number of the retry, from 1.
const (
	// Exponential waits base·2ⁿ⁻¹. It is the zero value.
	Exponential Backoff = iota
	// Linear waits base·n.
	Linear
	// Constant waits base.
	Constant
)

// Jitter says how the wait is spread at random, so that callers that failed
// together do not come back together.
type Jitter uint8

// The kinds of jitter, with the formulas of Marc Brooker, "Exponential Backoff
// And Jitter", AWS Architecture Blog, 2015. There the first wait is base·2; here
// it is base. d is the wait of the backoff after the cap, U(a, b) a uniform draw.
const (
	// NoJitter waits d. It is the zero value.
	NoJitter Jitter = iota
	// Full waits U(0, d).
	Full
	// Equal waits d/2 + U(0, d/2).
	Equal
	// Decorrelated waits min(cap, U(base, 3·previous wait)), where the wait
	// before the first counts as base. It takes no notice of the Backoff.
	Decorrelated
)

func backoffNames() []string { return []string{"exponential", "linear", "constant"} }

func jitterNames() []string { return []string{"none", "full", "equal", "decorrelated"} }

// String is the name that UnmarshalText reads: exponential, linear, constant.
func (b Backoff) String() string { return nameOf("Backoff", uint8(b), backoffNames()) }

// MarshalText is String, or an error where b is none of the constants.
func (b Backoff) MarshalText() ([]byte, error) {
	return marshalName("backoff", uint8(b), backoffNames())
}

// UnmarshalText reads a name that String gives. The error lists them all.
func (b *Backoff) UnmarshalText(text []byte) error {
	i, err := parseName("backoff", text, backoffNames())
	if err == nil {
		*b = Backoff(i)
	}
	return err
}

// String is the name that UnmarshalText reads: none, full, equal, decorrelated.
func (j Jitter) String() string { return nameOf("Jitter", uint8(j), jitterNames()) }

// MarshalText is String, or an error where j is none of the constants.
func (j Jitter) MarshalText() ([]byte, error) {
	return marshalName("jitter", uint8(j), jitterNames())
}

// UnmarshalText reads a name that String gives. The error lists them all.
func (j *Jitter) UnmarshalText(text []byte) error {
	i, err := parseName("jitter", text, jitterNames())
	if err == nil {
		*j = Jitter(i)
	}
	return err
}

func nameOf(kind string, i uint8, names []string) string {
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%s(%d)", kind, i)
}

func marshalName(kind string, i uint8, names []string) ([]byte, error) {
	if int(i) < len(names) {
		return []byte(names[i]), nil
	}
	return nil, fmt.Errorf("unknown %s %d", kind, i)
}

func parseName(kind string, text []byte, names []string) (uint8, error) {
	i := slices.Index(names, string(text))
	if i < 0 {
		return 0, fmt.Errorf("unknown %s %q: want one of %s", kind, text, strings.Join(names, ", "))
	}
	return uint8(i), nil
}

// Delay is the wait before the n-th retry, n from 1 (less counts as 1). prev is
// what Delay gave for the retry before, 0 for none; only Decorrelated looks at
// it. u is a uniform draw from [0, 1); it is not looked at without jitter.
//
// The result is from 0 to MaxDelay, or to the longest Duration without one:
// products that would overflow stop there, whatever n is.
func (p Policy) Delay(n int, prev time.Duration, u float64) time.Duration {
	base := p.baseDelay()
	if base == NoDelay {
		return 0
	}
	if p.Jitter == Decorrelated {
		top := times(max(prev, base), 3)
		return p.capped(base + share(top-base, u))
	}
	d := p.capped(p.Backoff.grow(base, max(n, 1)))
	switch p.Jitter {
	case Full:
		return share(d, u)
	case Equal:
		return d - d/2 + share(d/2, u)
	default:
		return d
	}
}

// grow is the wait before the n-th retry without cap and jitter.
func (b Backoff) grow(base time.Duration, n int) time.Duration {
	switch b {
	case Linear:
		return times(base, int64(n))
	case Constant:
		return base
	default:
		// 2⁶² is the highest power of two in an int64.
		return times(base, 1<<min(n-1, 62))
	}
}

func (p Policy) capped(d time.Duration) time.Duration {
	if p.MaxDelay > 0 {
		return min(d, p.MaxDelay)
	}
	return d
}

// times is d·k, or the longest Duration where that would overflow. d and k are
// positive.
func times(d time.Duration, k int64) time.Duration {
	if int64(d) > math.MaxInt64/k {
		return math.MaxInt64
	}
	return d * time.Duration(k)
}

// share is the part u of d. It never leaves [0, d], whatever u is: u·d is at
// most (1-2⁻⁵³)·2⁶³ for u below 1, which an int64 can hold.
func share(d time.Duration, u float64) time.Duration {
	switch {
	case u >= 1:
		return d
	case u > 0:
		return min(d, time.Duration(u*float64(d)))
	default: // 0, negative or not a number
		return 0
	}
}
