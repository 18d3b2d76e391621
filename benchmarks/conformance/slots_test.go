package conformance

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"
)

const (
	stuck = "the slot is lost: a day later, with the service well again, every call is still refused and the state is half-open"
	twice = "one probe that reported twice made the circuit closed"
)

// slotRows are half-open slots that leak.
func slotRows() []row {
	return []row{
		{
			id: "A1", bug: "a panic in a probe loses its slot",
			asks:  "A probe panics: the panic is passed on, the circuit reopens, and closes once the service is well.",
			play:  panicInProbe,
			fails: both("", stuck),
		},
		{
			id: "A2", bug: "runtime.Goexit in a probe loses its slot",
			asks:  "The same with runtime.Goexit, which a failing test calls too.",
			play:  goexitInProbe,
			fails: both(stuck, stuck),
		},
		{
			id: "A3", bug: "a probe that never returns",
			asks: "A probe never ends: the circuit closes all the same once the service is well, and the probe's late failure changes nothing.",
			play: hangingProbe, fails: both(stuck, stuck),
			when: map[string]string{"resiltui": "with ProbeTimeout"},
			note: map[string]string{
				"resiltui":    "without ProbeTimeout, which is the default, the probe keeps its slot here too",
				"failsafe-go": "its timeout policy cancels the context of a call but waits for it to return, so it frees only a probe that obeys",
			},
		},
		{
			id: "A4", bug: "a neutral outcome keeps the slot",
			asks: "A probe ends without saying anything about the service: the next probe is let through, and closes the circuit.",
			play: neutralProbe,
			when: map[string]string{"gobreaker": "with IsExcluded"},
			skip: map[string]string{"failsafe-go": "there is no neutral outcome: what is not handled as a failure is recorded as a success"},
		},
		{
			id: "A5", bug: "half-open waits for the minimum volume",
			asks: "With a minimum volume of 100, one bad probe reopens and one good probe closes.",
			play: volumeInHalfOpen,
			when: map[string]string{"failsafe-go": "with WithSuccessThreshold"},
			note: map[string]string{
				"failsafe-go": "without WithSuccessThreshold the volume holds in half-open too, as its documentation says",
			},
		},
		{
			id: "A6", bug: "an older call's end frees a new probe's slot",
			asks: "Two of two probes are out when a call from before the opening succeeds: a third probe is refused.",
			play: olderCallInHalfOpen, fails: both("", "the end of a call from before the opening let a third probe through"),
		},
		{
			id: "A7", bug: "a two-step call ended twice",
			asks: "Two good probes are needed and one reports twice: the circuit stays half-open.",
			play: endedTwice, fails: both(twice, twice),
			note: map[string]string{
				"gobreaker":   "concerns TwoStepCircuitBreaker only; Execute reports once. Never calling done is A3",
				"failsafe-go": "concerns TryAcquirePermit with RecordSuccess only; an executor reports once. Never recording is A3",
			},
		},
	}
}

// both is what gobreaker and failsafe-go are known to fail with; empty is not.
func both(gobreaker, failsafe string) map[string]string {
	return map[string]string{"gobreaker": gobreaker, "failsafe-go": failsafe}
}

func panicInProbe(t *testing.T, l library) string {
	r := l.rig(t, settings{wrapped: true})
	r.trip()
	r.wait()
	cause := errors.New("index out of range")
	got := func() (v any) {
		defer func() { v = recover() }()
		_ = r.do(t.Context(), func(context.Context) error { panic(cause) })
		return nil
	}()
	if got != any(cause) {
		return "the panic is not passed on"
	}
	return lost(r)
}

func goexitInProbe(t *testing.T, l library) string {
	r := l.rig(t, settings{wrapped: true})
	r.trip()
	r.wait()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = r.do(context.Background(), func(context.Context) error { runtime.Goexit(); return nil })
	}()
	<-ended
	return lost(r)
}

// lost says whether a probe's slot was, after the probe has ended in a way that
// must reopen the circuit.
func lost(r *rig) string {
	ended := r.state()
	switch {
	case !r.recovers():
		return stuck
	case ended != open:
		return "the circuit is " + ended + " after it, not open"
	}
	return ""
}

func hangingProbe(t *testing.T, l library) string {
	r := l.rig(t, settings{probeTimeout: time.Minute})
	r.trip()
	r.wait()
	hung := r.begin()
	if !r.recovers() {
		return stuck
	}
	hung(bad)
	if got := r.state(); got != closed {
		return "the late failure of the probe made the circuit " + got
	}
	return ""
}

func neutralProbe(t *testing.T, l library) string {
	r := l.rig(t, settings{})
	r.trip()
	r.wait()
	for range 5 {
		end, ok := r.acquire()
		if !ok {
			return stuck
		}
		end(neutral)
		if got := r.state(); got != halfOpen {
			return "a neutral probe made the circuit " + got
		}
	}
	r.call(good)
	if got := r.state(); got != closed {
		return "a good probe after neutral ones left the circuit " + got
	}
	return ""
}

func volumeInHalfOpen(t *testing.T, l library) string {
	r := l.rig(t, settings{volume: 100})
	r.trip()
	r.wait()
	r.call(bad)
	if got := r.state(); got != open {
		return "one bad probe left the circuit " + got
	}
	r.wait()
	r.call(good)
	if got := r.state(); got != closed {
		return "one good probe left the circuit " + got
	}
	return ""
}

func olderCallInHalfOpen(t *testing.T, l library) string {
	r := l.rig(t, settings{probes: 2})
	old := r.begin()
	r.trip()
	r.wait()
	r.begin()
	r.begin()
	if r.admitted(1) > 0 {
		t.Fatal("a third probe of two is let through at once")
	}
	old(good)
	if r.admitted(1) > 0 {
		return "the end of a call from before the opening let a third probe through"
	}
	return ""
}

func endedTwice(t *testing.T, l library) string {
	r := l.rig(t, settings{probes: 2})
	r.trip()
	r.wait()
	end := r.begin()
	end(good)
	end(good)
	if got := r.state(); got != halfOpen {
		return "one probe that reported twice made the circuit " + got
	}
	return ""
}
