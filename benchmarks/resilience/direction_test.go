package resilience

import (
	"context"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"
	"github.com/sony/gobreaker/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/policy"
	"resiltui/internal/export"
)

// judge is told the outcomes of calls one by one, and says whether its circuit is open.
type judge func(failed bool) (open bool)

// number reads a number out of exported code: that of a group of the pattern.
func number(t *testing.T, code, pattern string, group int) float64 {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(code)
	if found == nil {
		t.Fatalf("no %s in\n%s", pattern, code)
	}
	n, err := strconv.ParseFloat(found[group], 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// exportedFailsafe is a breaker with the rule that the exported code has.
func exportedFailsafe(t *testing.T, code string, span time.Duration) judge {
	t.Helper()
	builder := circuitbreaker.NewBuilder[int]().WithDelay(time.Hour)
	if span > 0 {
		const rule = `WithFailureRateThreshold\(([0-9.]+), (\d+),`
		builder = builder.WithFailureRateThreshold(number(t, code, rule, 1), uint(number(t, code, rule, 2)), span)
	} else {
		const rule = `WithFailureThresholdRatio\((\d+), (\d+)\)`
		builder = builder.WithFailureThresholdRatio(uint(number(t, code, rule, 1)), uint(number(t, code, rule, 2)))
	}
	b := builder.Build()
	return func(failed bool) bool {
		b.TryAcquirePermit()
		if failed {
			b.RecordError(errDown)
		} else {
			b.RecordSuccess()
		}
		return b.IsOpen()
	}
}

// exportedGobreaker is the same of gobreaker.
func exportedGobreaker(t *testing.T, code string, span time.Duration, buckets int) judge {
	t.Helper()
	const rule = `judged >= (\d+) && float64\(c.TotalFailures\) >= ([0-9.]+)\*float64\(judged\)`
	volume, rate := uint32(number(t, code, rule, 1)), number(t, code, rule, 2)
	b := gobreaker.NewCircuitBreaker[int](gobreaker.Settings{
		Interval: span, BucketPeriod: span / time.Duration(buckets), Timeout: time.Hour,
		ReadyToTrip: func(c gobreaker.Counts) bool {
			judged := c.TotalSuccesses + c.TotalFailures
			return judged >= volume && float64(c.TotalFailures) >= rate*float64(judged)
		},
	})
	return func(failed bool) bool {
		_, _ = b.Execute(func() (int, error) {
			if failed {
				return 0, errDown
			}
			return 1, nil
		})
		return b.State() == gobreaker.StateOpen
	}
}

func ours(t *testing.T, p policy.Policy) judge {
	t.Helper()
	b := newBreaker(t, p)
	return func(failed bool) bool {
		_, _ = breaker.Do(context.Background(), b, func(context.Context) (int, error) {
			if failed {
				return 0, errDown
			}
			return 1, nil
		})
		return b.Status().State == breaker.Open
	}
}

// race plays random outcomes to both until both are open or the outcomes end, and
// counts how often the second opens earlier and later than the first.
func race(gap time.Duration, build func() (first, second judge)) (earlier, later int) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 9))
		bad := []float64{0.2, 0.3, 0.38, 0.47, 0.7, 1}[rng.IntN(6)]
		a, b := build()
		at := [2]int{999, 999}
		for k := range 400 {
			time.Sleep(gap)
			failed := rng.Float64() < bad
			for i, j := range []judge{a, b} {
				if at[i] == 999 && j(failed) {
					at[i] = k
				}
			}
		}
		if at[1] < at[0] {
			earlier++
		}
		if at[1] > at[0] {
			later++
		}
	}
	return earlier, later
}

// comments are the sentences of exported code that warn of what a library lacks.
func comments(code string) string {
	var b strings.Builder
	for line := range strings.Lines(code) {
		if text, ok := strings.CutPrefix(strings.TrimSpace(line), "// "); ok {
			b.WriteString(text + " ")
		}
	}
	return b.String()
}

func rated(w breaker.Window, volume int, rate float64) policy.Policy {
	return policy.Policy{Breaker: breaker.Settings{
		FailureThreshold: breaker.NoThreshold, Window: w, MinVolume: volume, FailureRate: rate, OpenFor: time.Hour,
	}}
}

// What the comments say of windows is what a run of both shows: it trips earlier, or
// later, or both, or they agree. Nothing leaves the windows by time.
func TestTheCommentsOnWindowsWarnInTheRightDirection(t *testing.T) {
	const long = 1000 * time.Hour
	for _, p := range []policy.Policy{
		rated(breaker.Window{Calls: 20}, 5, 0.5), rated(breaker.Window{Calls: 20}, 20, 0.5), rated(breaker.Window{Calls: 20}, 15, 0.5),
		rated(breaker.Window{Calls: 10}, 10, 1), rated(breaker.Window{Calls: 10}, 1, 0.1), rated(breaker.Window{Calls: 8}, 6, 0.29),
		rated(breaker.Window{Span: long}, 121, 0.5), rated(breaker.Window{Span: long}, 10, 0.4), rated(breaker.Window{Span: long}, 60, 0.302),
		rated(breaker.Window{Span: long}, 20, 0.365),
	} {
		w := p.Breaker.Window
		for _, format := range []string{"failsafe-go", "gobreaker"} {
			if format == "gobreaker" && w.Calls > 0 {
				continue // it has no such window, and says so
			}
			t.Run(fmt.Sprintf("%s %+v from %d", format, w, p.Breaker.MinVolume), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					code, err := export.Code(format, "S3", p)
					if err != nil {
						t.Fatal(err)
					}
					earlier, later := race(time.Millisecond, func() (judge, judge) {
						if format == "gobreaker" {
							return ours(t, p), exportedGobreaker(t, code, w.Span, breaker.DefaultBuckets)
						}
						return ours(t, p), exportedFailsafe(t, code, w.Span)
					})
					said := comments(code)
					if strings.Contains(said, "trips earlier") != (earlier > 0) || strings.Contains(said, "trips later") != (later > 0) {
						t.Errorf("of 300 it trips earlier in %d and later in %d; the comments say: %s", earlier, later, said)
					}
				})
			})
		}
	}
}

func TestTheCommentsSayHowManyStepsAWindowHas(t *testing.T) {
	p := rated(breaker.Window{Span: 20 * time.Second, Buckets: 2}, 4, 0.5)
	code, err := export.Code("failsafe-go", "S3", p)
	if err != nil {
		t.Fatal(err)
	}
	if want := "a window that moves in 2 steps; its windows move in 10"; !strings.Contains(comments(code), want) {
		t.Errorf("no %q in\n%s", want, code)
	}
	synctest.Test(t, func(t *testing.T) {
		earlier, later := race(1700*time.Millisecond, func() (judge, judge) { return ours(t, p), exportedFailsafe(t, code, 20*time.Second) })
		if earlier+later == 0 {
			t.Error("two steps are as good as ten")
		}
	})
	p.Breaker.Window.Buckets = 10
	if code, err = export.Code("failsafe-go", "S3", p); err != nil || strings.Contains(code, "moves in") {
		t.Errorf("%v\n%s", err, code)
	}
}
