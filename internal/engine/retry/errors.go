package retry

import (
	"errors"
	"fmt"
)

// ErrExhausted is what every ExhaustedError is, for errors.Is.
var ErrExhausted = errors.New("attempts ran out")

// ExhaustedError is returned by Do when the last attempt failed with an error
// that would have been retried. errors.Is and errors.As see both ErrExhausted
// and the cause.
type ExhaustedError struct {
	// Attempts is how many were made, from 1.
	Attempts int
	// Err is what the last of them returned.
	Err error
}

// Error is one line if the cause's text is one.
func (e *ExhaustedError) Error() string {
	return fmt.Sprintf("attempts ran out after %d: %v", e.Attempts, e.Err)
}

// Is makes errors.Is(err, ErrExhausted) true.
func (e *ExhaustedError) Is(target error) bool { return target == ErrExhausted }

// Unwrap returns the last attempt's error.
func (e *ExhaustedError) Unwrap() error { return e.Err }

// ErrBudget is what every BudgetError is, for errors.Is.
var ErrBudget = errors.New("no retry budget")

// BudgetError is returned by Do when an attempt failed with an error that would
// have been retried, and attempts were left, but Policy.Budget had too few tokens.
// errors.Is and errors.As see both ErrBudget and the cause, but not ErrExhausted.
type BudgetError struct {
	// Attempts is how many were made, from 1.
	Attempts int
	// Err is what the last of them returned.
	Err error
}

// Error is one line if the cause's text is one.
func (e *BudgetError) Error() string {
	return fmt.Sprintf("no retry budget after attempt %d: %v", e.Attempts, e.Err)
}

// Is makes errors.Is(err, ErrBudget) true.
func (e *BudgetError) Is(target error) bool { return target == ErrBudget }

// Unwrap returns the last attempt's error.
func (e *BudgetError) Unwrap() error { return e.Err }

// HintError is returned by Do when an attempt failed with an error that would have
// been retried, and attempts were left, but it asked for a longer wait than
// Policy.MaxDelay; see Hinted. errors.Is and errors.As see the cause, but not
// ErrExhausted.
type HintError struct {
	// Attempts is how many were made, from 1.
	Attempts int
	// Err is what the last of them returned.
	Err error
}

// Error is one line if the cause's text is one.
func (e *HintError) Error() string {
	return fmt.Sprintf("asked for too long a wait after attempt %d: %v", e.Attempts, e.Err)
}

// Unwrap returns the last attempt's error.
func (e *HintError) Unwrap() error { return e.Err }

// Match reports whether an error is of a kind. It is never called with a nil
// error.
type Match func(error) bool

// Is matches the errors of which errors.Is(err, target) is true.
func Is(target error) Match {
	return func(err error) bool { return errors.Is(err, target) }
}

// As matches the errors in whose chain there is a T, as errors.As finds it.
func As[T error]() Match {
	return func(err error) bool {
		_, ok := errors.AsType[T](err)
		return ok
	}
}

// Lasting is implemented by errors that may know that another attempt is of no use,
// such as an answer that says that there is no such page. Where Permanent is true the
// error is never retried, whatever the policy says. Any error in the chain may
// implement it; the outermost one decides.
type Lasting interface {
	error
	Permanent() bool
}

// Permanent marks err as one that is never retried, whatever the policy says: the
// result is a Lasting around it. The text stays the same, and errors.Is and errors.As
// see through the mark. Permanent(nil) is nil.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanentError{err}
}

type permanentError struct{ err error }

func (e *permanentError) Error() string { return e.err.Error() }
func (e *permanentError) Unwrap() error { return e.err }

// Permanent makes it a Lasting.
func (e *permanentError) Permanent() bool { return true }

func isPermanent(err error) bool {
	lasting, ok := errors.AsType[Lasting](err)
	return ok && lasting.Permanent()
}
