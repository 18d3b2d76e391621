package conformance

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/sony/gobreaker/v2"

	"resiltui/internal/engine/breaker"
)

// countRows are windows, counts and what counts as a failure.
func countRows() []row {
	return []row{
		{
			id: "F1", bug: "idle windows never expire on read",
			asks: "3 failures in a window of 10 s, then an hour without calls: the counts read 0.",
			own:  map[string]func(*testing.T) string{"resiltui": oursIdle, "gobreaker": gobreakerIdle, "failsafe-go": failsafeIdle},
			fails: both("an hour later 3 failures are read",
				"an hour later 3 failures are read"),
			note: map[string]string{
				"gobreaker":   "Counts alone; after State or a call they are right",
				"failsafe-go": "decisions are right: the next result drops what is old",
			},
		},
		{
			id: "F2", bug: "failures in a row decay with the buckets",
			asks: "A threshold of 6 failures in a row and 100 failures in a row, 10 s apart: the circuit opens.",
			play: slowFailures,
			own:  map[string]func(*testing.T) string{"gobreaker": gobreakerSlowFailures},
			when: map[string]string{"gobreaker": "with a rolling window"},
			mended: map[string]func(*testing.T) string{"gobreaker": func(t *testing.T) string {
				return failSlowly(library{build: newGobreaker}.rig(t, settings{threshold: 6}))
			}},
			fails: map[string]string{
				"gobreaker": "100 failures in a row did not open it",
			},
			note: map[string]string{
				"gobreaker":   "Interval 30 s, BucketPeriod 10 s and the default ReadyToTrip; without a window, which is the default, it opens",
				"failsafe-go": "with WithFailureThreshold, which is not timed",
			},
		},
		{
			id: "F3", bug: "fixed window edges cut a burst in two",
			asks:   "5 failures in a window of 10 s open; 5 failures come within 8.8 s, at any time: the circuit opens.",
			own:    map[string]func(*testing.T) string{"resiltui": oursEdges, "gobreaker": gobreakerEdges, "failsafe-go": failsafeEdges},
			fails:  both("a burst that begins 2 s after the first moment of a window is not seen", ""),
			when:   map[string]string{"gobreaker": "by default"},
			mended: map[string]func(*testing.T) string{"gobreaker": gobreakerRolling},
			note:   map[string]string{"gobreaker": "Interval alone makes fixed windows; BucketPeriod makes them roll"},
		},
		{
			id: "F4", bug: "cumulative instead of consecutive",
			asks: "A threshold of 3; two failures and a success, ten times: the circuit stays closed. Three failures open it.",
			play: successResets,
		},
		{
			id: "F5", bug: "the rate is not judged when a success completes the minimum volume",
			asks:  "50 % of at least 3 calls open; failure, failure, success: the circuit opens.",
			play:  volumeBySuccess,
			fails: both("it stays closed at 2 failures of 3", ""),
			note:  map[string]string{"gobreaker": "as its documentation says, ReadyToTrip is asked after failures only"},
		},
		{
			id: "F7", bug: "own refusals counted as failures",
			asks: "100 calls are refused while open: the probe is let through in time, and one success closes.",
			play: refusals,
		},
		{
			id: "G1", bug: "the caller's own cancel counts as a failure",
			asks: "A threshold of 1; the caller cancels and the call returns context.Canceled: the circuit stays closed. As a probe it leaves the circuit half-open, and its slot is free.",
			play: callersCancel, fails: both("the circuit is open", "the circuit is open"),
			when:   map[string]string{"gobreaker": "by default"},
			mended: map[string]func(*testing.T) string{"gobreaker": gobreakerExcludesCancel},
			note: map[string]string{
				"gobreaker":   "IsExcluded that names the error avoids it",
				"failsafe-go": "HandleIf can exclude the error, but it then counts as a success, and as a probe closes the circuit",
			},
		},
		{
			id: "G2", bug: "half-open uses another rule than closed",
			asks: "An error that is set to be a success leaves the circuit closed, and closes it as a probe.",
			play: oneRule,
		},
		{
			id: "G3", bug: "timeouts do not trip",
			asks: "A threshold of 1; the call returns its context's context.DeadlineExceeded, wrapped: the circuit opens.",
			play: timeoutTrips,
		},
	}
}

func oursIdle(t *testing.T) string {
	b, err := breaker.New(breaker.Settings{Window: breaker.Window{Span: 10 * time.Second}, FailureRate: 1})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		permit, err := b.Acquire()
		if err != nil {
			t.Fatal(err)
		}
		permit.Release(breaker.Failure, errDown)
	}
	if got := b.Snapshot().Sample.Failures; got != 3 {
		t.Fatalf("3 failures are read as %d", got)
	}
	time.Sleep(time.Hour)
	return idle(uint(b.Snapshot().Sample.Failures))
}

func gobreakerIdle(t *testing.T) string {
	b := gobreaker.NewTwoStepCircuitBreaker[int](gobreaker.Settings{Interval: 10 * time.Second, BucketPeriod: time.Second})
	for range 3 {
		done, err := b.Allow()
		if err != nil {
			t.Fatal(err)
		}
		done(errDown)
	}
	time.Sleep(time.Hour)
	return idle(uint(b.Counts().TotalFailures))
}

func failsafeIdle(t *testing.T) string {
	b := circuitbreaker.NewBuilder[int]().WithFailureThresholdPeriod(10, 10*time.Second).Build()
	for range 3 {
		b.RecordFailure()
	}
	time.Sleep(time.Hour)
	return idle(b.Metrics().Failures())
}

func idle(failures uint) string {
	if failures == 0 {
		return ""
	}
	return fmt.Sprintf("an hour later %d failures are read", failures)
}

func slowFailures(t *testing.T, l library) string {
	return failSlowly(l.rig(t, settings{threshold: 6}))
}

func gobreakerSlowFailures(t *testing.T) string {
	b := gobreaker.NewTwoStepCircuitBreaker[struct{}](gobreaker.Settings{
		Interval: 30 * time.Second, BucketPeriod: 10 * time.Second,
	})
	return failSlowly(&rig{circuit: goTwoStep{b}, t: t})
}

func failSlowly(r *rig) string {
	for range 100 {
		r.call(bad)
		if r.state() == open {
			return ""
		}
		time.Sleep(10 * time.Second)
	}
	return "100 failures in a row did not open it"
}

func successResets(t *testing.T, l library) string {
	r := l.rig(t, settings{threshold: 3})
	for range 10 {
		for _, o := range []outcome{bad, bad, good} {
			r.call(o)
			if got := r.state(); got != closed {
				return "the circuit is " + got
			}
		}
	}
	for range 3 {
		r.call(bad)
	}
	if got := r.state(); got != open {
		return "after three failures in a row the circuit is " + got
	}
	return ""
}

func volumeBySuccess(t *testing.T, l library) string {
	r := l.rig(t, settings{volume: 3})
	for _, o := range []outcome{bad, bad, good} {
		r.call(o)
	}
	if got := r.state(); got != open {
		return "it stays " + got + " at 2 failures of 3"
	}
	return ""
}

func refusals(t *testing.T, l library) string {
	r := l.rig(t, settings{})
	r.trip()
	for range 100 {
		time.Sleep(10 * time.Millisecond)
		if r.admitted(1) > 0 {
			t.Fatal("a call is let through before the delay is over")
		}
	}
	time.Sleep(r.set.openFor - time.Second + time.Millisecond)
	end, ok := r.acquire()
	if !ok {
		return "the probe is refused"
	}
	end(good)
	if got := r.state(); got != closed {
		return "a good probe left the circuit " + got
	}
	return ""
}

func callersCancel(t *testing.T, l library) string {
	return cancelCalls(l.rig(t, settings{wrapped: true}))
}

func gobreakerExcludesCancel(t *testing.T) string {
	b := gobreaker.NewCircuitBreaker[struct{}](gobreaker.Settings{
		MaxRequests: 1,
		Timeout:     3 * time.Second,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= 1 },
		IsExcluded:  func(err error) bool { return errors.Is(err, context.Canceled) },
	})
	return cancelCalls(&rig{circuit: goWrapped{b}, t: t, set: settings{threshold: 1, openFor: 3 * time.Second}})
}

// TestFailsafeTakesAnExcludedCancelForASuccess is the remark of row G1.
func TestFailsafeTakesAnExcludedCancelForASuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := library{build: newFailsafe}.rig(t, settings{wrapped: true, fine: context.Canceled})
		if got := cancelCalls(r); got != "a cancelled probe made it closed" {
			t.Errorf("row G1, failsafe-go: %q", got)
		}
	})
}

func cancelCalls(r *rig) string {
	cancelled := func() {
		ctx, cancel := context.WithCancel(r.t.Context())
		err := r.do(ctx, func(ctx context.Context) error {
			cancel()
			return ctx.Err()
		})
		if !errors.Is(err, context.Canceled) {
			r.t.Fatalf("the call returned %v", err)
		}
	}
	cancelled()
	if got := r.state(); got != closed {
		return "the circuit is " + got
	}
	r.trip()
	r.wait()
	cancelled()
	if got := r.state(); got != halfOpen {
		return "a cancelled probe made it " + got
	}
	end, ok := r.acquire()
	if !ok {
		return "a cancelled probe kept its slot"
	}
	end(good)
	return ""
}

func oneRule(t *testing.T, l library) string {
	notFound := errors.New("not found")
	r := l.rig(t, settings{wrapped: true, fine: notFound})
	answer := func(context.Context) error { return notFound }
	_ = r.do(t.Context(), answer)
	if got := r.state(); got != closed {
		return "in closed it made the circuit " + got
	}
	_ = r.do(t.Context(), func(context.Context) error { return errDown })
	r.wait()
	_ = r.do(t.Context(), answer)
	if got := r.state(); got != closed {
		return "as a probe it left the circuit " + got
	}
	return ""
}

func timeoutTrips(t *testing.T, l library) string {
	r := l.rig(t, settings{wrapped: true})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	err := r.do(ctx, func(ctx context.Context) error {
		<-ctx.Done()
		return fmt.Errorf("read: %w", ctx.Err())
	})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("the call returned %v", err)
	}
	if got := r.state(); got != open {
		return "the circuit is " + got
	}
	return ""
}
