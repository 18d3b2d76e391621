package breaker

import (
	"errors"
	"fmt"
	"time"
)

// ErrOpen is what every refusal matches: errors.Is(err, ErrOpen). To retry such
// an error at once is pointless. The error itself is an [*OpenError].
var ErrOpen = errors.New("circuit open")

// ErrProbeTimeout is the cause that a transition with reason ProbeTimedOut names.
var ErrProbeTimeout = errors.New("probe timed out")

// ErrSlow is the cause of a probe that succeeded, but took longer than SlowCall.
var ErrSlow = errors.New("call too slow")

// ErrGoexit is the cause of a call that [Do] saw end in runtime.Goexit.
var ErrGoexit = errors.New("call ended with runtime.Goexit")

// OpenError is the error of a refused call. All calls refused in one generation
// share one OpenError; it is never changed.
type OpenError struct {
	// State is the state that refused: Open, HalfOpen (no probe free) or ForcedOpen.
	State State
	// Since is when that state began, on the breaker's clock.
	Since time.Duration
	// RetryAt is when a probe is due, on the breaker's clock. It is known in Open
	// only; elsewhere it is 0 and RetryKnown is false.
	RetryAt time.Duration
	// RetryKnown reports whether RetryAt is known.
	RetryKnown bool
}

// Error says which state refused the call and when a probe is due.
func (e *OpenError) Error() string {
	switch {
	case e.RetryKnown:
		return fmt.Sprintf("circuit open since %v, probe due at %v", e.Since, e.RetryAt)
	case e.State == HalfOpen:
		return fmt.Sprintf("circuit half-open since %v, no probe free", e.Since)
	}
	return fmt.Sprintf("circuit forced open since %v", e.Since)
}

// Is reports whether target is ErrOpen.
func (e *OpenError) Is(target error) bool { return target == ErrOpen }

// PanicError is the cause of a call that [Do] saw panic.
type PanicError struct {
	// Value is what the call panicked with.
	Value any
}

// Error returns "panic: " and the value.
func (e *PanicError) Error() string { return fmt.Sprintf("panic: %v", e.Value) }

// Unwrap returns the value if it is an error, else nil.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// SettingError is the error of [Settings.Validate]: one setting out of its range.
type SettingError struct {
	// Field is the name of the field in Settings.
	Field string
	// Value is what it was set to.
	Value any
	// Allowed is its range in words.
	Allowed string
}

// Error names the field, its value and the allowed range.
func (e *SettingError) Error() string {
	return fmt.Sprintf("breaker: %s is %v; allowed is %s", e.Field, e.Value, e.Allowed)
}
