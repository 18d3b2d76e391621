package timeout_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"resiltui/internal/engine/timeout"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const ms = time.Millisecond

var errRefused = errors.New("connection refused")

// read answers after d, or earlier with the context's error.
func read(d time.Duration, v int, err error) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		select {
		case <-time.After(d):
			return v, err
		case <-ctx.Done():
			return -1, fmt.Errorf("read: %w", ctx.Err())
		}
	}
}

func TestAReadEndsAtItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		v, err := timeout.Do(t.Context(), &timeout.Policy{After: 250 * ms}, read(time.Hour, 1, nil))
		var limit *timeout.Error
		if v != 0 || !errors.As(err, &limit) || limit.After != 250*ms {
			t.Fatalf("got %d, %v", v, err)
		}
		if !errors.Is(err, timeout.ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
			t.Errorf("%v is not what it should be", err)
		}
		if !limit.Timeout() || err.Error() != "no answer within 250 ms" {
			t.Errorf("text %q", err)
		}
		if took := time.Since(start); took != 250*ms {
			t.Errorf("took %v", took)
		}
	})
}

func TestWhatArrivesInTimeIsPassedOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &timeout.Policy{After: 250 * ms}
		if v, err := timeout.Do(t.Context(), p, read(50*ms, 7, nil)); v != 7 || err != nil {
			t.Errorf("got %d, %v", v, err)
		}
		if v, err := timeout.Do(t.Context(), p, read(50*ms, 7, errRefused)); v != 7 || err != errRefused {
			t.Errorf("got %d, %v", v, err)
		}
	})
}

func TestALateSuccessIsASuccess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, err := timeout.Do(t.Context(), &timeout.Policy{After: 250 * ms}, func(context.Context) (int, error) {
			time.Sleep(time.Second) // takes no notice of its context
			return 7, nil
		})
		if v != 7 || err != nil {
			t.Errorf("got %d, %v", v, err)
		}
	})
}

func TestAnErrorOfAnotherKindAfterTheLimitIsATimeoutThatKeepsItsCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := timeout.Do(t.Context(), &timeout.Policy{After: 250 * ms}, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			return 0, errRefused
		})
		if !errors.Is(err, timeout.ErrTimeout) || !errors.Is(err, errRefused) {
			t.Errorf("got %v", err)
		}
	})
}

func TestBugG1TheCallersCancelIsNotATimeout(t *testing.T) {
	for name, derive := range map[string]func(context.Context) (context.Context, context.CancelFunc){
		"cancel": func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(ctx)
			time.AfterFunc(100*ms, cancel)
			return ctx, cancel
		},
		"the caller's own deadline": func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 100*ms)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := derive(t.Context())
				defer cancel()
				_, err := timeout.Do(ctx, &timeout.Policy{After: 250 * ms}, read(time.Hour, 1, nil))
				if errors.Is(err, timeout.ErrTimeout) || !errors.Is(err, ctx.Err()) {
					t.Errorf("got %v", err)
				}
			})
		})
	}
}

func TestWithoutALimitTheContextIsTheCallers(t *testing.T) {
	for name, p := range map[string]*timeout.Policy{"nil": nil, "zero": {}, "negative": {After: -1}} {
		ctx := t.Context()
		_, _ = timeout.Do(ctx, p, func(got context.Context) (int, error) {
			if got != ctx {
				t.Errorf("%s: another context", name)
			}
			return 0, nil
		})
	}
}

func TestTheGivenWithTimeoutMakesTheDeadline(t *testing.T) {
	var asked time.Duration
	cancelled := false
	p := &timeout.Policy{After: 250 * ms, WithTimeout: func(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
		asked = d
		ctx, cancel := context.WithDeadline(ctx, time.Unix(0, 0)) // has passed
		return ctx, func() { cancelled = true; cancel() }
	}}
	func() {
		defer func() { _ = recover() }()
		_, _ = timeout.Do(t.Context(), p, func(ctx context.Context) (int, error) {
			if !errors.Is(ctx.Err(), context.DeadlineExceeded) {
				t.Errorf("context error %v", ctx.Err())
			}
			panic("read")
		})
	}()
	if asked != 250*ms || !cancelled {
		t.Errorf("asked for %v, cancelled after a panic: %v", asked, cancelled)
	}
}

func TestValidateRefusesANegativeLimit(t *testing.T) {
	if err := (timeout.Policy{}).Validate(); err != nil {
		t.Error(err)
	}
	if err := (timeout.Policy{After: -ms}).Validate(); err == nil {
		t.Error("a negative limit was accepted")
	}
}

func TestTheTextNamesTheLimitInAFittingUnit(t *testing.T) {
	for after, want := range map[time.Duration]string{
		5:                       "5 ns",
		20 * time.Microsecond:   "20 µs",
		1500 * time.Microsecond: "1.5 ms",
		250 * ms:                "250 ms",
		time.Second:             "1 s",
		2500 * ms:               "2.5 s",
		2 * time.Minute:         "120 s",
	} {
		if got := (&timeout.Error{After: after}).Error(); got != "no answer within "+want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func ExampleDo() {
	p := &timeout.Policy{
		After: 250 * time.Millisecond,
		// In place of a clock: a limit that passes at once.
		WithTimeout: func(ctx context.Context, _ time.Duration) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, 0)
		},
	}
	_, err := timeout.Do(context.Background(), p, func(ctx context.Context) (float64, error) {
		<-ctx.Done()
		return 0, ctx.Err()
	})
	fmt.Println(err)
	fmt.Println(errors.Is(err, timeout.ErrTimeout), errors.Is(err, context.DeadlineExceeded))
	// Output:
	// no answer within 250 ms
	// true true
}
