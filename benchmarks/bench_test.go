package benchmarks

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
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
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

func oursBreaker(tb testing.TB) *breaker.Breaker {
	b, err := breaker.New(breaker.Settings{FailureThreshold: threshold, SuccessesToClose: probes, OpenFor: forever})
	if err != nil {
		tb.Fatal(err)
	}
	return b
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
	b.Run("library=resiltui", func(b *testing.B) {
		cb, ctx := oursBreaker(b), context.Background()
		measure(b, nil, func() error { _, err := breaker.Do(ctx, cb, succeedContext); return err })
	})
	b.Run("library=gobreaker", func(b *testing.B) {
		cb := newGobreaker()
		measure(b, nil, func() error { _, err := cb.Execute(succeed); return err })
	})
	b.Run("library=failsafe", func(b *testing.B) {
		ex := failsafe.With(newFailsafeBreaker())
		measure(b, nil, func() error { _, err := ex.Get(succeed); return err })
	})
}

// BenchmarkBreakerWindow is a successful call through a closed breaker that judges
// the failure rate and the rate of slow calls of the last 10 s. gobreaker's rolling
// window has no slow calls.
func BenchmarkBreakerWindow(b *testing.B) {
	b.Run("library=resiltui", func(b *testing.B) {
		ctx := context.Background()
		cb, err := breaker.New(breaker.Settings{
			Window: breaker.Window{Span: 10 * time.Second}, FailureRate: 0.5, SlowRate: 0.5, SlowCall: time.Second,
		})
		if err != nil {
			b.Fatal(err)
		}
		measure(b, nil, func() error { _, err := breaker.Do(ctx, cb, succeedContext); return err })
	})
	b.Run("library=gobreaker", func(b *testing.B) {
		cb := gobreaker.NewCircuitBreaker[float64](gobreaker.Settings{
			Interval: 10 * time.Second, BucketPeriod: time.Second, Timeout: forever,
			ReadyToTrip: func(c gobreaker.Counts) bool { return c.Requests >= 10 && 2*c.TotalFailures >= c.Requests },
		})
		measure(b, nil, func() error { _, err := cb.Execute(succeed); return err })
	})
}

// BenchmarkBreakerOpen is a call that an open breaker refuses.
func BenchmarkBreakerOpen(b *testing.B) {
	b.Run("library=resiltui", func(b *testing.B) {
		cb, ctx := oursBreaker(b), context.Background()
		for range threshold {
			_, _ = breaker.Do(ctx, cb, func(context.Context) (float64, error) { return 0, errDown })
		}
		measure(b, breaker.ErrOpen, func() error { _, err := breaker.Do(ctx, cb, succeedContext); return err })
	})
	b.Run("library=gobreaker", func(b *testing.B) {
		cb := newGobreaker()
		for range threshold {
			_, _ = cb.Execute(func() (float64, error) { return 0, errDown })
		}
		measure(b, gobreaker.ErrOpenState, func() error { _, err := cb.Execute(succeed); return err })
	})
	b.Run("library=failsafe", func(b *testing.B) {
		cb := newFailsafeBreaker()
		ex := failsafe.With(cb)
		cb.Open()
		measure(b, circuitbreaker.ErrOpen, func() error { _, err := ex.Get(succeed); return err })
	})
}

// BenchmarkRetryFirst is a call whose first attempt succeeds. Ours records its
// statistics, which the others do not have.
func BenchmarkRetryFirst(b *testing.B) {
	b.Run("library=resiltui", func(b *testing.B) {
		ctx, p := context.Background(), &retry.Policy{Stats: retry.NewStats("S1")}
		measure(b, nil, func() error { _, err := retry.Do(ctx, p, attempt); return err })
	})
	b.Run("library=backoff", func(b *testing.B) {
		ctx := context.Background()
		measure(b, nil, func() error { _, err := backoff.Retry(ctx, succeed, backoff.WithMaxTries(3)); return err })
	})
	b.Run("library=retry-go", func(b *testing.B) {
		r := retrygo.NewWithData[float64](retrygo.Attempts(3))
		measure(b, nil, func() error { _, err := r.Do(succeed); return err })
	})
	b.Run("library=failsafe", func(b *testing.B) {
		ex := failsafe.With(retrypolicy.NewBuilder[float64]().WithMaxAttempts(3).Build())
		measure(b, nil, func() error { _, err := ex.Get(succeed); return err })
	})
}

func attempt(context.Context, int) (float64, error) { return 21.5, nil }

// BenchmarkStack is a successful call through fallback around breaker around
// retry. Ours keeps the value as the last known good one and counts in breaker
// and retry; failsafe-go's fallback is a fixed value.
func BenchmarkStack(b *testing.B) {
	b.Run("library=resiltui", func(b *testing.B) {
		ctx, cb := context.Background(), oursBreaker(b)
		kept := fallback.NewLastKnownGood(fallback.Options{})
		p := &retry.Policy{Stats: retry.NewStats("S1"), Never: []error{breaker.ErrOpen}}
		var at time.Duration
		once := func(context.Context, int) (fallback.Reading, error) {
			at++ // each reading is newer than the last, as in a run
			return fallback.Reading{Value: 21.5, At: at}, nil
		}
		retried := func(ctx context.Context) (fallback.Reading, error) { return retry.Do(ctx, p, once) }
		guarded := func(ctx context.Context) (fallback.Reading, error) { return breaker.Do(ctx, cb, retried) }
		measure(b, nil, func() error { _, err := fallback.Do(ctx, kept, "S1", guarded); return err })
	})
	b.Run("library=failsafe", func(b *testing.B) {
		ex := failsafe.With[float64](
			failsafefallback.NewWithResult(0.0),
			newFailsafeBreaker(),
			retrypolicy.NewBuilder[float64]().WithMaxAttempts(3).Build(),
		)
		measure(b, nil, func() error { _, err := ex.Get(succeed); return err })
	})
}

// measure runs call and wants it to fail with want, or to succeed where that is
// nil, so that no benchmark measures another path than it says. In the loop it
// looks for an error only: errors.Is costs more with some errors than others.
func measure(b *testing.B, want error, call func() error) {
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
