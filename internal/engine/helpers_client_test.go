package engine_test

import (
	"context"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

// layers is the policy of the pipeline.
func layers() policy.Policy {
	return policy.Policy{
		Timeout:  250 * time.Millisecond,
		Retry:    retry.Policy{MaxAttempts: 3, BaseDelay: 50 * time.Millisecond, Backoff: retry.Exponential},
		Breaker:  breaker.Settings{FailureThreshold: 5, OpenFor: 3 * time.Second, SuccessesToClose: 2, MaxProbes: 1},
		Strategy: "last-known-good",
	}
}

// bench is one client on a virtual clock with all its events.
type bench struct {
	*recorder
	clock  *clock.Virtual
	client *engine.Client
	sensor *told
}

// newBench puts a told sensor behind a policy.
func newBench(t testing.TB, p policy.Policy, plan func(sensors.Request) sensors.Plan) *bench {
	t.Helper()
	b := &bench{recorder: newRecorder(), clock: clock.NewVirtual()}
	b.sensor = newTold(b.clock, plan)
	b.client = newClient(t, b.recorder, b.clock, b.sensor, p)
	return b
}

func newClient(t testing.TB, r *recorder, clk clock.Clock, s sensors.Sensor, p policy.Policy) *engine.Client {
	t.Helper()
	c, err := engine.NewClient(engine.ClientConfig{Clock: clk, Sensor: s, Hub: r.hub, Seed: 1, Policy: p})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// run carries out fn as the root task of the clock, to its end. fn must not end
// the test itself.
func (b *bench) run(t testing.TB, fn func(ctx context.Context)) {
	t.Helper()
	b.clock.Start(func() { fn(context.Background()) })
	if err := b.clock.Run(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// read makes n calls, one at once after the other, and returns them.
func (b *bench) read(t testing.TB, n int) []event.Call {
	t.Helper()
	b.run(t, func(ctx context.Context) {
		for range n {
			if _, ok := b.client.Read(ctx, 0); !ok {
				t.Error("the call was cut short")
			}
		}
	})
	calls := b.calls(0)
	return calls[len(calls)-n:]
}

// sleep lets virtual time pass.
func (b *bench) sleep(t testing.TB, d time.Duration) {
	t.Helper()
	b.run(t, func(ctx context.Context) {
		if err := b.clock.Sleep(ctx, d); err != nil {
			t.Error(err)
		}
	})
}
