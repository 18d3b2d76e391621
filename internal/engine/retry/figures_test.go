package retry_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/retry"
)

// With failure probability f and N retries a call succeeds with 1-f^(N+1) and
// makes (1-f^(N+1))/(1-f) attempts.
func TestSuccessAndAttemptsFollowTheFormulas(t *testing.T) {
	for _, tt := range []struct {
		f float64
		n int
	}{{0.5, 3}, {0.5, 0}, {0.1, 2}, {0.95, 2}, {0.9, 9}, {0.3, 1}} {
		t.Run(fmt.Sprintf("f=%v,N=%d", tt.f, tt.n), func(t *testing.T) {
			const calls = 20_000
			r, s := rand.New(rand.NewPCG(42, uint64(tt.n))), new(retry.Stats)
			p := &retry.Policy{MaxAttempts: tt.n + 1, BaseDelay: retry.NoDelay, Stats: s}
			for range calls {
				_, _ = retry.Do(t.Context(), p, func(context.Context, int) (int, error) {
					if r.Float64() < tt.f {
						return 0, errRefused
					}
					return 0, nil
				})
			}
			success := 1 - math.Pow(tt.f, float64(tt.n+1))
			got := s.Summary()
			if d := math.Abs(*got.SuccessRate - success); d > 0.01 {
				t.Errorf("success rate %v, want %v", *got.SuccessRate, success)
			}
			attempts := float64(got.TotalAttempts) / calls
			if want := success / (1 - tt.f); math.Abs(attempts-want) > 0.02*want {
				t.Errorf("%v attempts a call, want %v", attempts, want)
			}
		})
	}
}

func TestTheFirstSuccessAllocatesNothingAndReadsNoClock(t *testing.T) {
	p := &retry.Policy{
		Stats: retry.NewStats("S0"),
		Now:   func() time.Duration { t.Error("the clock was read"); return 0 },
		Rand:  func() float64 { t.Error("a number was drawn"); return 0 },
	}
	ctx := t.Context()
	if n := testing.AllocsPerRun(1000, func() {
		_, _ = retry.Do(ctx, p, func(context.Context, int) (float64, error) { return 1, nil })
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestValidateNamesEverySettingOutOfRange(t *testing.T) {
	if err := (retry.Policy{}).Validate(); err != nil {
		t.Errorf("the zero policy: %v", err)
	}
	bad := retry.Policy{
		MaxAttempts: -1, BaseDelay: -ms, MaxDelay: -ms, Backoff: 9, Jitter: 9,
		RetryOn: []retry.Match{nil}, Never: []error{nil},
	}
	err := bad.Validate()
	for _, part := range []string{"max attempts is -1", "base delay is -1ms", "max delay is -1ms", "unknown backoff 9", "unknown jitter 9", "needs Rand", "nil Match", "nil error"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%q is missing from: %v", part, err)
		}
	}
}
