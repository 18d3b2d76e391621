package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// The bugs that only a setting avoids which the exercises have switched off.

// Without a timeout of the call, a probe that hangs is given up by its own time
// limit, when the next call comes.
func TestBugA3ProbeTimeoutReopensWhereCallsHaveNoTimeLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := layers()
		p.Timeout, p.Retry.MaxAttempts, p.Breaker.ProbeTimeout = 0, 1, time.Second
		released := make(chan struct{})
		r, clk := newRecorder(), clock.NewWall()
		c := newClient(t, r, clk, &raw{info: sensors.Info{ID: "T"}, clk: clk, read: func(ctx context.Context, clk clock.Clock, q sensors.Request) (sensors.Reading, error) {
			switch {
			case q.Call <= 5:
				return failing(ctx, clk, q)
			case q.Call == 6:
				return deaf(released)(ctx, clk, q)
			default:
				return sensors.Reading{Value: 1, At: q.At}, nil
			}
		}}, p)
		for range 5 {
			c.Read(t.Context(), 0)
		}
		time.Sleep(3 * time.Second)
		hung := make(chan event.Call, 1)
		go func() {
			call, _ := c.Read(context.Background(), 0)
			hung <- call
		}()
		synctest.Wait()
		refusedIn := func(want breaker.State) {
			t.Helper()
			if call, _ := c.Read(t.Context(), 0); call.Result != event.FastFail || c.Breaker().Snapshot().State != want {
				t.Errorf("%v, and then %v; want it refused in %v", call.Result, c.Breaker().Snapshot().State, want)
			}
		}
		time.Sleep(time.Second)
		refusedIn(breaker.HalfOpen) // the probe is not yet older than its limit
		time.Sleep(time.Nanosecond)
		refusedIn(breaker.Open)
		before := c.Breaker().Snapshot()
		close(released)
		if probe := <-hung; !probe.Probe {
			t.Errorf("it was no probe: %+v", probe)
		}
		after := c.Breaker().Snapshot()
		if before.Last.Reason != breaker.ProbeTimedOut || after.Generation != before.Generation || after.Metrics != before.Metrics {
			t.Errorf("the late result changes it: %+v, then %+v", before, after)
		}
		time.Sleep(3 * time.Second)
		for range 2 {
			c.Read(t.Context(), 0)
		}
		if s := c.Breaker().Snapshot().State; s != breaker.Closed {
			t.Errorf("two good probes leave it %v", s)
		}
	})
}

// Five circuits that open in one batch are not all probed in the same one later.
func TestBugH2OpenJitterKeepsAFleetOutOfLockStep(t *testing.T) {
	for _, tt := range []struct {
		name   string
		jitter float64
		apart  bool
	}{
		{"without jitter", 0, false},
		{"with jitter", 1, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			config := pipeline(42, 60, inject(1, lasting(fault.Crash, 0)))
			for i := range config.Members {
				p := &config.Members[i].Policy
				p.Retry.MaxAttempts, p.Breaker.FailureThreshold, p.Breaker.OpenJitter = 1, 1, tt.jitter
			}
			r := play(t, config)
			delays, batches := map[time.Duration]bool{}, map[int]bool{}
			for i := range config.Members {
				opened := transitions(r, i, breaker.Open)[0]
				if opened.Batch != 1 {
					t.Fatalf("S%d opens in batch %d", i, opened.Batch)
				}
				delays[opened.Change.OpenFor] = true
				batches[transitions(r, i, breaker.HalfOpen)[0].Batch] = true
				if d := opened.Change.OpenFor; d < 3*time.Second || d > 3*time.Second+time.Duration(tt.jitter*3e9) {
					t.Errorf("S%d is open for %v", i, d)
				}
			}
			if got := len(delays) == len(config.Members) && len(batches) > 1; got != tt.apart {
				t.Errorf("%d delays, probes in %d batches, of %d sensors", len(delays), len(batches), len(config.Members))
			}
			if !tt.apart && len(delays)+len(batches) != 2 {
				t.Errorf("without jitter there are %d delays, and probes in %d batches", len(delays), len(batches))
			}
		})
	}
}
