// The circuit breaker of S3 for github.com/sony/gobreaker/v2.

package resilience

import (
	"context"
	"errors"
	"time"

	"github.com/sony/gobreaker/v2"
)

// NewS3Breaker returns the circuit breaker. It stands outside of the retries: a call
// that needed three attempts is one success.
func NewS3Breaker[T any]() *gobreaker.CircuitBreaker[T] {
	return gobreaker.NewCircuitBreaker[T](gobreaker.Settings{
		Name: "S3",
		// Trip after 5 failures in a row.
		ReadyToTrip: func(c gobreaker.Counts) bool {
			return c.ConsecutiveFailures >= 5
		},
		// Open for 3s, then half-open.
		Timeout: 3 * time.Second,
		// Close after 2 good probes in a row; one that fails opens it again.
		// NOT IN gobreaker: 1 probe at a time; it lets as many run at a time as close it.
		MaxRequests: 2,
		// A caller that gave up says nothing about the service; a deadline that passed does.
		IsExcluded: func(err error) bool {
			return errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded)
		},
	})
}

// gobreaker is a breaker alone. The whole is fallback(breaker(retry(timeout(call)))),
// the outermost first.
// NOT IN gobreaker: timeout: 250ms for each attempt.
// NOT IN gobreaker: retry: 3 attempts a call, exponential waits from 50ms: 50ms, 100ms.
// NOT IN gobreaker: fallback: the newest live reading.
