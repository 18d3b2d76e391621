package main

import (
	"context"
	"errors"
	"testing"
	"time"

	retrygo "github.com/avast/retry-go/v5"
	"github.com/cenkalti/backoff/v5"
	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	failsafefallback "github.com/failsafe-go/failsafe-go/fallback"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/sony/gobreaker/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

// Every function under a policy is this one, of one result type, so that only
// the policies differ.
func succeed() (float64, error) { return 21.5, nil }

func succeedContext(context.Context) (float64, error) { return 21.5, nil }

var errDown = errors.New("connection refused")

const (
	threshold = 5
	probes    = 2
	forever   = 24 * time.Hour
)

// plain counts failures in a row; windowed looks at rates as well.
func plain() breaker.Settings {
	return breaker.Settings{FailureThreshold: threshold, SuccessesToClose: probes, OpenFor: forever}
}

func windowed() breaker.Settings {
	s := plain()
	s.Window, s.FailureRate = breaker.Window{Calls: 100}, 0.5
	s.SlowRate, s.SlowCall = 0.5, time.Second
	return s
}

func newBreaker(b *testing.B, s breaker.Settings) *breaker.Breaker {
	b.Helper()
	cb, err := breaker.New(s)
	if err != nil {
		b.Fatal(err)
	}
	return cb
}

func newGobreaker() *gobreaker.CircuitBreaker[float64] {
	return gobreaker.NewCircuitBreaker[float64](gobreaker.Settings{
		MaxRequests: probes,
		Timeout:     forever,
		ReadyToTrip: func(c gobreaker.Counts) bool { return c.ConsecutiveFailures >= threshold },
	})
}

func newFailsafeBreaker() circuitbreaker.CircuitBreaker[float64] {
	return circuitbreaker.NewBuilder[float64]().
		WithFailureThreshold(threshold).WithSuccessThreshold(probes).WithDelay(forever).Build()
}

// BenchmarkBreakerClosed is a successful call through a closed breaker that
// counts failures in a row.
func BenchmarkBreakerClosed(b *testing.B) {
	b.Run("library=resiltui", closed(plain()))
	b.Run("library=gobreaker", func(b *testing.B) {
		cb := newGobreaker()
		repeat(b, nil, func() error { _, err := cb.Execute(succeed); return err })
	})
	b.Run("library=failsafe-go", func(b *testing.B) {
		ex := failsafe.With(newFailsafeBreaker())
		repeat(b, nil, func() error { _, err := ex.Get(succeed); return err })
	})
	// With a rolling window and a limit for slow calls, which the others do not have.
	b.Run("library=resiltui-window", closed(windowed()))
}

// BenchmarkBreakerSpan is the same where the failure rate of the last 10 s is judged,
// and by ours the rate of slow calls.
func BenchmarkBreakerSpan(b *testing.B) {
	b.Run("library=resiltui", closed(breaker.Settings{
		Window: breaker.Window{Span: 10 * time.Second}, FailureRate: 0.5, SlowRate: 0.5, SlowCall: time.Second,
	}))
	b.Run("library=gobreaker", func(b *testing.B) {
		cb := gobreaker.NewCircuitBreaker[float64](gobreaker.Settings{
			Interval: 10 * time.Second, BucketPeriod: time.Second, Timeout: forever,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.Requests >= 10 && 2*c.TotalFailures >= c.Requests },
		})
		repeat(b, nil, func() error { _, err := cb.Execute(succeed); return err })
	})
}

// closed measures a successful call through our breaker.
func closed(s breaker.Settings) func(*testing.B) {
	return func(b *testing.B) {
		cb, ctx := newBreaker(b, s), context.Background()
		repeat(b, nil, func() error { _, err := breaker.Do(ctx, cb, succeedContext); return err })
	}
}

// BenchmarkBreakerOpen is a call that an open breaker refuses.
func BenchmarkBreakerOpen(b *testing.B) {
	b.Run("library=resiltui", func(b *testing.B) {
		cb, ctx := newBreaker(b, plain()), context.Background()
		for range threshold {
			_, _ = breaker.Do(ctx, cb, func(context.Context) (float64, error) { return 0, errDown })
		}
		repeat(b, breaker.ErrOpen, func() error { _, err := breaker.Do(ctx, cb, succeedContext); return err })
	})
	b.Run("library=gobreaker", func(b *testing.B) {
		cb := newGobreaker()
		for range threshold {
			_, _ = cb.Execute(func() (float64, error) { return 0, errDown })
		}
		repeat(b, gobreaker.ErrOpenState, func() error { _, err := cb.Execute(succeed); return err })
	})
	b.Run("library=failsafe-go", func(b *testing.B) {
		cb := newFailsafeBreaker()
		ex := failsafe.With(cb)
		cb.Open()
		repeat(b, circuitbreaker.ErrOpen, func() error { _, err := ex.Get(succeed); return err })
	})
}

// BenchmarkRetryFirst is a call whose first attempt succeeds. Ours records its
// statistics, which the others do not have.
func BenchmarkRetryFirst(b *testing.B) {
	b.Run("library=resiltui", func(b *testing.B) {
		ctx, p := context.Background(), &retry.Policy{Stats: retry.NewStats("S1")}
		repeat(b, nil, func() error { _, err := retry.Do(ctx, p, attempt); return err })
	})
	b.Run("library=backoff", func(b *testing.B) {
		ctx := context.Background()
		repeat(b, nil, func() error { _, err := backoff.Retry(ctx, succeed, backoff.WithMaxTries(3)); return err })
	})
	b.Run("library=retry-go", func(b *testing.B) {
		r := retrygo.NewWithData[float64](retrygo.Attempts(3))
		repeat(b, nil, func() error { _, err := r.Do(succeed); return err })
	})
	b.Run("library=failsafe-go", func(b *testing.B) {
		ex := failsafe.With(retrypolicy.NewBuilder[float64]().WithMaxAttempts(3).Build())
		repeat(b, nil, func() error { _, err := ex.Get(succeed); return err })
	})
}

func attempt(context.Context, int) (float64, error) { return 21.5, nil }

// BenchmarkStack is a successful call through fallback around breaker around
// retry. Ours keeps the value as the last known good one and counts in breaker
// and retry; failsafe-go's fallback is a fixed value.
func BenchmarkStack(b *testing.B) {
	b.Run("library=resiltui", stack(plain()))
	b.Run("library=resiltui-window", stack(windowed()))
	b.Run("library=failsafe-go", func(b *testing.B) {
		ex := failsafe.With[float64](
			failsafefallback.NewWithResult(0.0),
			newFailsafeBreaker(),
			retrypolicy.NewBuilder[float64]().WithMaxAttempts(3).Build(),
		)
		repeat(b, nil, func() error { _, err := ex.Get(succeed); return err })
	})
}

func stack(s breaker.Settings) func(*testing.B) {
	return func(b *testing.B) {
		ctx, cb := context.Background(), newBreaker(b, s)
		kept := fallback.NewLastKnownGood(fallback.Options{})
		p := &retry.Policy{Stats: retry.NewStats("S1"), Never: []error{breaker.ErrOpen}}
		var at time.Duration
		once := func(context.Context, int) (fallback.Reading, error) {
			at++ // each reading is newer than the last, as in a run
			return fallback.Reading{Value: 21.5, At: at}, nil
		}
		retried := func(ctx context.Context) (fallback.Reading, error) { return retry.Do(ctx, p, once) }
		guarded := func(ctx context.Context) (fallback.Reading, error) { return breaker.Do(ctx, cb, retried) }
		repeat(b, nil, func() error { _, err := fallback.Do(ctx, kept, "S1", guarded); return err })
	}
}

// BenchmarkPublish is what publishing a live call costs the engine with all that a
// dashboard has: numbering, counting, keeping the past that can be
// gone back to, signalling. Beside it the same without the past. Each measurement
// has a past of its own.
func BenchmarkPublish(b *testing.B) {
	b.Run("past=yes", func(b *testing.B) { repeat(b, nil, publishLive(history.New(stats.New()))) })
	b.Run("past=no", func(b *testing.B) { repeat(b, nil, publishLive(stats.New())) })
}

// publishLive has a hub give observers and a reader one live call after another.
func publishLive(observers ...event.Observer) func() error {
	hub := event.NewHub(observers...)
	hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: &event.Run{
		Scenario: "pipeline", Sensors: make([]event.Sensor, 5),
	}, Taken: &event.Taken{Speed: 1}})
	hub.SubscribeTo(event.Special)
	ev := event.Event{Kind: event.CallEnded, Sensor: 3, Batch: 1, Call: event.Call{
		Number: 1, Took: 50 * time.Millisecond, Result: event.Live, Served: true, Value: 21.5, Attempts: 1, Admitted: true,
		Outcome: breaker.Success, Circuit: breaker.Circuit{FailuresToTrip: threshold},
	}}
	return func() error {
		ev.At += 10 * time.Microsecond
		ev.Call.Start = ev.At - ev.Call.Took
		hub.PublishInPlace(&ev)
		return nil
	}
}

// repeat runs call and wants it to fail with want, or to succeed where that is
// nil, so that no benchmark measures another path than it says. In the loop it
// looks for an error only: errors.Is costs more with some errors than others.
func repeat(b *testing.B, want error, call func() error) {
	b.Helper()
	if err := call(); !errors.Is(err, want) {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := call(); (err == nil) != (want == nil) {
			b.Fatal(err)
		}
	}
}
