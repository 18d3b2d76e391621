package sensors

import (
	"errors"
	"time"
)

// Phases is how long an attempt of a real endpoint took, part by part, as net/http/httptrace
// tells it. The parts follow one another and none counts twice; of a chain of redirects each
// is the sum over all its requests. Zero is a part that did not happen: of a connection that
// is used again there are no DNS, Connect and TLS. What failed or ran out of time has the
// part in which it did as its last one. The sum may be less than the attempt took.
type Phases struct {
	// DNS is the lookup of the name; Connect the connection to the address, through a proxy
	// too; TLS the handshake.
	DNS, Connect, TLS time.Duration
	// FirstByte is from the connection to the first byte of the answer, Body what came
	// after that: the rest of the head, and the body where it is looked at.
	FirstByte, Body time.Duration
}

// phased is an error that tells the phases of the read that it ended.
type phased interface {
	error
	Phases() *Phases
}

// PhasesOf returns what an error tells of the phases of the read that failed; nil where it
// tells nothing.
func PhasesOf(err error) *Phases {
	if e, ok := errors.AsType[phased](err); ok {
		return e.Phases()
	}
	return nil
}

// WithPhases returns an error that is err and tells the phases of the read; err itself
// where they are nil.
func WithPhases(err error, p *Phases) error {
	if p == nil {
		return err
	}
	return phasedError{err, p}
}

type phasedError struct {
	error
	phases *Phases
}

// Phases is what the error tells besides its text.
func (e phasedError) Phases() *Phases { return e.phases }

// Unwrap returns the error without the phases.
func (e phasedError) Unwrap() error { return e.error }
