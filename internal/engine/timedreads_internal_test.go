package engine

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/sensors"
)

// late is a wall clock that wakes sleepers late, as a busy machine does.
type late struct{ clock.Clock }

func (l late) Sleep(ctx context.Context, d time.Duration) error {
	return l.Clock.Sleep(ctx, d+7*time.Millisecond)
}

// A naive pipeline that is not timed takes what was planned, to the nanosecond.
func TestANaiveBatchOnTheWallClockTakesWhatTheClockSays(t *testing.T) {
	const ms = time.Millisecond
	odd := errors.New("odd")
	for name, c := range map[string]struct {
		plans     []sensors.Plan
		limit     time.Duration
		delivered bool
		took      time.Duration
	}{
		"the longest":      {[]sensors.Plan{{Latency: 20 * ms}, {Latency: 50 * ms}, {Latency: 30 * ms}}, 250 * ms, true, 57 * ms},
		"one that fails":   {[]sensors.Plan{{Latency: 20 * ms, Err: odd}, {Latency: 10 * ms}}, 250 * ms, false, 27 * ms},
		"the limit":        {[]sensors.Plan{{Latency: 400 * ms}, {Latency: 10 * ms}}, 250 * ms, false, 250 * ms},
		"late is too late": {[]sensors.Plan{{Latency: 249 * ms}}, 250 * ms, false, 250 * ms},
		"one that hangs":   {[]sensors.Plan{{Hang: true}}, 250 * ms, false, 250 * ms},
		"hung for ever":    {[]sensors.Plan{{Hang: true}, {Latency: 10 * ms}}, 0, false, 17 * ms},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				clk := late{clock.NewWall()}
				time.Sleep(time.Second) // a batch need not be the first
				reads := &timedReads{clock: clk, at: clk.Now(), group: clk.Group()}
				for _, p := range c.plans {
					reads.start(t.Context(), p, c.limit)
				}
				if delivered, took := reads.end(); delivered != c.delivered || took != c.took {
					t.Errorf("%v in %v, not %v in %v", delivered, took, c.delivered, c.took)
				}
			})
		})
	}
}

func TestTimedReadsEndWithTheRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		clk := clock.NewWall()
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
		defer cancel()
		reads := &timedReads{clock: clk, group: clk.Group()}
		reads.start(ctx, sensors.Plan{Latency: time.Hour}, 0)
		if delivered, took := reads.end(); delivered || took != 30*time.Millisecond {
			t.Errorf("%v in %v", delivered, took)
		}
	})
}
