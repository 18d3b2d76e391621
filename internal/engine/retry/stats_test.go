package retry_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resiltui/internal/engine/retry"
)

func TestEmptyStatisticsHaveNoRates(t *testing.T) {
	s := retry.NewStats("S0")
	text, err := json.Marshal(s.Summary())
	want := `{"name":"S0","totalCalls":0,"successes":0,"totalAttempts":0,"retries":0,"failedAttempts":0,"successfulRetries":0,` +
		`"permanentFailures":0,"propagated":0,"totalDelaySeconds":0,"successRate":null,"retrySuccessRate":null,"retryRate":null,` +
		`"averageDelayPerPermanentFailureSeconds":null}`
	if err != nil || string(text) != want {
		t.Errorf("got  %s\nwant %s (%v)", text, want, err)
	}
	if _, ok := s.SuccessRate(); ok {
		t.Error("there is a success rate of no calls")
	}
}

func TestRatesHaveTheDenominatorsOfTheirDefinitions(t *testing.T) {
	c, s := new(clock), retry.NewStats("S1")
	p := &retry.Policy{Sleep: c.Sleep, Now: c.Now, Stats: s}
	for _, errs := range [][]error{
		{nil},
		{nil},
		{nil},
		{errRefused, nil},
		{errRefused, errRefused, nil},
		{errRefused, errRefused, errRefused},
		{retry.Permanent(errRefused)},
	} {
		_, _ = retry.Do(t.Context(), p, script(errs...))
	}
	rate := func(x float64) *float64 { return &x }
	want := retry.Summary{
		Name: "S1", TotalCalls: 7, Successes: 5, TotalAttempts: 12, Retries: 5, FailedAttempts: 7,
		SuccessfulRetries: 2, PermanentFailures: 1, Propagated: 1, TotalDelaySeconds: 0.35,
		SuccessRate: rate(0.714286), RetrySuccessRate: rate(0.666667), RetryRate: rate(0.714286),
		AverageDelayPerPermanentFailureSeconds: rate(0.35),
	}
	if diff := cmp.Diff(want, s.Summary()); diff != "" {
		t.Error(diff)
	}
	if r, ok := s.SuccessRate(); !ok || r != 0.714286 {
		t.Errorf("success rate %v, %v", r, ok)
	}
}

func TestStatisticsCanBeKeptByHand(t *testing.T) {
	s := new(retry.Stats)
	s.RecordAttempt(false, 50*ms)
	s.RecordAttempt(true, 0)
	s.RecordCall(retry.Saved)
	s.RecordAttempt(false, -ms) // a negative wait is none
	s.RecordCall(retry.Exhausted)
	s.RecordCall(retry.Outcome(9)) // no outcome, not counted
	got := s.Summary()
	if got.TotalCalls != 2 || got.TotalAttempts != 3 || got.Retries != 1 || got.FailedAttempts != 2 || got.SuccessfulRetries != 1 || got.PermanentFailures != 1 || got.TotalDelaySeconds != 0.05 {
		t.Errorf("counted %+v", got)
	}
}

func TestMoreCallsThanAttemptsAreNoNegativeRetries(t *testing.T) {
	s := new(retry.Stats)
	s.RecordCall(retry.Propagated)
	if got := s.Summary(); got.Retries != 0 {
		t.Errorf("%d retries", got.Retries)
	}
}

// Whatever calls do, the counts add up, and also in the midst of a call.
func TestCallsAddUpWhateverHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, s := new(clock), new(retry.Stats)
		check := func() {
			got := s.Summary()
			if got.TotalCalls != got.Successes+got.PermanentFailures+got.Propagated {
				t.Fatalf("calls do not add up: %+v", got)
			}
			if got.TotalAttempts != got.TotalCalls+got.Retries || got.FailedAttempts != got.TotalAttempts-got.Successes {
				t.Fatalf("attempts do not add up: %+v", got)
			}
		}
		calls := rapid.IntRange(1, 20).Draw(t, "calls")
		attempts := 0
		for range calls {
			ctx, cancel := context.WithCancel(context.Background())
			p := &retry.Policy{
				MaxAttempts: rapid.IntRange(1, 4).Draw(t, "max"), Never: []error{errOpen},
				Sleep: c.Sleep, Now: c.Now, Stats: s,
			}
			func() {
				defer cancel()
				defer func() { _ = recover() }()
				_, _ = retry.Do(ctx, p, func(ctx context.Context, _ int) (int, error) {
					attempts++
					switch rapid.SampledFrom([]string{"ok", "fail", "fail", "open", "cancel", "panic"}).Draw(t, "attempt") {
					case "ok":
						return 1, nil
					case "open":
						return 0, errOpen
					case "cancel":
						cancel()
						return 0, ctx.Err()
					case "panic":
						panic("read")
					}
					return 0, errRefused
				})
			}()
			check()
		}
		if got := s.Summary(); got.TotalCalls != uint64(calls) || got.TotalAttempts != uint64(attempts) {
			t.Fatalf("%d calls with %d attempts counted as %+v", calls, attempts, got)
		}
	})
}

func TestConcurrentCallsAreAllCounted(t *testing.T) {
	reg := retry.NewRegistry()
	const workers, each = 8, 200
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range each {
				call, err := retry.Wrap(reg, fmt.Sprintf("S%d", i%5), retry.Policy{BaseDelay: retry.NoDelay},
					func(_ context.Context, n int) (int, error) {
						if n%2 == 1 {
							return 0, errRefused
						}
						return n, nil
					})
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = call(t.Context(), i)
				for _, s := range reg.Summaries() {
					if s.SuccessRate != nil && *s.SuccessRate > 1 {
						t.Errorf("a success rate above 1: %+v", s)
					}
				}
			}
		})
	}
	wg.Wait()
	var calls, exhausted uint64
	for _, s := range reg.Summaries() {
		calls += s.TotalCalls
		exhausted += s.PermanentFailures
	}
	if calls != workers*each || exhausted != workers*each/2 {
		t.Errorf("%d calls and %d permanent failures, want %d and %d", calls, exhausted, workers*each, workers*each/2)
	}
}

func TestTheRegistryMakesAndKeepsEntries(t *testing.T) {
	reg := retry.NewRegistry()
	b, a := reg.Get("b"), reg.Get("a")
	if a == b || reg.Get("a") != a {
		t.Error("an entry is not its name's own")
	}
	if got := reg.Names(); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("names %v", got)
	}
	if got := reg.Summaries(); len(got) != 2 || got[0].Name != "a" || got[1].Name != "b" {
		t.Errorf("summaries %v", got)
	}
}

func TestBugF9TheRegistryIsBounded(t *testing.T) {
	reg := retry.NewRegistry()
	first := reg.Get("user 0")
	for i := range 10 * retry.MaxNames {
		reg.Get(fmt.Sprintf("user %d", i)).RecordCall(retry.Succeeded)
	}
	if n := len(reg.Names()); n != retry.MaxNames+1 {
		t.Errorf("%d names, want %d and one", n, retry.MaxNames)
	}
	if got := reg.Get("one more").Summary(); got.Name != retry.Other || got.TotalCalls != 9*retry.MaxNames {
		t.Errorf("the names beyond the bound: %+v", got)
	}
	if reg.Get("user 0") != first {
		t.Error("a name within the bound lost its entry")
	}
}

func TestTheReportEscapesNamesAndTellsWriteErrors(t *testing.T) {
	reg := retry.NewRegistry()
	reg.Get("a\x1b[2Jb\tc")
	var out strings.Builder
	if err := reg.Report(&out); err != nil {
		t.Fatal(err)
	}
	if strings.ContainsAny(out.String(), "\x1b\t") {
		t.Errorf("control characters in %q", out.String())
	}
	full := errors.New("disk full")
	if err := reg.Report(brokenWriter{full}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type brokenWriter struct{ err error }

func (w brokenWriter) Write([]byte) (int, error) { return 0, w.err }

func TestWrapRefusesWhatCannotWork(t *testing.T) {
	fn := func(context.Context, string) (int, error) { return 1, nil }
	reg := retry.NewRegistry()
	for name, wrap := range map[string]func() error{
		"no registry": func() error { _, err := retry.Wrap(nil, "f", retry.Policy{}, fn); return err },
		"no name":     func() error { _, err := retry.Wrap(reg, "", retry.Policy{}, fn); return err },
		"no function": func() error { _, err := retry.Wrap[string, int](reg, "f", retry.Policy{}, nil); return err },
		"max attempts": func() error {
			_, err := retry.Wrap(reg, "f", retry.Policy{MaxAttempts: -1}, fn)
			return err
		},
	} {
		if err := wrap(); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := len(reg.Names()); n != 0 {
		t.Errorf("a refused wrapper left %d names behind", n)
	}
}

func TestAWrapperKeepsItsOwnLists(t *testing.T) {
	never, retryOn := []error{errOpen}, []retry.Match{retry.Is(errRefused), retry.Is(errOpen)}
	attempts := 0
	call, err := retry.Wrap(retry.NewRegistry(), "f", retry.Policy{Never: never, RetryOn: retryOn, BaseDelay: retry.NoDelay},
		func(_ context.Context, err error) (int, error) { attempts++; return 0, err })
	if err != nil {
		t.Fatal(err)
	}
	never[0], retryOn[0] = errRefused, retry.Is(errOpen)
	if _, err := call(t.Context(), errOpen); err != errOpen || attempts != 1 {
		t.Errorf("%d attempts, error %v", attempts, err)
	}
	if _, err := call(t.Context(), errRefused); !errors.Is(err, retry.ErrExhausted) || attempts != 4 {
		t.Errorf("%d attempts, error %v", attempts, err)
	}
}
