package seeds

import (
	"context"
	"errors"
	"math"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestTheResultsAreInTheOrderOfTheSeedsWhateverTheWorkers(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 3, 64} {
		got, err := Each(t.Context(), 7, 5, workers, nil, func(_ context.Context, seed uint64) (uint64, error) { return 10 * seed, nil })
		if diff := cmp.Diff([]uint64{70, 80, 90, 100, 110}, got); diff != "" || err != nil {
			t.Errorf("%d workers: %v %s", workers, err, diff)
		}
	}
}

func TestRunsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		first uint64
		n     int
		want  string
	}{
		{1, 0, "at least 1, not 0"},
		{1, -3, "at least 1, not -3"},
		{math.MaxUint64, 2, "the last seed would be more than 18446744073709551615"},
		{math.MaxUint64 - 3, 5, "the last seed would be more than 18446744073709551615"},
	} {
		got, err := Each(t.Context(), c.first, c.n, 1, nil, func(context.Context, uint64) (int, error) { return 0, nil })
		if err == nil || !strings.Contains(err.Error(), c.want) || got != nil {
			t.Errorf("%+v gave %v, %v", c, got, err)
		}
	}
}

func TestEachSeedRunsOnceAndProgressCountsThem(t *testing.T) {
	var seeds [20]atomic.Int32
	var done []int
	_, err := Each(t.Context(), 100, 20, 4, func(n int) { done = append(done, n) },
		func(_ context.Context, seed uint64) (int, error) { seeds[seed-100].Add(1); return 0, nil })
	if err != nil {
		t.Fatal(err)
	}
	for i := range seeds {
		if seeds[i].Load() != 1 {
			t.Errorf("seed %d ran %d times", 100+i, seeds[i].Load())
		}
	}
	want := make([]int, 20)
	for i := range want {
		want[i] = i + 1
	}
	if diff := cmp.Diff(want, done); diff != "" {
		t.Error(diff)
	}
}

// In fake time the other runs are still under way when the failures are noticed.
func TestOfSeveralFailuresTheFirstSeedsIsReported(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const workers = 4
		var ran atomic.Int32
		_, err := Each(t.Context(), 10, 1000, workers, nil, func(_ context.Context, seed uint64) (int, error) {
			ran.Add(1)
			switch seed {
			case 11: // fails last
				time.Sleep(time.Millisecond)
				return 0, errors.New("early seed")
			case 13:
				return 0, errors.New("late seed")
			}
			time.Sleep(time.Second)
			return 0, nil
		})
		if err == nil || err.Error() != "run 2 of 1000, seed 11: early seed" {
			t.Errorf("got %v", err)
		}
		if n := ran.Load(); n != workers {
			t.Errorf("%d runs, not only the %d that were under way at the failure", n, workers)
		}
	})
}

func TestCancellingEndsTheRuns(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Each(ctx, 0, 1000, 2, func(done int) {
		if done == 3 {
			cancel()
		}
	}, func(context.Context, uint64) (int, error) { return 0, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
