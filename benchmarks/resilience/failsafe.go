// The policies of S3 for github.com/failsafe-go/failsafe-go.

package resilience

import (
	"context"
	"errors"
	"time"

	"github.com/failsafe-go/failsafe-go"
	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/failsafe-go/failsafe-go/fallback"
	"github.com/failsafe-go/failsafe-go/retrypolicy"
	"github.com/failsafe-go/failsafe-go/timeout"
)

// NewS3 returns the policies as one executor, the outermost first:
// fallback(breaker(retry(timeout(call)))). What is off is left out.
//
// Call it with GetWithExecution and use the context of the execution: the timeout ends
// that, and waits for the call.
//
// Substitute answers where the call did not. Fallback: the newest live reading.
// NOT IN failsafe-go: keeping readings; that is for substitute to do.
func NewS3[T any](substitute func() (T, error)) failsafe.Executor[T] {
	fallbacks := fallback.NewWithFunc(func(failsafe.Execution[T]) (T, error) {
		return substitute()
	})
	// A caller that gave up is no failure.
	// NOT IN failsafe-go: an outcome that is neither; it counts as a success.
	breaker := circuitbreaker.NewBuilder[T]().
		HandleIf(func(_ T, err error) bool {
			gone := errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
			return err != nil && !gone
		}).
		// Trip after 5 failures in a row.
		WithFailureThreshold(5).
		// Open for 3s, then half-open.
		WithDelay(3 * time.Second).
		// Close after 2 good probes in a row; one that fails opens it again.
		// NOT IN failsafe-go: 1 probe at a time; it lets as many run at a time as close it.
		WithSuccessThreshold(2).
		Build()
	// Retry: 3 attempts a call, exponential waits from 50ms.
	retries := retrypolicy.NewBuilder[T]().
		WithMaxAttempts(3).
		WithBackoff(50*time.Millisecond, 100*time.Millisecond).
		// Nobody is left to retry for.
		AbortOnErrors(context.Canceled).
		Build()
	// The limit of each attempt.
	limit := timeout.New[T](250 * time.Millisecond)
	return failsafe.With[T](fallbacks, breaker, retries, limit)
}
