// Package timeout limits the time of one attempt.
//
// The limit is cooperative. The function gets a context with a deadline and is
// expected to return soon after the deadline; what it returns then decides the
// outcome. A function that ignores its context is waited for: to go on without it
// would leave a goroutine behind for every attempt, and only the caller knows what
// that may cost. So a caller that does not trust a function runs it in a task of its
// own and stops waiting for that task, as the engine does with real endpoints.
//
// The package knows nothing of retries, breakers or fallbacks. It is the innermost
// policy, around a single read; to limit a whole call, set a deadline on the
// caller's own context. It reads no clock: the deadline is made by
// [Policy].WithTimeout.
package timeout

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// ErrTimeout is what every Error is, for errors.Is.
var ErrTimeout = errors.New("timeout")

// Error says that a function did not answer in time. errors.Is holds for
// ErrTimeout, for context.DeadlineExceeded and for what the function returned.
type Error struct {
	// After is the limit that passed.
	After time.Duration
	// Err is what the function returned when its context had ended.
	Err error
}

// Error reads "no answer within 250 ms".
func (e *Error) Error() string { return "no answer " + e.Within() }

// Within is the limit in words: "within 250 ms".
func (e *Error) Within() string { return "within " + format(e.After) }

// Is holds for ErrTimeout and context.DeadlineExceeded.
func (e *Error) Is(target error) bool {
	return target == ErrTimeout || target == context.DeadlineExceeded
}

// Unwrap returns what the function returned.
func (e *Error) Unwrap() error { return e.Err }

// Timeout is true. Code that checks for a net.Error sees a timeout because of
// it.
func (e *Error) Timeout() bool { return true }

// Policy is how long a function may take. The zero value sets no limit. A
// Policy is only read by this package; one value may serve any number of
// concurrent calls.
type Policy struct {
	// After is the limit. 0 means none, and so does a negative number, which
	// Validate refuses.
	After time.Duration
	// WithTimeout derives a context that ends after d, as context.WithTimeout
	// does. nil means context.WithTimeout, and with it real time.
	WithTimeout func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc)
}

// Validate returns an error where After is negative.
func (p Policy) Validate() error {
	if p.After < 0 {
		return fmt.Errorf("timeout policy: after is %v: want 0 (for no timeout) or more", p.After)
	}
	return nil
}

// Do calls fn with a context that ends after p.After, and returns what fn does,
// with one exception: an error that fn returns when the deadline has passed and
// ctx itself has not ended becomes an *Error, and the value the zero T.
//
// A success that arrives is a success, however late. Where ctx has ended, be it
// by the caller's cancel or by the caller's own deadline, fn's error is passed
// on unchanged. A nil p is the zero Policy. The context of fn is cancelled when
// Do returns or panics.
func Do[T any](ctx context.Context, p *Policy, fn func(ctx context.Context) (T, error)) (T, error) {
	if p == nil || p.After <= 0 {
		return fn(ctx)
	}
	limited, cancel := p.derive(ctx)
	defer cancel()
	v, err := fn(limited)
	if err != nil && limited.Err() != nil && ctx.Err() == nil {
		var zero T
		return zero, &Error{After: p.After, Err: err}
	}
	return v, err
}

func (p *Policy) derive(ctx context.Context) (context.Context, context.CancelFunc) {
	if p.WithTimeout != nil {
		return p.WithTimeout(ctx, p.After)
	}
	return context.WithTimeout(ctx, p.After)
}

// format writes d in the largest of its units that gives at least 1.
func format(d time.Duration) string {
	unit, name := time.Nanosecond, "ns"
	switch {
	case d >= time.Second:
		unit, name = time.Second, "s"
	case d >= time.Millisecond:
		unit, name = time.Millisecond, "ms"
	case d >= time.Microsecond:
		unit, name = time.Microsecond, "µs"
	}
	return strconv.FormatFloat(float64(d)/float64(unit), 'f', -1, 64) + " " + name
}
