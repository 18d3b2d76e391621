package scenario

import (
	"context"
	"io/fs"
	"strconv"
	"time"

	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/simulated"
)

// TimeoutError is the error of a service that did not answer: errors.Is(err,
// context.DeadlineExceeded) holds, as for an expired timeout.
type TimeoutError struct{ Operation string }

// Error says what did not answer.
func (e *TimeoutError) Error() string { return e.Operation + " timed out" }

// Is holds for context.DeadlineExceeded.
func (e *TimeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// DatabaseConnectionError is the error of a database that cannot be reached.
type DatabaseConnectionError struct{ Reason string }

// Error says why.
func (e *DatabaseConnectionError) Error() string { return "database connection: " + e.Reason }

// HTTPError is the error of an answer that is no success.
type HTTPError struct{ Status int }

// Error names the status.
func (e *HTTPError) Error() string { return "HTTP status " + strconv.Itoa(e.Status) }

// notFound is what readLocalFile fails with: errors.Is(err, fs.ErrNotExist).
type notFound struct{}

// NotFoundText is how readLocalFile's own error reads.
const NotFoundText = "file not found"

func (notFound) Error() string { return NotFoundText }
func (notFound) Unwrap() error { return fs.ErrNotExist }

// ReadLocalFile is the function whose own error is never retried.
const ReadLocalFile = "readLocalFile"

// Retry is the first exercise: four functions that can fail, each retried on the
// errors that it makes sense for. readLocalFile names only timeouts, so a file that
// is not found is passed on at once. Any timeout counts, also that of a policy's
// limit for an attempt. They have no other policy, so that only the effect of retries
// is seen.
func Retry() Scenario {
	on := func(matches ...retry.Match) policy.Policy {
		return policy.Policy{
			Retry:      retry.Policy{MaxAttempts: 3, BaseDelay: 50 * time.Millisecond, Backoff: retry.Exponential, RetryOn: matches},
			BreakerOff: true,
			Strategy:   "drop",
		}
	}
	fn := func(name string, f float64, p policy.Policy, errs ...error) Sensor {
		return Sensor{
			Config: simulated.Config{
				Info: sensors.Info{ID: name, Unit: "ok"}, Signal: simulated.Constant(1),
				Latency: aboutFifty(), FailProbability: f, Errors: errs,
			},
			Function: true, Policy: p,
		}
	}
	return Scenario{
		Name:     "retry",
		See:      "four functions behind retries alone; readLocalFile's not-found comes out at once",
		Seed:     DefaultSeed,
		Interval: DefaultInterval,
		Batches:  20,
		Compare:  true,
		Sensors: []Sensor{
			fn("fetchUserProfile", 0.5, on(retry.Is(context.DeadlineExceeded)), &TimeoutError{"fetchUserProfile"}),
			fn("queryDatabase", 0.4, on(retry.As[*DatabaseConnectionError]()),
				&DatabaseConnectionError{"refused"}, &DatabaseConnectionError{"too many clients"}),
			fn("callExternalAPI", 0.6, on(retry.As[*HTTPError]()), &HTTPError{502}, &HTTPError{503}, &HTTPError{504}),
			fn(ReadLocalFile, 0.2, on(retry.Is(context.DeadlineExceeded)), notFound{}),
		},
	}
}
