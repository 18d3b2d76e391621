package conformance

import (
	"fmt"
	"math"
	"runtime"
	"testing"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/retrypolicy"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/retry"
)

// timeRows are clocks, fleets and overflows.
func timeRows() []row {
	const noClock = "it reads time.Now, whose monotonic part no step of the wall clock touches; a program cannot set that back to see"
	return []row{
		{
			id: "H1", bug: "wall-clock jumps",
			asks: "The clock goes back by an hour while open: the remaining delay is still the delay.",
			own:  map[string]func(*testing.T) string{"resiltui": clockGoesBack},
			skip: map[string]string{"gobreaker": noClock, "failsafe-go": noClock},
		},
		{
			id: "H2", bug: "a fleet probing in lock-step",
			asks: "20 circuits open together, with jitter where there is a setting for it: they are not all due in the same 10 ms.",
			when: map[string]string{"resiltui": "with OpenJitter", "failsafe-go": "with WithJitterFactor"},
			play: fleet, fails: both("all 20 are due together", ""),
			note: map[string]string{
				"gobreaker":   "Timeout is fixed; each breaker can be made with another one, but it is the same at every opening",
				"failsafe-go": "new in 0.9.8",
			},
		},
		{
			id: "H3", bug: "backoff overflow",
			asks: "Exponential backoff with the longest Duration as its cap: no wait is shorter than the one before.",
			own:  map[string]func(*testing.T) string{"resiltui": oursOverflow, "failsafe-go": failsafeOverflow},
			skip: failsafeOverflowSkip(),
			fails: map[string]string{
				"failsafe-go": "1 s, 1,000 times as long each: after the wait of 31 years comes one of 0",
			},
			when: map[string]string{"failsafe-go": "with an extreme cap"},
			note: map[string]string{
				"resiltui":    "1,000,000 retries, every kind of backoff and jitter",
				"failsafe-go": "on amd64, where a float64 out of range becomes the smallest int64; a cap below 292 years / factor prevents it",
			},
		},
	}
}

// failsafeOverflowSkip keeps the scenario to the processor of which the table
// speaks: elsewhere the conversion saturates.
func failsafeOverflowSkip() map[string]string {
	skip := map[string]string{"gobreaker": noRetries}
	if runtime.GOARCH != "amd64" {
		skip["failsafe-go"] = "what a float64 out of range becomes depends on the processor"
	}
	return skip
}

func clockGoesBack(t *testing.T) string {
	now := 2 * time.Hour
	b, err := breaker.New(breaker.Settings{FailureThreshold: 1, Now: func() time.Duration { return now }})
	if err != nil {
		t.Fatal(err)
	}
	permit, _ := b.Acquire()
	permit.Release(breaker.Failure, errDown)
	now -= time.Hour
	if got := b.Snapshot().ProbeIn; got != breaker.DefaultOpenFor {
		return fmt.Sprintf("the probe is due in %v", got)
	}
	return ""
}

func fleet(t *testing.T, l library) string {
	const n = 20
	var circuits []*rig
	for i := range n {
		r := l.rig(t, settings{jitter: uint64(i + 1)})
		r.trip()
		circuits = append(circuits, r)
	}
	for range 1000 {
		time.Sleep(10 * time.Millisecond)
		due := 0
		for _, r := range circuits {
			if r.due() {
				due++
			}
		}
		switch due {
		case 0:
			continue
		case n:
			return fmt.Sprintf("all %d are due together", n)
		}
		return ""
	}
	return "none is due after 10 s"
}

func oursOverflow(*testing.T) string {
	for _, base := range []time.Duration{1, time.Second, math.MaxInt64} {
		for backoff := retry.Exponential; backoff <= retry.Constant; backoff++ {
			for jitter := retry.NoJitter; jitter <= retry.Decorrelated; jitter++ {
				p := retry.Policy{BaseDelay: base, MaxDelay: math.MaxInt64, Backoff: backoff, Jitter: jitter}
				last := time.Duration(0)
				for n := 1; n <= 1_000_000; n += 1 + n/100 {
					got := p.Delay(n, last, 0.999)
					if got < last {
						return fmt.Sprintf("%v, jitter %v, base %v: after the wait of %v comes one of %v", backoff, jitter, base, last, got)
					}
					last = got
				}
			}
		}
	}
	return ""
}

func failsafeOverflow(t *testing.T) string {
	var waits []time.Duration
	p := retrypolicy.NewBuilder[int]().
		WithMaxRetries(8).
		WithBackoffFactor(time.Second, math.MaxInt64, 1000).
		OnRetryScheduled(func(e failsafe.ExecutionScheduledEvent[int]) { waits = append(waits, e.Delay) }).
		Build()
	_, err := failsafe.With[int](p).Get(func() (int, error) { return 0, errDown })
	if err == nil || len(waits) != 8 {
		t.Fatalf("the call ended in %v after the waits %v", err, waits)
	}
	for i, w := range waits[1:] {
		if w < waits[i] {
			years := int(waits[i].Hours() / 24 / 365)
			return fmt.Sprintf("1 s, 1,000 times as long each: after the wait of %d years comes one of %d", years, w)
		}
	}
	return ""
}
