package engine_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

// TestTransitionsComeInOrderFromManyCallersWhileSettingsChange is on the wall clock,
// and for the race detector too.
func TestTransitionsComeInOrderFromManyCallersWhileSettingsChange(t *testing.T) {
	clk, r := clock.NewWall(), newRecorder()
	defer clk.Stop()
	r.hub.Publish(event.Event{Kind: event.RunStarted, Run: &event.Run{
		Sensors: []event.Sensor{{Info: sensors.Info{ID: "T"}}},
	}})
	down := errors.New("down")
	sensor := &raw{info: sensors.Info{ID: "T"}, clk: clk}
	sensor.read = func(_ context.Context, _ clock.Clock, req sensors.Request) (sensors.Reading, error) {
		if req.Call/7%2 == 0 {
			return sensors.Reading{}, down
		}
		return sensors.Reading{Value: 1, At: req.At}, nil
	}
	policy := layers()
	policy.Retry = retry.Policy{MaxAttempts: 1}
	policy.Breaker = breaker.Settings{FailureThreshold: 1, OpenFor: time.Microsecond, SuccessesToClose: 1, MaxProbes: 4}
	client := newClient(t, r, clk, sensor, policy)
	var callers, tuner sync.WaitGroup
	var ended atomic.Bool
	for range 64 {
		callers.Go(func() {
			for range 60 {
				client.Read(context.Background(), 0)
			}
		})
	}
	tuner.Go(func() {
		for n := 0; !ended.Load(); n++ {
			p := policy
			p.Breaker.FailureThreshold, p.Breaker.SuccessesToClose = 1+n%3, 1+n%2
			if err := client.Tune(p); err != nil {
				t.Error(err)
			}
		}
	})
	callers.Wait()
	ended.Store(true)
	tuner.Wait()
	state, at, n := breaker.Closed, time.Duration(0), 0
	for _, e := range r.of(event.StateChanged) {
		if e.Change.From != state || e.At < at {
			t.Fatalf("transition %d, %v to %v at %v, does not follow on %v at %v", n+1, e.Change.From, e.Change.To, e.At, state, at)
		}
		state, at, n = e.Change.To, e.At, n+1
	}
	if n < 50 {
		t.Errorf("only %d transitions", n)
	}
}
