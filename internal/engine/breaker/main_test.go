package breaker

import (
	"errors"
	"flag"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	// Thirty steps, the usual number, seldom get a circuit through a whole round.
	// The command line still has the last word.
	if err := flag.Set("rapid.steps", "200"); err != nil {
		panic(err)
	}
	goleak.VerifyTestMain(m)
}

var errDown = errors.New("connection refused")

// handClock is a clock that a test moves by hand.
type handClock struct{ ns atomic.Int64 }

func (c *handClock) now() time.Duration      { return time.Duration(c.ns.Load()) }
func (c *handClock) set(t time.Duration)     { c.ns.Store(int64(t)) }
func (c *handClock) advance(d time.Duration) { c.ns.Add(int64(d)) }

// rig is a breaker on a hand clock with a record of its transitions.
type rig struct {
	*Breaker
	t     testing.TB
	clock *handClock
	seen  []Transition
}

// newRig fills in the clock and the listener of s.
func newRig(t testing.TB, s Settings) *rig {
	t.Helper()
	r := &rig{t: t, clock: &handClock{}}
	s.Now = r.clock.now
	if s.OnTransition == nil {
		s.OnTransition = func(tr Transition) { r.seen = append(r.seen, tr) }
	}
	b, err := New(s)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	r.Breaker = b
	return r
}

// begin acquires a permit that must be granted.
func (r *rig) begin() *Permit {
	r.t.Helper()
	p, err := r.Acquire()
	if err != nil {
		r.t.Fatalf("Acquire in %v: %v", r.Snapshot().State, err)
	}
	return &p
}

// call makes one whole call that must be let through.
func (r *rig) call(o Outcome) {
	r.t.Helper()
	var err error
	if o == Failure {
		err = errDown
	}
	r.begin().Release(o, err)
}

// refused makes a call that must be refused.
func (r *rig) refused() *OpenError {
	r.t.Helper()
	_, err := r.Acquire()
	var open *OpenError
	if !errors.As(err, &open) || !errors.Is(err, ErrOpen) {
		r.t.Fatalf("Acquire in %v: got %v, want a refusal", r.Snapshot().State, err)
	}
	return open
}

// trip fails until the circuit is open.
func (r *rig) trip() {
	r.t.Helper()
	for range r.set.FailureThreshold {
		r.call(Failure)
	}
	r.in(Open)
}

// probe waits until a probe is due and begins it.
func (r *rig) probe() *Permit {
	r.t.Helper()
	r.clock.advance(r.Snapshot().ProbeIn)
	p := r.begin()
	if !p.Probe() {
		r.t.Fatal("the call is not a probe")
	}
	return p
}

func (r *rig) in(want State) {
	r.t.Helper()
	if got := r.Snapshot().State; got != want {
		r.t.Fatalf("state is %v, want %v", got, want)
	}
}

// counts compares all metrics, and checks the identity that they promise.
func (r *rig) counts(want Metrics) {
	r.t.Helper()
	if got := r.Metrics(); got != want {
		r.t.Fatalf("metrics\n got %+v\nwant %+v", got, want)
	}
}
