package sensors

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// FaultKind is a way of failing that resiltui can inject.
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
)

// FaultKinds returns every kind, in the order of the constants.
func FaultKinds() []FaultKind {
	return []FaultKind{Crash, Hang, Slow, Errors, Flap, Corrupt, Stuck}
}

// String returns the kind's name, as ParseFaultKind reads it, or "fault(9)" for
// a value that is no kind.
func (k FaultKind) String() string {
	switch k {
	case Crash:
		return "crash"
	case Hang:
		return "hang"
	case Slow:
		return "slow"
	case Errors:
		return "errors"
	case Flap:
		return "flap"
	case Corrupt:
		return "corrupt"
	case Stuck:
		return "stuck"
	}
	return fmt.Sprintf("fault(%d)", uint8(k))
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

// Fault is one injected fault: what, how much, since when, until when.
type Fault struct {
	Kind FaultKind
	// Rate is a share from 0 to 1 (Errors).
	Rate float64
	// Extra is the time added to every attempt (Slow).
	Extra time.Duration
	// Period is the length of one down-and-up cycle (Flap).
	Period time.Duration
	// Start is when the fault took effect; Until when it ends by itself, 0 for
	// never.
	Start, Until time.Duration
}

// DefaultFault returns the fault that a single key injects: slow by 150 ms,
// errors in half of the attempts, a flap of 6 s; it lasts until it is recovered.
func DefaultFault(kind FaultKind) Fault {
	f := Fault{Kind: kind}
	switch kind {
	case Slow:
		f.Extra = 150 * time.Millisecond
	case Errors:
		f.Rate = 0.5
	case Flap:
		f.Period = 6 * time.Second
	}
	return f
}

// Validate returns what is wrong with the fault, with the field, its value and
// its range, or nil. Parameters that the kind does not use are not looked at.
func (f Fault) Validate() error {
	var err error
	switch f.Kind {
	case Slow:
		err = checkDelay("extra", f.Extra, time.Nanosecond)
	case Errors:
		err = checkRange("rate", f.Rate, 0, 1)
	case Flap:
		err = checkDelay("period", f.Period, time.Millisecond)
	case Crash, Hang, Corrupt, Stuck:
	default:
		return fmt.Errorf("%v: there is no such kind", f.Kind)
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

// Label names the fault in a few words, for the fault track: "crash", "black
// hole", "slow +150 ms", "errors 50 %", "flap 6.0 s".
func (f Fault) Label() string {
	switch f.Kind {
	case Hang:
		return "black hole"
	case Slow:
		return "slow +" + shortDuration(f.Extra)
	case Errors:
		return "errors " + strconv.FormatFloat(round6(f.Rate*100), 'f', -1, 64) + " %"
	case Flap:
		return "flap " + shortDuration(f.Period)
	}
	return f.Kind.String()
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

// shortDuration writes times below a second in ms, others in seconds with one
// decimal.
func shortDuration(d time.Duration) string {
	if d < time.Second {
		return strconv.FormatFloat(round6(float64(d)/float64(time.Millisecond)), 'f', -1, 64) + " ms"
	}
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}
