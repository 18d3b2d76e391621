package breaker

import (
	"context"
	"errors"
	"fmt"
)

// Outcome is what a finished call says about the service. The zero value is
// Success.
type Outcome uint8

const (
	// Success resets the count of failures in a row, or is a good probe, unless it
	// was slow; see Settings.SlowCall.
	Success Outcome = iota
	// Failure counts towards the thresholds, or is a failed probe.
	Failure
	// Neutral says nothing about the service: the caller gave up, or the error is
	// one to be ignored. It gives a probe's slot back and changes nothing else.
	Neutral
)

// String returns "success", "failure" or "neutral".
func (o Outcome) String() string {
	switch o {
	case Success:
		return "success"
	case Failure:
		return "failure"
	case Neutral:
		return "neutral"
	}
	return fmt.Sprintf("Outcome(%d)", uint8(o))
}

// DefaultClassify is the classifier of a Breaker without Settings.Classify. Its
// rules are the same in every state:
//
//   - nil is a Success;
//   - an error marked with [Ignored] is Neutral;
//   - a timeout, context.DeadlineExceeded, is a Failure, also where the same
//     error is a cancellation too: a deadline that cancels what it guards has
//     expired all the same;
//   - context.Canceled is Neutral, because the caller gave up;
//   - every other error is a Failure.
//
// Errors are looked for in the whole tree, as by errors.Is and errors.As.
func DefaultClassify(err error) Outcome {
	if err == nil {
		return Success
	}
	if _, ignored := errors.AsType[*ignoredError](err); ignored {
		return Neutral
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return Failure
	case errors.Is(err, context.Canceled):
		return Neutral
	}
	return Failure
}

// Ignored marks err as one that says nothing about the service, for example a
// request that was wrong in itself. DefaultClassify calls it Neutral. The text
// and the chain of err stay as they are. Ignored(nil) is nil.
func Ignored(err error) error {
	if err == nil {
		return nil
	}
	return &ignoredError{err}
}

type ignoredError struct{ error }

func (e *ignoredError) Unwrap() error { return e.error }
