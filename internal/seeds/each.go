// Package seeds runs the same thing with many seeds, several at a time: a report, or
// the batches of a run, of which it keeps the results of the pipeline.
//
// The result depends on the seeds alone, never on how many run at a time or on which
// ends first. It computes no statistics: packages stats and report do, from what it
// returns.
package seeds

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
)

// Each calls run for the seeds first, first+1 and so on, n of them, as many at a time
// as there are workers (0 or less: GOMAXPROCS), and returns their results in the order
// of the seeds. progress, unless nil, is called by the caller's goroutine after every
// run with the number of runs that are done.
//
// It is an error when n is less than 1, when the last seed would not fit 64 bits, and
// when a run fails. Of several failures, the error is that of the first seed; ctx's
// error is returned unchanged. No goroutine is left when Each returns. With one
// worker, the runs are made on the caller's goroutine, so that a caller that recovers
// from panics also catches those of the runs.
func Each[T any](ctx context.Context, first uint64, n, workers int, progress func(done int),
	run func(ctx context.Context, seed uint64) (T, error),
) ([]T, error) {
	if n < 1 {
		return nil, fmt.Errorf("the number of runs must be at least 1, not %d", n)
	}
	if first > math.MaxUint64-uint64(n-1) {
		return nil, fmt.Errorf("%d runs from seed %d on: the last seed would be more than %d", n, first, uint64(math.MaxUint64))
	}
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	if min(workers, n) == 1 {
		return inTurn(ctx, first, n, progress, run)
	}
	results, errs := make([]T, n), make([]error, n)
	next := make(chan int)
	ended := make(chan bool)
	var group sync.WaitGroup
	for range min(workers, n) {
		group.Go(func() {
			for i := range next {
				if errs[i] = ctx.Err(); errs[i] == nil {
					results[i], errs[i] = run(ctx, first+uint64(i))
				}
				ended <- errs[i] == nil
			}
		})
	}
	deal(n, next, ended, progress)
	group.Wait()

	for i, err := range errs {
		if err != nil {
			return nil, failed(ctx, first, i, n, err)
		}
	}
	return results, nil
}

// inTurn is Each with one worker.
func inTurn[T any](ctx context.Context, first uint64, n int, progress func(done int),
	run func(ctx context.Context, seed uint64) (T, error),
) ([]T, error) {
	results := make([]T, n)
	for i := range results {
		err := ctx.Err()
		if err == nil {
			results[i], err = run(ctx, first+uint64(i))
		}
		if err != nil {
			return nil, failed(ctx, first, i, n, err)
		}
		if progress != nil {
			progress(i + 1)
		}
	}
	return results, nil
}

// failed adds the place of a run to its error.
func failed(ctx context.Context, first uint64, i, n int, err error) error {
	if errors.Is(err, ctx.Err()) {
		return err
	}
	return fmt.Errorf("run %d of %d, seed %d: %w", i+1, n, first+uint64(i), err)
}

// deal hands out the runs in order until all are done or one has failed. Runs
// before the one that failed are in progress or done by then, so the first
// failure by seed is always found.
func deal(runs int, next chan<- int, ended <-chan bool, progress func(int)) {
	i, done := 0, 0
	failed := false
	for done < i || (i < runs && !failed) {
		out := next
		if i == runs || failed {
			out = nil
		}
		select {
		case out <- i:
			i++
		case ok := <-ended:
			done++
			failed = failed || !ok
			if ok && progress != nil {
				progress(done)
			}
		}
	}
	close(next)
}
