package conformance

import (
	"context"
	"errors"
	"testing"
	"time"
)

// errDown is the failure of a service.
var errDown = errors.New("connection refused")

// The names of the states, the same for all libraries.
const (
	closed   = "closed"
	open     = "open"
	halfOpen = "half-open"
)

// outcome is how a call ends.
type outcome int

const (
	good outcome = iota
	bad
	neutral // says nothing about the service
)

// settings are what the libraries are made with. A zero field is the default
// of newCircuit, or is not set at all.
type settings struct {
	threshold int           // failures in a row that open; 1
	volume    int           // if set: 50 % of at least so many calls open, in place of threshold
	openFor   time.Duration // 3 s
	probes    int           // good probes that close, and probes at a time; 1

	probeTimeout time.Duration         // where the library has one
	jitter       uint64                // not 0: half the delay, where the library has it; a seed
	fine         error                 // an error that counts as a success
	told         func(from, to string) // the listener
	wrapped      bool                  // the scenario uses do
}

// circuit is a library's breaker.
type circuit interface {
	// acquire asks for a call. Where ok, end reports its outcome.
	acquire() (end func(outcome), ok bool)
	// do makes a call with the library's own function for it. Only with
	// settings.wrapped, for not every library has both on one breaker.
	do(ctx context.Context, fn func(context.Context) error) error
	// state is what the library says when asked.
	state() string
	// due says whether the next call would be let through, asked without a call.
	due() bool
}

// library is one of those compared.
type library struct {
	name   string
	module string // in go.mod; empty for ours
	// locked says that the listener is called with the breaker's lock held, so
	// that a listener that waits stops every other caller.
	locked bool
	build  func(testing.TB, settings) circuit
}

func libraries() []library {
	return []library{
		{name: "resiltui", build: newOurs},
		{name: "gobreaker", module: "github.com/sony/gobreaker/v2", locked: true, build: newGobreaker},
		{name: "failsafe-go", module: "github.com/failsafe-go/failsafe-go", build: newFailsafe},
	}
}

// rig is a circuit in the hands of a scenario.
type rig struct {
	circuit
	t   testing.TB
	set settings
}

func (l library) rig(t testing.TB, s settings) *rig {
	t.Helper()
	s.threshold = max(s.threshold, 1)
	s.probes = max(s.probes, 1)
	if s.openFor == 0 {
		s.openFor = 3 * time.Second
	}
	return &rig{circuit: l.build(t, s), t: t, set: s}
}

// begin is acquire where the scenario makes no sense without a permit.
func (r *rig) begin() func(outcome) {
	r.t.Helper()
	end, ok := r.acquire()
	if !ok {
		r.t.Fatalf("a call is refused that the scenario needs; the circuit is %s", r.state())
	}
	return end
}

// call makes one whole call that must be let through.
func (r *rig) call(o outcome) {
	r.t.Helper()
	r.begin()(o)
}

// trip fails until the circuit is open.
func (r *rig) trip() {
	r.t.Helper()
	for range max(r.set.threshold, r.set.volume) {
		r.call(bad)
	}
	if got := r.state(); got != open {
		r.t.Fatalf("the circuit is %s after the failures that open it", got)
	}
}

// wait lets the delay of an open circuit pass, and a little more: at exactly
// the delay gobreaker still refuses.
func (r *rig) wait() { time.Sleep(r.set.openFor + time.Millisecond) }

// recovers reports whether a service that is well again, called once an hour
// for a day, gets its circuit closed.
func (r *rig) recovers() bool {
	for range 24 {
		time.Sleep(time.Hour)
		if end, ok := r.acquire(); ok {
			end(good)
		}
		if r.state() == closed {
			return true
		}
	}
	return false
}

// admitted counts how many of n more calls are let through, none of which ends.
func (r *rig) admitted(n int) int {
	count := 0
	for range n {
		if _, ok := r.acquire(); ok {
			count++
		}
	}
	return count
}
