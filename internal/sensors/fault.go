package sensors

import (
	"fmt"
	"strings"
	"time"
)

// FaultKind is a way of failing that resiltui can inject. Every kind acts on
// every sensor, real endpoints included, and none needs a true signal: Stuck
// holds the signal's value only where nothing was read before it.
type FaultKind uint8

// The kinds of faults. Each says what a read does while it is active.
const (
	// Crash refuses every attempt at once ("connection refused", 1 ms).
	Crash FaultKind = iota + 1
	// Hang accepts the attempt and never answers. To people it is a "black
	// hole".
	Hang
	// Slow adds Extra to every attempt.
	Slow
	// Errors fails a share Rate of the attempts.
	Errors
	// Flap is a crash for the first half of every Period, counted from Start.
	Flap
	// Corrupt answers in time with a wrong value, and says that all is well.
	Corrupt
	// Stuck answers in time with the value it had when the fault began.
	Stuck
	// Jitter adds a time with a long tail to every attempt: log-normal, with
	// the median Extra and the geometric standard deviation Factor, an hour at
	// most. Two attempts in three get between Extra/Factor and Extra·Factor.
	Jitter
	// Burst fails every attempt in a part Rate of every Period. The first
	// burst begins with the fault, the others anywhere in their periods.
	Burst
	// FailFirst fails the first Count attempts that reach the sensor, and has
	// ended then.
	FailFirst
	// Brownout adds Extra for each attempt that reached the sensor in the last
	// Period, up to Cap: the slower, the more it is asked. It counts the 1,000
	// newest attempts at most.
	Brownout
	// Drift answers in time with a value that is off by a share Rate of its
	// size a minute, counted from Start, and says that all is well.
	Drift
	// Spike moves a share Rate of the values away by Factor times their size,
	// up or down, and says that all is well.
	Spike
	// RateLimit lets Count attempts through in every Period, counted from
	// Start, and refuses the others at once with a [LimitError].
	RateLimit
	// CallerCancel ends a share Rate of the attempts with [ErrCallerGone], once
	// they are Extra old.
	CallerCancel
	// Panic panics in a share Rate of the attempts, once the sensor has
	// answered.
	Panic
)

// FaultKinds returns every kind, in the order of the constants: first the seven
// that have keys of their own, then the others.
func FaultKinds() []FaultKind {
	kinds := make([]FaultKind, 0, Panic)
	for k := Crash; k <= Panic; k++ {
		kinds = append(kinds, k)
	}
	return kinds
}

// String returns the kind's name, as ParseFaultKind reads it, or "fault(99)" for
// a value that is no kind.
func (k FaultKind) String() string {
	if k < Crash || k > Panic {
		return fmt.Sprintf("fault(%d)", uint8(k))
	}
	return [...]string{
		Crash: "crash", Hang: "hang", Slow: "slow", Errors: "errors", Flap: "flap",
		Corrupt: "corrupt", Stuck: "stuck",
		Jitter: "jitter", Burst: "burst", FailFirst: "fail-first", Brownout: "brownout",
		Drift: "drift", Spike: "spike", RateLimit: "rate-limit",
		CallerCancel: "cancel", Panic: "panic",
	}[k]
}

// ParseFaultKind returns the kind with this name. Its error lists the names.
func ParseFaultKind(name string) (FaultKind, error) {
	var names []string
	for _, k := range FaultKinds() {
		if name == k.String() {
			return k, nil
		}
		names = append(names, k.String())
	}
	return 0, fmt.Errorf("unknown fault %q; the faults are %s", Clean(name, maxNameCells), strings.Join(names, ", "))
}

// WrongValue reports whether a fault of the kind makes values wrong that come in
// time and without an error. No policy can see that.
func (k FaultKind) WrongValue() bool {
	return k == Corrupt || k == Stuck || k == Drift || k == Spike
}

// Fault is one injected fault: what, how much, since when, until when. [Params]
// lists what a kind looks at, with the ranges.
type Fault struct {
	Kind FaultKind
	// Rate is a share: of the attempts (Errors, Spike, CallerCancel, Panic), of
	// the period (Burst), of the value's size a minute (Drift). 1 is all of it.
	Rate float64
	// Extra is the time added to an attempt (Slow; Jitter: the median;
	// Brownout: for each other attempt), or after which its caller has gone
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

// DefaultFault returns the fault that a single key injects: slow by 150 ms,
// errors in half of the attempts, a flap of 6 s, and so on. It lasts until it is
// recovered, or until it is spent where it counts.
func DefaultFault(kind FaultKind) Fault {
	f := Fault{Kind: kind}
	switch kind {
	case Slow:
		f.Extra = 150 * time.Millisecond
	case Errors:
		f.Rate = 0.5
	case Flap:
		f.Period = 6 * time.Second
	case Jitter: // one attempt in ten is slower by 200 ms and more
		f.Extra, f.Factor = 50*time.Millisecond, 3
	case Burst:
		f.Period, f.Rate = 4*time.Second, 0.25
	case FailFirst: // more than the attempts of one call
		f.Count = 5
	case Brownout: // ten reads in five seconds are more than a timeout of 250 ms bears
		f.Extra, f.Period, f.Cap = 25*time.Millisecond, 5*time.Second, 2*time.Second
	case Drift:
		f.Rate = 0.2
	case Spike:
		f.Rate, f.Factor = 0.1, 10
	case RateLimit: // half of what a batch every half second asks
		f.Count, f.Period = 1, time.Second
	case CallerCancel:
		f.Rate, f.Extra = 0.5, 20*time.Millisecond
	case Panic:
		f.Rate = 0.2
	}
	return f
}

// Validate returns what is wrong with the fault, with the parameter, its value
// and its range, or nil. Parameters that the kind does not use are not looked
// at.
func (f Fault) Validate() error {
	if f.Kind < Crash || f.Kind > Panic {
		return fmt.Errorf("%v: there is no such kind", f.Kind)
	}
	var err error
	for _, p := range Params(f.Kind) {
		err = firstError(err, p.Check(p.Get(f)))
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

// activeAt reports whether an attempt that starts at a time meets the fault.
func (f Fault) activeAt(at time.Duration) bool {
	return at >= f.Start && !f.expiredAt(at)
}

// expiredAt reports whether the fault has ended by itself.
func (f Fault) expiredAt(at time.Duration) bool {
	return f.Until != 0 && at >= f.Until
}

// downAt reports whether a flapping sensor is in the first half of its period.
func (f Fault) downAt(at time.Duration) bool {
	return (at-f.Start)%f.Period < f.Period/2
}
