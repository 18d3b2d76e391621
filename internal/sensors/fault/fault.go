package fault

import (
	"cmp"
	"fmt"
	"time"
)

// Fault is one injected fault: what, how much, since when, until when. The
// Params of its kind say which fields it uses, with their ranges.
type Fault struct {
	Kind Number
	// Rate is a share: of the attempts (Errors, Spike, CallerCancel, Panic), of
	// the period (Burst), of the value's size a minute (Drift). 1 is all of it.
	Rate float64
	// Extra is the time added to an attempt (Slow; Jitter: the median;
	// Brownout: for each other attempt), or after which its caller gives up
	// (CallerCancel).
	Extra time.Duration
	// Period is the length of one cycle (Flap, Burst, RateLimit), or how long
	// an attempt is remembered (Brownout).
	Period time.Duration
	// Count is how many attempts fail (FailFirst) or are let through
	// (RateLimit).
	Count int
	// Factor is a spread (Jitter) or a distance in sizes of the value (Spike).
	Factor float64
	// Cap is the most time that is added (Brownout).
	Cap time.Duration
	// Start is when the fault took effect; Until when it ends by itself, 0 for
	// never.
	Start, Until time.Duration
}

// Validate returns what is wrong with the fault, with the parameter, its value
// and its range, or nil. Parameters that the kind does not use are not checked.
func (f Fault) Validate() error {
	kind := f.Kind.kind()
	if kind == nil {
		return fmt.Errorf("%v: there is no such kind", f.Kind)
	}
	var err error
	for _, p := range kind.Params {
		err = cmp.Or(err, p.Check(p.Get(f)))
	}
	if err == nil && f.Start < 0 {
		err = fmt.Errorf("start %v is before the run", f.Start)
	}
	if err == nil && f.Until != 0 && f.Until <= f.Start {
		err = fmt.Errorf("until %v is not after start %v", f.Until, f.Start)
	}
	if err != nil {
		return fmt.Errorf("%v: %w", f.Kind, err)
	}
	return nil
}

// activeAt reports whether the fault affects an attempt that starts at a time.
func (f Fault) activeAt(at time.Duration) bool {
	return at >= f.Start && !f.expiredAt(at)
}

// expiredAt reports whether the fault has ended by itself.
func (f Fault) expiredAt(at time.Duration) bool {
	return f.Until != 0 && at >= f.Until
}

// Label names the fault in a few words, for the fault track: "crash", "black
// hole", "slow +150 ms", "errors 50 %", "flap 6.0 s", "rate limit 1 a s".
func (f Fault) Label() string {
	switch kind := f.Kind.kind(); {
	case kind == nil:
		return f.Kind.String()
	case kind.Label == nil:
		return kind.Title
	default:
		return kind.Label(f)
	}
}
