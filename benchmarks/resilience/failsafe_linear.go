// The policies of S1 for github.com/failsafe-go/failsafe-go.

package resilience

import (
	"context"
	"errors"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
)

// NewS1 returns the policies as one executor, the outermost first:
// fallback(breaker(retry(timeout(call)))). What is off is left out.
func NewS1[T any]() failsafe.Executor[T] {
	// A caller that gave up is no failure.
	// NOT IN failsafe-go: an outcome that is neither; it counts as a success.
	breaker := circuitbreaker.NewBuilder[T]().
		HandleIf(func(_ T, err error) bool {
			gone := errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
			return err != nil && !gone
		}).
		// Trip after 3 failures in a row.
		WithFailureThreshold(3).
		// Open for 900ms, then half-open.
		WithDelay(900 * time.Millisecond).
		// Close after 1 good probe; one that fails opens it again.
		WithSuccessThreshold(1).
		Build()
	// Retry: 5 attempts a call, linear waits from 20ms to 70ms.
	retries := retrypolicy.NewBuilder[T]().
		WithMaxAttempts(5).
		WithDelayFunc(func(e failsafe.ExecutionAttempt[T]) time.Duration {
			return min(70*time.Millisecond, time.Duration(e.Attempts())*20*time.Millisecond)
		}).
		// Nobody is left to retry for.
		AbortOnErrors(context.Canceled).
		Build()
	return failsafe.With[T](breaker, retries)
}
