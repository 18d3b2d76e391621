package retry_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	errRefused = errors.New("connection refused")
	errOpen    = errors.New("circuit open")
)

// statusError carries a number, as an HTTP error does.
type statusError struct{ code int }

func (statusError) Error() string { return "unexpected status" }

// clock is virtual time for one goroutine.
type clock struct {
	now   time.Duration
	waits []time.Duration
}

func (c *clock) Now() time.Duration { return c.now }

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.waits = append(c.waits, d)
	c.now += d
	return ctx.Err()
}

// script fails with the errors in turn; a nil is a success.
func script(errs ...error) func(context.Context, int) (int, error) {
	return func(_ context.Context, attempt int) (int, error) { return attempt, errs[attempt-1] }
}
