// Package sensors defines what a sensor is ([Sensor], [Reading], [Info]), what a kind of
// sensor is ([Kind]), and what all kinds need: random numbers that depend only on what
// they are for ([Stream]), errors with short texts ([ReadError]), and checks of settings.
//
// It implements no sensor. Each kind is a package below this one, package kinds lists
// them, and package fault makes any sensor fail on purpose. None of them knows policies,
// batches or screens. A sensor is read with a [Request] that says which call and which
// attempt this is, so that two pipelines with the same request get the same answer.
package sensors

import (
	"context"
	"errors"
	"fmt"
	"time"

	"resiltui/internal/words"
)

// Request names one read.
type Request struct {
	// Call counts the client's calls, from 1. Calls that a breaker refused
	// count too: a sensor's bad phase passes whether or not it is read.
	Call uint64
	// Attempt counts the attempts of this call, from 1.
	Attempt int
	// At is the time of the run at which the attempt starts.
	At time.Duration
}

// Reading is what a sensor answered.
type Reading struct {
	// Value is in the sensor's unit, rounded to 1e-6 where it was made.
	Value float64
	// At is the time of the run at which the value was true.
	At time.Duration
	// Phases is how long the parts of the read took; nil where that is not known, as of
	// any simulated sensor. It is shared, and never changed.
	Phases *Phases
}

// Info describes a sensor. It does not change during a run.
type Info struct {
	// ID is short and unique in a run ("S3"); Name says what it is ("coolant").
	// Both are clean: no control characters.
	ID, Name string
	// Unit comes after the value ("bar"); Decimals is how many digits follow the point, 0 to
	// [words.MaxDecimals]. A real endpoint with that many has values of which nobody knows
	// how fine they are: they are shown with the digits that they need.
	Unit     string
	Decimals int
	// Real is true where a read leaves this process; Timed where the value is how long it
	// took, in milliseconds, so that the endpoint has no value of its own.
	Real, Timed bool
	// Draws names the random draws of its failures and values, where sensors of a run
	// share them: those with the same Draws get the same failures and values. Empty
	// is draws of its own.
	Draws string
	// Nature is how it fails without any injected fault, in a few words ("fails 95 %");
	// empty where it never does, and where nobody knows.
	Nature string
	// Remark is what must not be forgotten about it, in a few words ("certificate not
	// checked"); empty is nothing.
	Remark string
}

// Sensor is anything that can be read. Read returns soon after ctx ends. It is
// safe for concurrent use.
type Sensor interface {
	Info() Info
	Read(ctx context.Context, r Request) (Reading, error)
}

// Plan is what a simulated read will do, known before it starts.
type Plan struct {
	// Latency is how long the read takes, failing or not.
	Latency time.Duration
	// Hang is a read that never ends by itself; Latency says nothing then.
	Hang bool
	// Reading is the answer where Err is nil.
	Reading Reading
	Err     error
}

// Planned is a sensor whose reads are known in advance: Plan returns what Read
// with the same request does, now or later, and changes nothing. Where injected
// faults count reads, it returns what the very next Read does.
type Planned interface {
	Sensor
	Plan(r Request) Plan
}

// Truth is a sensor with a hidden true signal, which no policy sees and with
// which substituted values are compared.
type Truth interface {
	// Truth is the true value at a time of the run, without noise.
	Truth(at time.Duration) float64
}

// Sleeper waits on the clock of the run; clock.Clock's Sleep fits.
type Sleeper func(ctx context.Context, d time.Duration) error

// AsPlanned returns a sensor as a Planned, and false where it is none. A sensor
// that wraps another one, and is Planned only if that one is, has a method to
// say so.
func AsPlanned(s Sensor) (Planned, bool) {
	if f, ok := s.(interface{ Planned() (Planned, bool) }); ok {
		return f.Planned()
	}
	p, ok := s.(Planned)
	return p, ok
}

// AsTruth returns the hidden true signal of a sensor, and false where there is
// none. A sensor that wraps another one has a method to return that one's.
func AsTruth(s Sensor) (Truth, bool) {
	if f, ok := s.(interface{ TrueSignal() (Truth, bool) }); ok {
		return f.TrueSignal()
	}
	t, ok := s.(Truth)
	return t, ok
}

// Validate returns what is wrong with the description of a sensor.
func (i Info) Validate() error {
	if i.ID == "" {
		return errors.New("id is empty")
	}
	for _, text := range [...]struct{ field, value string }{
		{"id", i.ID}, {"name", i.Name}, {"unit", i.Unit},
	} {
		if words.Clean(text.value, MaxNameCells) != text.value {
			return fmt.Errorf("%s %q is longer than %d cells or holds blanks or characters that do not print", text.field, text.value, MaxNameCells)
		}
	}
	if i.Decimals < 0 || i.Decimals > words.MaxDecimals {
		return fmt.Errorf("decimals %d is not between 0 and %d", i.Decimals, words.MaxDecimals)
	}
	return nil
}
