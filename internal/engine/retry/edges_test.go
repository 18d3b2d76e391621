package retry_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"resiltui/internal/engine/retry"
)

func TestTheFirstUnknownKindsHaveNoName(t *testing.T) {
	b, j := retry.Constant+1, retry.Decorrelated+1
	if got := b.String(); got != "Backoff(3)" {
		t.Errorf("the backoff is called %q", got)
	}
	if got := j.String(); got != "Jitter(4)" {
		t.Errorf("the jitter is called %q", got)
	}
	if text, err := b.MarshalText(); err == nil {
		t.Errorf("the backoff is written as %q", text)
	}
	if text, err := j.MarshalText(); err == nil {
		t.Errorf("the jitter is written as %q", text)
	}
}

func TestAResolvedPolicyIsTheOneThatIsFollowed(t *testing.T) {
	for _, tt := range []struct {
		set      retry.Policy
		attempts int
		base     time.Duration
	}{
		{retry.Policy{}, 3, 50 * time.Millisecond},
		{retry.Policy{MaxAttempts: -1, BaseDelay: -1}, 3, 50 * time.Millisecond},
		{retry.Policy{MaxAttempts: 1, BaseDelay: retry.NoDelay}, 1, retry.NoDelay},
		{retry.Policy{MaxAttempts: 5, BaseDelay: time.Second, MaxDelay: 2 * time.Second}, 5, time.Second},
	} {
		got := tt.set.Resolved()
		if got.MaxAttempts != tt.attempts || got.BaseDelay != tt.base || got.MaxDelay != tt.set.MaxDelay {
			t.Errorf("%+v gives %+v", tt.set, got)
		}
		if a, b := tt.set.Delay(1, 0, 0), got.Delay(1, 0, 0); a != b {
			t.Errorf("%+v waits %v, resolved %v", tt.set, a, b)
		}
		made := 0
		got.Sleep = func(context.Context, time.Duration) error { return nil }
		_, _ = retry.Do(t.Context(), &got, func(context.Context, int) (int, error) {
			made++
			return 0, errors.New("bad frame")
		})
		if made != tt.attempts {
			t.Errorf("%+v makes %d attempts", tt.set, made)
		}
	}
}

func TestTheLastOfEachKindIsValidAndTheNextIsNot(t *testing.T) {
	half := func() float64 { return 0.5 }
	if err := (retry.Policy{Backoff: retry.Constant, Jitter: retry.Decorrelated, Rand: half}).Validate(); err != nil {
		t.Error(err)
	}
	for _, p := range []retry.Policy{{Backoff: retry.Constant + 1}, {Jitter: retry.Decorrelated + 1, Rand: half}} {
		if p.Validate() == nil {
			t.Errorf("%v and %v are taken", p.Backoff, p.Jitter)
		}
	}
}

func TestWaitsAreExactUpToTheLongest(t *testing.T) {
	half := retry.Policy{BaseDelay: longest / 2, Backoff: retry.Linear}
	if got := half.Delay(2, 0, 0); got != longest-1 {
		t.Errorf("twice half of the longest is %d below it", longest-got)
	}
	full := retry.Policy{BaseDelay: longest, Jitter: retry.Full}
	if got := full.Delay(1, 0, 1); got != longest {
		t.Errorf("all of the longest is %v", got)
	}
}

func TestAWaitOfZeroDoesNotSleep(t *testing.T) {
	p := &retry.Policy{BaseDelay: retry.NoDelay, Sleep: func(context.Context, time.Duration) error {
		t.Error("it sleeps")
		return nil
	}}
	if v, err := retry.Do(t.Context(), p, script(errRefused, nil)); v != 2 || err != nil {
		t.Errorf("%d, %v", v, err)
	}
}

func TestRandIsDrawnFromWithJitterOnly(t *testing.T) {
	for _, tt := range []struct {
		jitter retry.Jitter
		rand   bool
		draws  int
		want   []time.Duration
	}{
		{retry.NoJitter, true, 0, []time.Duration{50 * ms, 100 * ms}},
		{retry.Full, true, 2, []time.Duration{10 * ms, 20 * ms}},
		{retry.Full, false, 0, []time.Duration{25 * ms, 50 * ms}}, // as if it drew 0.5
	} {
		c, draws := new(clock), 0
		p := &retry.Policy{Jitter: tt.jitter, Sleep: c.Sleep, Now: c.Now}
		if tt.rand {
			p.Rand = func() float64 { draws++; return 0.2 }
		}
		_, _ = retry.Do(t.Context(), p, script(errRefused, errRefused, nil))
		if draws != tt.draws || !slices.Equal(c.waits, tt.want) {
			t.Errorf("%v, Rand %v: %d draws, waits %v", tt.jitter, tt.rand, draws, c.waits)
		}
	}
}

func TestAnOutcomeBeyondTheLastIsNotCounted(t *testing.T) {
	s := retry.NewStats("S1")
	s.RecordCall(retry.Propagated + 1)
	if got := s.Summary().TotalCalls; got != 0 {
		t.Errorf("%d calls", got)
	}
}

// However a call ends, every attempt of it is told, the last one without a wait.
func TestEveryAttemptIsToldWhereverTheCallEnds(t *testing.T) {
	empty, err := retry.NewBudget(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	permanent := retry.Permanent(errRefused)
	for _, tt := range []struct {
		name   string
		budget *retry.Budget
		errs   []error
		want   []retry.Attempt
	}{
		{"at the first", nil, []error{nil}, []retry.Attempt{{Number: 1, Start: time.Second, Took: 10 * ms}}},
		{"not retried", nil, []error{permanent}, []retry.Attempt{{Number: 1, Start: time.Second, Took: 10 * ms, Err: permanent}}},
		{"attempts ran out", nil, []error{errRefused, errRefused}, []retry.Attempt{
			{Number: 1, Start: time.Second, Took: 10 * ms, Err: errRefused, Wait: 50 * ms},
			{Number: 2, Start: 1060 * ms, Took: 10 * ms, Err: errRefused},
		}},
		{"no budget", empty, []error{errRefused}, []retry.Attempt{{Number: 1, Start: time.Second, Took: 10 * ms, Err: errRefused}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := &clock{now: time.Second}
			var got []retry.Attempt
			p := &retry.Policy{
				MaxAttempts: 2, Budget: tt.budget, Sleep: c.Sleep, Now: c.Now,
				OnAttempt: func(a retry.Attempt) { got = append(got, a) },
			}
			answer := script(tt.errs...)
			_, err := retry.Do(t.Context(), p, func(ctx context.Context, n int) (int, error) {
				c.now += 10 * ms
				return answer(ctx, n)
			})
			if last := tt.errs[len(tt.errs)-1]; !errors.Is(err, last) {
				t.Errorf("it returns %v", err)
			}
			if diff := cmp.Diff(tt.want, got, cmpopts.EquateErrors()); diff != "" {
				t.Error(diff)
			}
		})
	}
}
