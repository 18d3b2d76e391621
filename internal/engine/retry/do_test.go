package retry_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/retry"
)

func TestASuccessAfterFailuresIsReturned(t *testing.T) {
	c := new(clock)
	s := retry.NewStats("S1")
	p := &retry.Policy{Sleep: c.Sleep, Now: c.Now, Stats: s}
	v, err := retry.Do(t.Context(), p, script(errRefused, errRefused, nil))
	if v != 3 || err != nil {
		t.Fatalf("got %d, %v", v, err)
	}
	if want := []time.Duration{50 * ms, 100 * ms}; !slices.Equal(c.waits, want) {
		t.Errorf("waited %v, want %v", c.waits, want)
	}
	got := s.Summary()
	if got.SuccessfulRetries != 1 || got.Successes != 1 || got.TotalAttempts != 3 || got.Retries != 2 || got.TotalDelaySeconds != 0.15 {
		t.Errorf("counted %+v", got)
	}
}

func TestExhaustedAttemptsAreToldApartAndTheCauseIsReached(t *testing.T) {
	c := new(clock)
	cause := fmt.Errorf("S2: %w", statusError{503})
	v, err := retry.Do(t.Context(), &retry.Policy{Sleep: c.Sleep, Now: c.Now}, func(context.Context, int) (int, error) { return 7, cause })
	if v != 0 {
		t.Errorf("a failed call returned the value %d", v)
	}
	var exhausted *retry.ExhaustedError
	var status statusError
	if !errors.Is(err, retry.ErrExhausted) || !errors.As(err, &exhausted) || exhausted.Attempts != 3 || !errors.As(err, &status) || status.code != 503 {
		t.Errorf("got %#v", err)
	}
	if want := "attempts ran out after 3: S2: unexpected status"; err.Error() != want {
		t.Errorf("text %q, want %q", err, want)
	}
	if len(c.waits) != 2 {
		t.Errorf("%d waits, want none after the last attempt", len(c.waits))
	}
}

func TestErrorsThatAreNotRetriedArePassedOnUnchanged(t *testing.T) {
	notFound := &fs.PathError{Op: "open", Path: "calibration", Err: fs.ErrNotExist}
	permanent := retry.Permanent(statusError{404})
	wrappedOpen := fmt.Errorf("S3: %w", errOpen)
	timeouts := []retry.Match{retry.Is(context.DeadlineExceeded)}
	for _, tt := range []struct {
		name   string
		policy retry.Policy
		err    error
	}{
		{"permanent", retry.Policy{}, permanent},
		{"of a kind that says so itself", retry.Policy{}, fmt.Errorf("S3: %w", mayLast{true})},
		{"permanent wins over RetryOn", retry.Policy{RetryOn: []retry.Match{retry.As[statusError]()}}, permanent},
		{"in Never", retry.Policy{Never: []error{errRefused, errOpen}}, wrappedOpen},
		{"Never wins over RetryOn", retry.Policy{Never: []error{errOpen}, RetryOn: []retry.Match{retry.Is(errOpen)}}, wrappedOpen},
		{"not in RetryOn", retry.Policy{RetryOn: timeouts}, notFound},
		{"not in RetryOn, on the last attempt", retry.Policy{RetryOn: timeouts, MaxAttempts: 1}, notFound},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, attempts, s := new(clock), 0, new(retry.Stats)
			tt.policy.Sleep, tt.policy.Now, tt.policy.Stats = c.Sleep, c.Now, s
			_, err := retry.Do(t.Context(), &tt.policy, func(context.Context, int) (int, error) { attempts++; return 0, tt.err })
			if err != tt.err {
				t.Errorf("got %v, want the very error", err)
			}
			if attempts != 1 || len(c.waits) != 0 {
				t.Errorf("%d attempts and %d waits, want 1 and 0", attempts, len(c.waits))
			}
			if got := s.Summary(); got.Propagated != 1 || got.TotalCalls != 1 || got.Retries != 0 {
				t.Errorf("counted %+v", got)
			}
		})
	}
}

func TestBugB4AnOpenCircuitIsNeverRetried(t *testing.T) {
	c, attempts := new(clock), 0
	p := &retry.Policy{MaxAttempts: 5, Never: []error{errOpen}, Sleep: c.Sleep, Now: c.Now}
	_, err := retry.Do(t.Context(), p, func(_ context.Context, n int) (int, error) {
		attempts++
		if n == 2 { // the circuit opens between two attempts
			return 0, fmt.Errorf("S3: %w", errOpen)
		}
		return 0, errRefused
	})
	if attempts != 2 || !errors.Is(err, errOpen) || errors.Is(err, retry.ErrExhausted) {
		t.Errorf("%d attempts, error %v", attempts, err)
	}
}

func TestMatchesFindWrappedErrors(t *testing.T) {
	c := new(clock)
	p := &retry.Policy{
		RetryOn: []retry.Match{retry.Is(errRefused), retry.As[statusError]()},
		Sleep:   c.Sleep, Now: c.Now,
	}
	v, err := retry.Do(t.Context(), p, script(fmt.Errorf("dial: %w", errRefused), fmt.Errorf("get: %w", statusError{503}), nil))
	if v != 3 || err != nil {
		t.Errorf("got %d, %v", v, err)
	}
}

// mayLast is an error that knows whether it is permanent.
type mayLast struct{ lasts bool }

func (mayLast) Error() string     { return "gone" }
func (e mayLast) Permanent() bool { return e.lasts }

func TestAnErrorThatSaysThatItPassesIsRetried(t *testing.T) {
	c := new(clock)
	p := &retry.Policy{Sleep: c.Sleep, Now: c.Now}
	v, err := retry.Do(t.Context(), p, script(fmt.Errorf("S3: %w", mayLast{false}), nil))
	if v != 2 || err != nil {
		t.Errorf("got %d, %v", v, err)
	}
}

func TestPermanentIsTransparent(t *testing.T) {
	err := retry.Permanent(fmt.Errorf("read: %w", statusError{404}))
	var status statusError
	if err.Error() != "read: unexpected status" || !errors.As(err, &status) {
		t.Errorf("got %v", err)
	}
	if retry.Permanent(nil) != nil {
		t.Error("Permanent(nil) is an error")
	}
}

func TestBugG1TheCallersCancelIsNotRetriedAndNotAFailure(t *testing.T) {
	c, s := new(clock), new(retry.Stats)
	ctx, cancel := context.WithCancel(t.Context())
	p := &retry.Policy{Sleep: c.Sleep, Now: c.Now, Stats: s}
	_, err := retry.Do(ctx, p, func(ctx context.Context, _ int) (int, error) {
		cancel()
		return 0, ctx.Err()
	})
	if err != context.Canceled || len(c.waits) != 0 {
		t.Errorf("error %v after %d waits", err, len(c.waits))
	}
	if got := s.Summary(); got.Propagated != 1 || got.PermanentFailures != 0 || got.TotalAttempts != 1 {
		t.Errorf("counted %+v", got)
	}
}

func TestACancelDuringTheWaitKeepsTheLastError(t *testing.T) {
	for _, tt := range []struct {
		name   string
		sleep  time.Duration // how much of the 50 ms passes
		result error         // what Sleep returns
		waited float64
	}{
		{"in the midst of it", 20 * ms, context.Canceled, 0.02},
		{"at its very end", 50 * ms, nil, 0.05},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, s, attempts := new(clock), new(retry.Stats), 0
			ctx, cancel := context.WithCancel(t.Context())
			p := &retry.Policy{Now: c.Now, Stats: s, Sleep: func(context.Context, time.Duration) error {
				cancel()
				c.now += tt.sleep
				return tt.result
			}}
			_, err := retry.Do(ctx, p, func(context.Context, int) (int, error) { attempts++; return 0, errRefused })
			if !errors.Is(err, errRefused) || !errors.Is(err, context.Canceled) || errors.Is(err, retry.ErrExhausted) {
				t.Errorf("got %v", err)
			}
			if want := "connection refused; no attempt 2: context canceled"; err.Error() != want {
				t.Errorf("text %q, want %q", err, want)
			}
			got := s.Summary()
			if attempts != 1 || got.TotalAttempts != 1 || got.Propagated != 1 || got.Retries != 0 || got.TotalDelaySeconds != tt.waited {
				t.Errorf("%d attempts, counted %+v", attempts, got)
			}
		})
	}
}

func TestACancelledCallerIsNotRetriedWithoutADelayEither(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := &retry.Policy{BaseDelay: retry.NoDelay, OnAttempt: func(retry.Attempt) { cancel() }}
	_, err := retry.Do(ctx, p, func(context.Context, int) (int, error) { return 0, errRefused })
	if !errors.Is(err, context.Canceled) || !errors.Is(err, errRefused) {
		t.Errorf("got %v", err)
	}
}

func TestAPanicPassesThroughAndTheCallIsCounted(t *testing.T) {
	for name, watch := range map[string]func(retry.Attempt){"alone": nil, "watched": func(retry.Attempt) {}} {
		for last := 1; last <= 3; last++ {
			c, s := new(clock), new(retry.Stats)
			p := &retry.Policy{Sleep: c.Sleep, Now: c.Now, Stats: s, OnAttempt: watch}
			func() {
				defer func() {
					if r := recover(); r != "sensor on fire" {
						t.Errorf("%s: recovered %v", name, r)
					}
				}()
				_, _ = retry.Do(t.Context(), p, func(_ context.Context, n int) (int, error) {
					if n == last {
						panic("sensor on fire")
					}
					return 0, errRefused
				})
			}()
			if got := s.Summary(); got.Propagated != 1 || got.TotalCalls != 1 || got.TotalAttempts != uint64(last) || got.Retries != uint64(last-1) {
				t.Errorf("%s, in attempt %d: counted %+v", name, last, got)
			}
		}
	}
}

// The shortcut of a call that nobody watches counts what the long way does.
func TestACallIsCountedAlikeWhetherOrNotItsAttemptsAreWatched(t *testing.T) {
	for failures := range 4 {
		var counted [2]retry.Summary
		var results [2]int
		for i, watch := range []func(retry.Attempt){nil, func(retry.Attempt) {}} {
			c, s := new(clock), new(retry.Stats)
			p := &retry.Policy{Sleep: c.Sleep, Now: c.Now, Stats: s, OnAttempt: watch}
			outcome := script(append(slices.Repeat([]error{errRefused}, failures), nil)...)
			results[i], _ = retry.Do(t.Context(), p, outcome)
			counted[i] = s.Summary()
		}
		if diff := cmp.Diff(counted[1], counted[0]); diff != "" || results[0] != results[1] {
			t.Errorf("after %d failures: %v, %s", failures, results, diff)
		}
	}
}

func TestAGoexitIsCountedToo(t *testing.T) {
	s := new(retry.Stats)
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = retry.Do(t.Context(), &retry.Policy{Stats: s}, func(context.Context, int) (int, error) {
			runtime.Goexit()
			return 0, nil
		})
	}()
	<-done
	if got := s.Summary(); got.Propagated != 1 || got.TotalAttempts != 1 {
		t.Errorf("counted %+v", got)
	}
}

func TestOnAttemptSeesEveryAttemptBeforeTheWaitAfterIt(t *testing.T) {
	c := new(clock)
	var seen []retry.Attempt
	p := &retry.Policy{Sleep: c.Sleep, Now: c.Now, OnAttempt: func(a retry.Attempt) {
		if c.now != a.Start+a.Took {
			t.Errorf("attempt %d was told of at %v", a.Number, c.now)
		}
		seen = append(seen, a)
	}}
	outcome := script(errRefused, errRefused, nil)
	_, _ = retry.Do(t.Context(), p, func(ctx context.Context, n int) (int, error) {
		c.now += time.Duration(n) * ms
		return outcome(ctx, n)
	})
	want := []retry.Attempt{
		{Number: 1, Start: 0, Took: ms, Err: errRefused, Wait: 50 * ms},
		{Number: 2, Start: 51 * ms, Took: 2 * ms, Err: errRefused, Wait: 100 * ms},
		{Number: 3, Start: 153 * ms, Took: 3 * ms},
	}
	if diff := cmp.Diff(want, seen, cmp.Comparer(func(a, b error) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

func TestDecorrelatedJitterGrowsFromTheWaitBefore(t *testing.T) {
	c := new(clock)
	p := &retry.Policy{MaxAttempts: 4, Jitter: retry.Decorrelated, Rand: func() float64 { return 0.5 }, Sleep: c.Sleep, Now: c.Now}
	_, _ = retry.Do(t.Context(), p, script(errRefused, errRefused, errRefused, nil))
	// U(50, 150), U(50, 300), U(50, 525), each at its middle.
	if want := []time.Duration{100 * ms, 175 * ms, 287500 * time.Microsecond}; !slices.Equal(c.waits, want) {
		t.Errorf("waited %v, want %v", c.waits, want)
	}
}

// busyError says when to come back.
type busyError struct{ after time.Duration }

func (busyError) Error() string               { return "429 Too Many Requests" }
func (e busyError) RetryAfter() time.Duration { return e.after }

func TestAHintIsWaitedForAndAShareOfTheBackoff(t *testing.T) {
	c := new(clock)
	p := &retry.Policy{MaxAttempts: 5, MaxDelay: 2 * time.Second, Sleep: c.Sleep, Now: c.Now}
	_, _ = retry.Do(t.Context(), p, script(
		fmt.Errorf("get: %w", busyError{time.Second}), busyError{2 * time.Second}, busyError{ms}, busyError{0}, nil))
	// Without a draw it is the middle of the backoff: of 50, 100 and 200 ms.
	if want := []time.Duration{1025 * ms, 2050 * ms, 101 * ms, 400 * ms}; !slices.Equal(c.waits, want) {
		t.Errorf("waited %v, want %v", c.waits, want)
	}
}

func TestAHintBeyondTheLongestWaitEndsTheCall(t *testing.T) {
	c, s := new(clock), new(retry.Stats)
	p := &retry.Policy{MaxDelay: 2 * time.Second, Sleep: c.Sleep, Now: c.Now, Stats: s}
	_, err := retry.Do(t.Context(), p, script(busyError{time.Second}, busyError{2*time.Second + 1}, nil))
	var long *retry.HintError
	var busy busyError
	if !errors.As(err, &long) || long.Attempts != 2 || !errors.As(err, &busy) || errors.Is(err, retry.ErrExhausted) {
		t.Errorf("got %#v", err)
	}
	if want := "asked for too long a wait after attempt 2: 429 Too Many Requests"; err.Error() != want {
		t.Errorf("text %q, want %q", err, want)
	}
	if got := s.Summary(); len(c.waits) != 1 || got.PermanentFailures != 1 || got.TotalAttempts != 2 {
		t.Errorf("waited %v, counted %+v", c.waits, got)
	}
}

func TestALongHintWithoutALongestWaitDoesNotOverflow(t *testing.T) {
	c := new(clock)
	p := &retry.Policy{Sleep: c.Sleep, Now: c.Now}
	_, _ = retry.Do(t.Context(), p, script(busyError{math.MaxInt64}, nil))
	if want := []time.Duration{math.MaxInt64}; !slices.Equal(c.waits, want) {
		t.Errorf("waited %v, want %v", c.waits, want)
	}
}

func TestTheNilAndTheZeroPolicyMakeThreeAttemptsInRealTime(t *testing.T) {
	for name, p := range map[string]*retry.Policy{"nil": nil, "zero": {}, "refused by Validate": {MaxAttempts: -1, BaseDelay: -1, MaxDelay: -1}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				_, err := retry.Do(t.Context(), p, func(context.Context, int) (int, error) { return 0, errRefused })
				var exhausted *retry.ExhaustedError
				if !errors.As(err, &exhausted) || exhausted.Attempts != 3 {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start); took != 150*ms {
					t.Errorf("took %v, want 150ms", took)
				}
			})
		})
	}
}

func TestARealWaitEndsWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, s := time.Now(), new(retry.Stats)
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		time.AfterFunc(70*ms, cancel)
		p := &retry.Policy{Stats: s}
		_, err := retry.Do(ctx, p, func(context.Context, int) (int, error) { return 0, errRefused })
		if !errors.Is(err, context.Canceled) || !errors.Is(err, errRefused) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(start); took != 70*ms {
			t.Errorf("took %v, want 70ms", took)
		}
		if got := s.Summary().TotalDelaySeconds; got != 0.07 {
			t.Errorf("counted %v s of waiting, want 0.07", got)
		}
	})
}

func TestAWaitThatOutlastsTheCallerIsNotWaited(t *testing.T) {
	for _, c := range []struct {
		name         string
		left, base   time.Duration
		took, waited time.Duration
		attempts     int
		ended        bool
	}{
		{"the first wait is too long", 5 * time.Second, 10 * time.Second, 0, 0, 1, true},
		{"the first wait ends with the caller", 5 * time.Second, 5 * time.Second, 0, 0, 1, true},
		{"the second wait is too long", 70 * ms, 50 * ms, 50 * ms, 50 * ms, 2, true},
		{"both waits fit", 151 * ms, 50 * ms, 150 * ms, 150 * ms, 3, false},
		{"there is nothing to wait for", time.Nanosecond, retry.NoDelay, 0, 0, 3, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start, s, attempts := time.Now(), new(retry.Stats), 0
				ctx, cancel := context.WithTimeout(t.Context(), c.left)
				defer cancel()
				var told []retry.Attempt
				p := &retry.Policy{BaseDelay: c.base, Stats: s, OnAttempt: func(a retry.Attempt) { told = append(told, a) }}
				_, err := retry.Do(ctx, p, func(context.Context, int) (int, error) { attempts++; return 0, errRefused })
				if !errors.Is(err, errRefused) || errors.Is(err, context.DeadlineExceeded) != c.ended || errors.Is(err, retry.ErrExhausted) == c.ended {
					t.Errorf("got %v", err)
				}
				if took := time.Since(start); took != c.took || attempts != c.attempts {
					t.Errorf("%d attempts in %v, not %d in %v", attempts, took, c.attempts, c.took)
				}
				if got := s.Summary(); got.TotalDelaySeconds != c.waited.Seconds() || got.TotalAttempts != uint64(c.attempts) {
					t.Errorf("counted %+v", got)
				}
				if last := told[len(told)-1]; len(told) != c.attempts || last.Wait != 0 {
					t.Errorf("told %+v", told)
				}
			})
		})
	}
}

func TestACallOfAnotherTimeWaitsWhateverItsDeadlineIs(t *testing.T) {
	c := new(clock)
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	p := &retry.Policy{Sleep: c.Sleep, Now: c.Now, BaseDelay: 2 * time.Hour}
	_, err := retry.Do(ctx, p, func(context.Context, int) (int, error) { return 0, errRefused })
	if !errors.Is(err, retry.ErrExhausted) || len(c.waits) != 2 {
		t.Errorf("%v after %v", err, c.waits)
	}
}

func TestOneAttemptMeansNoRetry(t *testing.T) {
	_, err := retry.Do(t.Context(), &retry.Policy{MaxAttempts: 1}, script(errRefused))
	var exhausted *retry.ExhaustedError
	if !errors.As(err, &exhausted) || exhausted.Attempts != 1 {
		t.Errorf("got %v", err)
	}
}

func TestManyAttemptsWithTheLongestDelays(t *testing.T) {
	c, s := new(clock), new(retry.Stats)
	p := &retry.Policy{
		MaxAttempts: 50_000, BaseDelay: longest, Stats: s, Now: c.Now,
		Sleep: func(_ context.Context, d time.Duration) error {
			if d != longest {
				t.Fatalf("a wait of %d", d)
			}
			return nil
		},
	}
	_, err := retry.Do(t.Context(), p, func(context.Context, int) (int, error) { return 0, errRefused })
	got := s.Summary()
	if !errors.Is(err, retry.ErrExhausted) || got.TotalAttempts != 50_000 || got.TotalDelaySeconds != longest.Seconds() {
		t.Errorf("%v, counted %+v", err, got)
	}
}
