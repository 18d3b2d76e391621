package engine

import (
	"context"
	"sync/atomic"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
)

// timedReads are the concurrent reads of a naive batch, each with its timeout and no
// other policy. How long they take is measured with the clock.
type timedReads struct {
	clock  clock.Clock
	at     time.Duration // when the batch began
	group  clock.Group
	failed atomic.Bool
	last   atomic.Int64 // when the last read so far ended, in nanoseconds
}

// start begins a read that follows its plan. A read that would hang for ever,
// because it has no timeout, fails at once: end could not wait for it.
func (t *timedReads) start(ctx context.Context, plan sensors.Plan, limit time.Duration) {
	if plan.Hang && limit <= 0 {
		t.failed.Store(true)
		return
	}
	t.group.Go(func() {
		policy := timeout.Policy{After: limit, WithTimeout: t.clock.WithTimeout}
		_, err := timeout.Do(ctx, &policy, func(ctx context.Context) (struct{}, error) {
			takes := plan.Latency
			if plan.Hang {
				takes = 2 * limit // the limit ends it
			}
			if err := t.clock.Sleep(ctx, takes); err != nil {
				return struct{}{}, err
			}
			return struct{}{}, plan.Err
		})
		if err != nil {
			t.failed.Store(true)
		}
		for now := int64(t.clock.Now()); ; {
			if last := t.last.Load(); last >= now || t.last.CompareAndSwap(last, now) {
				return
			}
		}
	})
}

// end waits for all reads. It needs no context, because the reads end with
// theirs.
func (t *timedReads) end() (delivered bool, took time.Duration) {
	err := t.group.Wait(context.Background())
	return err == nil && !t.failed.Load(), max(time.Duration(t.last.Load())-t.at, 0)
}
