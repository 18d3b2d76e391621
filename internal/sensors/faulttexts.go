package sensors

import (
	"context"
	"sync"
	"time"
)

// What a refused connection says, to a person as to a count of errors.
const textRefused = "connection refused"

// The errors of faults that always fail in the same words. They are never
// changed.
var (
	// errRefused is what a crashed sensor answers.
	errRefused error = &ReadError{Text: textRefused}
	// errLimited is what a sensor answers that was asked too often.
	errLimited = &ReadError{Text: "429 too many requests"}
	// errPanic is what a read panics with.
	errPanic error = &ReadError{Text: "injected by resiltui"}
)

// injectedErrors are the errors of faults that draw their words, made once for all
// sensors.
var injectedErrors = sync.OnceValue(func() []error { return readErrors(InjectedErrorTexts()) })

// ErrCallerGone is a read whose caller went away in the middle of it.
// errors.Is(err, context.Canceled) holds for it: it says nothing about the
// sensor, and there is nobody to make another attempt for.
var ErrCallerGone error = callerGone{}

type callerGone struct{}

// Error says who ended the read.
func (callerGone) Error() string { return "the caller gave up" }

// Is makes the error one of a cancelled context.
func (callerGone) Is(target error) bool { return target == context.Canceled }

// LimitError is a read that was refused for now, because there were too many before
// it or because the endpoint said when to come back.
// It is a [ReadError] for errors.As.
type LimitError struct {
	// After is how long it is until reads are let through again, 0 or more.
	After time.Duration
	// said is what a real endpoint answered; nil is the fault's own words.
	said *ReadError
}

// Error is the same text for every wait, so that refusals can be counted by it.
func (e LimitError) Error() string { return e.words().Text }

func (e LimitError) words() *ReadError {
	if e.said != nil {
		return e.said
	}
	return errLimited
}

// RetryAfter is After: what the Retry-After header of such an answer says. A
// retry policy that looks for it waits at least as long.
func (e LimitError) RetryAfter() time.Duration { return e.After }

// Unwrap returns the text as a ReadError.
func (e LimitError) Unwrap() error { return e.words() }

// SensorFailureTexts returns how sensors fail by themselves: the words that
// drivers of field devices use.
func SensorFailureTexts() []string {
	return []string{
		"bad frame",
		"bad checksum",
		"read timeout",
		"short read",
		"bus busy",
		"no answer from device",
	}
}

// InjectedErrorTexts returns what attempts say that the faults Errors, Burst
// and FailFirst fail: the words of a service that is up and in trouble, so that
// they are not taken for the sensor's own.
func InjectedErrorTexts() []string {
	return []string{
		"503 service unavailable",
		"502 bad gateway",
		"500 internal server error",
		"connection reset",
	}
}
