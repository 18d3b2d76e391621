package retry_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/retry"
)

func budget(t testing.TB, tokens int, ratio float64) *retry.Budget {
	t.Helper()
	b, err := retry.NewBudget(tokens, ratio)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The sequence of gRPC's own test of its retry throttling.
func TestBudgetFollowsGRPCsExample(t *testing.T) {
	b := budget(t, 4, 1.6)
	for i, step := range []struct {
		failure, allowed bool
		tokens           float64
	}{
		{true, true, 3},
		{false, true, 4}, // not 4.6
		{true, true, 3},
		{true, false, 2}, // half of the maximum is not enough
		{true, false, 1},
		{true, false, 0},
		{true, false, 0}, // not below
		{false, false, 1.6},
		{false, true, 3.2},
	} {
		if step.failure {
			if got := b.Failure(); got != step.allowed {
				t.Errorf("step %d: a retry is allowed: %v", i, got)
			}
		} else {
			b.Success()
		}
		want := retry.BudgetState{Tokens: step.tokens, Max: 4, Ratio: 1.6, Allowed: step.allowed}
		if got := b.State(); got != want {
			t.Errorf("step %d: %+v, want %+v", i, got, want)
		}
	}
}

func TestARefusedRetryEndsTheCallWithTheLastError(t *testing.T) {
	c, s, b := new(clock), new(retry.Stats), budget(t, 4, 0.1)
	var told []retry.Attempt
	p := &retry.Policy{
		MaxAttempts: 5, Budget: b, Stats: s, Sleep: c.Sleep, Now: c.Now,
		OnAttempt: func(a retry.Attempt) { told = append(told, a) },
	}
	v, err := retry.Do(t.Context(), p, func(context.Context, int) (int, error) { return 7, fmt.Errorf("S2: %w", statusError{503}) })
	var refused *retry.BudgetError
	var status statusError
	if v != 0 || !errors.Is(err, retry.ErrBudget) || errors.Is(err, retry.ErrExhausted) ||
		!errors.As(err, &refused) || refused.Attempts != 2 || !errors.As(err, &status) || status.code != 503 {
		t.Errorf("got %d, %#v", v, err)
	}
	if want := "no retry budget after attempt 2: S2: unexpected status"; err.Error() != want {
		t.Errorf("text %q, want %q", err, want)
	}
	if want := []time.Duration{50 * ms}; !slices.Equal(c.waits, want) {
		t.Errorf("waited %v, want %v: not before a retry that is refused", c.waits, want)
	}
	if len(told) != 2 || told[1].Wait != 0 {
		t.Errorf("told of %+v", told)
	}
	got := s.Summary()
	if got.TotalCalls != 1 || got.PermanentFailures != 1 || got.Propagated != 0 || got.TotalAttempts != 2 || got.Retries != 1 {
		t.Errorf("counted %+v", got)
	}
	if st := b.State(); st.Refused != 1 || st.Tokens != 2 {
		t.Errorf("budget %+v", st)
	}
}

func TestTheLastAttemptTakesATokenButIsNotRefused(t *testing.T) {
	b := budget(t, 1, 0.5)
	p := &retry.Policy{MaxAttempts: 1, Budget: b}
	for range 3 { // first attempts are made whatever the budget says
		_, err := retry.Do(t.Context(), p, script(errRefused))
		if !errors.Is(err, retry.ErrExhausted) || errors.Is(err, retry.ErrBudget) {
			t.Errorf("got %v", err)
		}
	}
	if got := b.State(); got.Tokens != 0 || got.Refused != 0 {
		t.Errorf("budget %+v", got)
	}
}

func TestErrorsThatAreNotRetriedLeaveTheBudgetAlone(t *testing.T) {
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for name, tt := range map[string]struct {
		ctx context.Context
		err error
	}{
		"permanent":  {t.Context(), retry.Permanent(errRefused)},
		"in Never":   {t.Context(), errOpen},
		"cancelled":  {gone, errRefused},
		"not listed": {t.Context(), statusError{404}},
	} {
		b := budget(t, 10, 1)
		p := &retry.Policy{Budget: b, Never: []error{errOpen}, RetryOn: []retry.Match{retry.Is(errRefused)}}
		if _, err := retry.Do(tt.ctx, p, script(tt.err)); err != tt.err {
			t.Errorf("%s: got %v, want the very error", name, err)
		}
		if got := b.State(); got.Tokens != 10 || got.Refused != 0 {
			t.Errorf("%s: budget %+v", name, got)
		}
	}
}

func TestPoliciesMayShareABudget(t *testing.T) {
	c, reg, b := new(clock), retry.NewRegistry(), budget(t, 4, 1)
	p := retry.Policy{MaxAttempts: 2, Budget: b, Sleep: c.Sleep, Now: c.Now}
	wrapped, err := retry.Wrap(reg, "other", p, func(_ context.Context, fail bool) (int, error) {
		if fail {
			return 0, errRefused
		}
		return 1, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := retry.Do(t.Context(), &p, script(errRefused, errRefused)); !errors.Is(err, retry.ErrExhausted) {
		t.Errorf("the first: %v", err)
	}
	if _, err := wrapped(t.Context(), true); !errors.Is(err, retry.ErrBudget) {
		t.Errorf("the other one: %v", err)
	}
	for range 2 {
		_, _ = wrapped(t.Context(), false)
	}
	if got := b.State(); got.Tokens != 3 || !got.Allowed || got.Refused != 1 {
		t.Errorf("budget %+v", got)
	}
}

func TestAPolicyRefusesABudgetOutOfRange(t *testing.T) {
	for _, tt := range []struct {
		tokens int
		ratio  float64
		want   string
	}{
		{0, 1, "tokens is 0: want 1 to 1000"},
		{1001, 1, "tokens is 1001: want 1 to 1000"},
		{4, 0.0009, "ratio is 0.0009: want 0.001 to 1000"},
		{4, 1001, "ratio is 1001: want 0.001 to 1000"},
		{4, math.NaN(), "ratio is NaN: want 0.001 to 1000"},
	} {
		if b, err := retry.NewBudget(tt.tokens, tt.ratio); b != nil || err == nil || err.Error() != "retry budget: "+tt.want {
			t.Errorf("got %v, want %s", err, tt.want)
		}
	}
	zero := retry.Policy{Budget: new(retry.Budget)}
	if err := zero.Validate(); err == nil || !strings.Contains(err.Error(), "NewBudget") {
		t.Errorf("got %v", err)
	}
	if _, err := retry.Do(t.Context(), &zero, script(errRefused)); !errors.Is(err, retry.ErrBudget) {
		t.Errorf("a zero budget allowed a retry: %v", err)
	}
	if err := (retry.Policy{Budget: budget(t, 1, 1)}).Validate(); err != nil {
		t.Error(err)
	}
}

func TestTheRatioKeepsThreeDecimals(t *testing.T) {
	for ratio, want := range map[float64]float64{0.29: 0.29, 0.001: 0.001, 0.1239: 0.123, 1000: 1000, 1.001: 1.001} {
		if got := budget(t, 10, ratio).State().Ratio; got != want {
			t.Errorf("%v became %v, want %v", ratio, got, want)
		}
	}
}

// The identity of the counts holds with a budget too, and the budget is at every
// step what the sum of the attempts makes it.
func TestCallsAddUpWithABudget(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tokens := rapid.IntRange(1, 12).Draw(t, "tokens")
		milli := rapid.IntRange(1, 3000).Draw(t, "ratio")
		b, err := retry.NewBudget(tokens, float64(milli)/1000)
		if err != nil {
			t.Fatal(err)
		}
		c, s := new(clock), new(retry.Stats)
		p := &retry.Policy{MaxAttempts: 3, Budget: b, Stats: s, Sleep: c.Sleep, Now: c.Now, Never: []error{errOpen}}
		want, refused, failed := tokens*1000, uint64(0), uint64(0)
		for range rapid.IntRange(1, 40).Draw(t, "calls") {
			_, err := retry.Do(context.Background(), p, func(context.Context, int) (int, error) {
				switch rapid.IntRange(0, 4).Draw(t, "outcome") {
				case 0:
					return 0, errOpen
				case 1, 2:
					want = max(0, want-1000)
					return 0, errRefused
				}
				want = min(tokens*1000, want+milli)
				return 0, nil
			})
			if errors.Is(err, retry.ErrBudget) {
				refused++
			}
			if errors.Is(err, errRefused) {
				failed++
			}
			if errors.Is(err, retry.ErrBudget) && 2*want > tokens*1000 {
				t.Fatalf("refused with %d of %d thousandths", want, tokens*1000)
			}
		}
		got, state := s.Summary(), b.State()
		if got.TotalCalls != got.Successes+got.PermanentFailures+got.Propagated || got.PermanentFailures != failed {
			t.Fatalf("counted %+v, want %d permanent failures", got, failed)
		}
		if math.Round(state.Tokens*1000) != float64(want) || state.Refused != refused {
			t.Fatalf("budget %+v, want %d thousandths and %d refused", state, want, refused)
		}
	})
}

func TestConcurrentCallersLoseNoToken(t *testing.T) {
	b := budget(t, 1000, 0.5)
	for range 900 {
		b.Failure()
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				b.Success()
				b.Success()
				b.Failure()
			}
		})
	}
	wg.Wait()
	if got := b.State().Tokens; got != 100 {
		t.Errorf("%v tokens, want 100", got)
	}
}

func TestABudgetAllocatesNothing(t *testing.T) {
	b, ctx := budget(t, 10, 0.1), t.Context()
	p := &retry.Policy{Budget: b, Stats: retry.NewStats("S0")}
	if n := testing.AllocsPerRun(1000, func() {
		b.Failure()
		b.Success()
		_ = b.State()
		_, _ = retry.Do(ctx, p, func(context.Context, int) (float64, error) { return 1, nil })
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A share of the whole backoff is added to a hint, with the draw that would have spread
// the backoff itself.
func TestAHintAndJitterTogether(t *testing.T) {
	for _, tt := range []struct {
		name   string
		jitter retry.Jitter
		draw   float64
		max    time.Duration
		hints  []time.Duration
		want   []time.Duration
	}{
		{"full", retry.Full, 0.5, 0, []time.Duration{300 * ms, 300 * ms}, []time.Duration{350 * ms, 400 * ms}},
		{"equal, a short hint", retry.Equal, 0.25, 0, []time.Duration{60 * ms, 60 * ms}, []time.Duration{85 * ms, 110 * ms}},
		{"without jitter", retry.NoJitter, 0.75, 0, []time.Duration{80 * ms, 0}, []time.Duration{155 * ms, 200 * ms}},
		{"beyond the cap is no wait", retry.Full, 0.75, 40 * ms, []time.Duration{time.Hour, 0}, nil},
		{"the backoff is below the cap", retry.Full, 0.75, 40 * ms, []time.Duration{40 * ms, 0}, []time.Duration{70 * ms, 30 * ms}},
		{"a hint does not feed decorrelated jitter", retry.Decorrelated, 0.5, 0, []time.Duration{time.Second, 0}, []time.Duration{1150 * ms, 350 * ms}},
		{"a negative hint is none", retry.NoJitter, 0, 0, []time.Duration{-time.Hour, 0}, []time.Duration{100 * ms, 200 * ms}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, draws := new(clock), 0
			p := &retry.Policy{
				BaseDelay: 100 * ms, MaxDelay: tt.max, Jitter: tt.jitter, Sleep: c.Sleep, Now: c.Now,
				Rand: func() float64 { draws++; return tt.draw },
			}
			_, _ = retry.Do(t.Context(), p, script(busyError{tt.hints[0]}, busyError{tt.hints[1]}, nil))
			if !slices.Equal(c.waits, tt.want) {
				t.Errorf("waited %v, want %v", c.waits, tt.want)
			}
			if want := len(tt.want); tt.jitter != retry.NoJitter && draws != want {
				t.Errorf("%d draws, want %d: a hint must not shift the draws of later retries", draws, want)
			}
		})
	}
}

func ExampleBudget() {
	b, err := retry.NewBudget(4, 1.6)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &retry.Policy{MaxAttempts: 4, BaseDelay: retry.NoDelay, Budget: b}
	down := func(context.Context, int) (int, error) { return 0, errors.New("connection refused") }
	_, err = retry.Do(context.Background(), p, down)
	fmt.Println(err)
	fmt.Println(errors.Is(err, retry.ErrBudget), b.State().Tokens, "of", b.State().Max)
	// Output:
	// no retry budget after attempt 2: connection refused
	// true 2 of 4
}

func BenchmarkFirstAttemptSucceedsWithABudget(b *testing.B) {
	ctx, p := b.Context(), &retry.Policy{Stats: retry.NewStats("S0"), Budget: budget(b, 10, 0.1)}
	b.ReportAllocs()
	for b.Loop() {
		_, _ = retry.Do(ctx, p, func(context.Context, int) (float64, error) { return 1, nil })
	}
}
