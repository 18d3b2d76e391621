package sensors

import "time"

// errLimited is the answer of a sensor that was read too often. It is never
// changed.
var errLimited = &ReadError{Text: "429 too many requests"}

// LimitError is a read that was refused for now, because there were too many before
// it or because the endpoint said when to come back.
// It is a [ReadError] for errors.As.
type LimitError struct {
	// After is how long it is until reads are let through again, 0 or more.
	After time.Duration
	// Said is what a real endpoint answered; nil is the text of the injected
	// fault.
	Said *ReadError
}

// Error is the same text for every wait, so that refusals can be counted by
// text.
func (e LimitError) Error() string { return e.words().Text }

func (e LimitError) words() *ReadError {
	if e.Said != nil {
		return e.Said
	}
	return errLimited
}

// RetryAfter is After: what the Retry-After header of such an answer says. A
// retry policy that looks for it waits at least as long.
func (e LimitError) RetryAfter() time.Duration { return e.After }

// Unwrap returns the text as a ReadError.
func (e LimitError) Unwrap() error { return e.words() }
