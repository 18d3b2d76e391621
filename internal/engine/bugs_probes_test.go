package engine_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// trip makes the calls that open the circuit, and waits until a probe is due.
func (b *bench) trip(t *testing.T) {
	t.Helper()
	b.read(t, 5)
	if s := b.client.Breaker().Snapshot().State; s != breaker.Open {
		t.Fatalf("it is %v after five failures", s)
	}
	b.sleep(t, 3*time.Second)
}

// badCalls are n calls that fail, and then what follows.
func badCalls(n int, then ...sensors.Plan) func(sensors.Request) sensors.Plan {
	return byCall(append(slices.Repeat([]sensors.Plan{bad("bad frame")}, n), then...)...)
}

func TestBugA3AProbeThatNeverReturnsReopensAndItsLateResultCountsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		released := make(chan struct{})
		r, clk := newRecorder(), clock.NewWall()
		sensor := &raw{info: sensors.Info{ID: "T"}, clk: clk, read: func(ctx context.Context, clk clock.Clock, q sensors.Request) (sensors.Reading, error) {
			if q.Call <= 5 {
				return failing(ctx, clk, q)
			}
			return deaf(released)(ctx, clk, q)
		}}
		c := newClient(t, r, clk, sensor, layers())
		for range 5 {
			c.Read(t.Context(), 0)
		}
		time.Sleep(3 * time.Second)
		probe, _ := c.Read(t.Context(), 0)
		if !probe.Probe || probe.Took != 900*ms+3*grace || probe.Circuit.State != breaker.Open {
			t.Errorf("%+v", probe)
		}
		before := c.Breaker().Snapshot()
		close(released)
		synctest.Wait()
		after := c.Breaker().Snapshot()
		if after.State != breaker.Open || after.Metrics != before.Metrics || after.Generation != before.Generation {
			t.Errorf("the late result changes it: %+v, then %+v", before, after)
		}
		time.Sleep(3 * time.Second)
		if next, _ := c.Read(t.Context(), 0); !next.Probe || next.Result != event.Live {
			t.Errorf("the next probe: %+v", next)
		}
	})
}

// Every way out of a probe gives its slot back: the next call is a probe again,
// or refused for a reason of its own.
func TestBugA4EveryWayOutOfAProbeGivesTheSlotBack(t *testing.T) {
	tests := []struct {
		name  string
		probe sensors.Plan
		after breaker.State
	}{
		{"success", good(1), breaker.HalfOpen},
		{"failure", bad("bad frame"), breaker.Open},
		{"timeout", hang(), breaker.Open},
		{"ignored", sensors.Plan{Err: breaker.Ignored(errOdd)}, breaker.HalfOpen},
		{"no files left here", sensors.Plan{Err: sensors.LocalError{Said: &sensors.ReadError{Text: sensors.TextTooManyFiles}}}, breaker.HalfOpen},
		{"cancelled by the sensor", sensors.Plan{Err: context.Canceled}, breaker.HalfOpen},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, layers(), badCalls(5, tt.probe, good(2)))
			b.trip(t)
			if c := b.read(t, 1)[0]; !c.Probe || c.Circuit.State != tt.after {
				t.Fatalf("%+v", c)
			}
			if n := b.client.Breaker().Snapshot().ProbesInFlight; n != 0 {
				t.Errorf("%d slots are taken", n)
			}
			b.sleep(t, 3*time.Second)
			if c := b.read(t, 1)[0]; !c.Probe || c.Result != event.Live {
				t.Errorf("the next call: %+v", c)
			}
		})
	}
}

func TestBugA4ACallerWhoLeavesDuringAProbeGivesTheSlotBack(t *testing.T) {
	b := newBench(t, layers(), badCalls(5, good(1)))
	b.trip(t)
	b.run(t, func(ctx context.Context) { b.leaveAfter(ctx, t, 20*ms) })
	if s := b.client.Breaker().Snapshot(); s.State != breaker.HalfOpen || s.ProbesInFlight != 0 || s.Metrics.IgnoredCalls != 1 {
		t.Errorf("%+v", s)
	}
	if c := b.read(t, 1)[0]; !c.Probe || c.Circuit.Good != 1 {
		t.Errorf("%+v", c)
	}
}

// leaveAfter makes a call and cancels it meanwhile.
func (b *bench) leaveAfter(ctx context.Context, t *testing.T, d time.Duration) {
	ctx, cancel := context.WithCancel(ctx)
	b.clock.Start(func() {
		_ = b.clock.Sleep(context.Background(), d)
		cancel()
	})
	if call, ok := b.client.Read(ctx, 0); ok {
		t.Errorf("a call that was cancelled is told: %+v", call)
	}
}

func TestBugB4NoRetryIsSpentOnAnOpenCircuit(t *testing.T) {
	b := newBench(t, layers(), badCalls(5, good(1)))
	b.read(t, 5)
	sent := len(b.sensor.requests())
	if c := b.read(t, 1)[0]; c.Attempts != 0 || c.Took != 0 || len(b.sensor.requests()) != sent {
		t.Errorf("a refused call: %+v", c)
	}
	// Nor on a circuit further in, which the sensor has of its own.
	inner := newBench(t, layers(), byCall(sensors.Plan{Err: &breaker.OpenError{State: breaker.Open}}))
	if c := inner.read(t, 1)[0]; c.Attempts != 1 || len(inner.sensor.requests()) != 1 || c.Result != event.Missing || c.Err != "OPEN, refused" {
		t.Errorf("%+v", c)
	}
}

// Calls that began while the circuit was closed end in the midst of a probe.
func TestBugC1ACallBegunWhileClosedDecidesNothingInHalfOpen(t *testing.T) {
	for name, late := range map[string]error{"success": nil, "failure": errOdd} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := layers()
				p.Timeout, p.Retry.MaxAttempts = 0, 1
				r, clk := newRecorder(), clock.NewWall()
				c := newClient(t, r, clk, &raw{info: sensors.Info{ID: "T"}, clk: clk, read: lateReads(late)}, p)
				calls := make(chan event.Call, 2)
				call := func() {
					got, _ := c.Read(context.Background(), 0)
					calls <- got
				}
				go call() // ends after 4 s
				synctest.Wait()
				for range 5 {
					c.Read(t.Context(), 0)
				}
				time.Sleep(3500 * ms)
				go call() // the probe, from 3.5 s to 5.5 s
				synctest.Wait()
				if got, _ := c.Read(t.Context(), 0); got.Result != event.FastFail || got.Err != "HALF_OPEN, refused" {
					t.Errorf("beside the probe: %+v", got)
				}
				old := <-calls
				s := c.Breaker().Snapshot()
				if old.Number != 1 || old.Probe || s.State != breaker.HalfOpen || s.Good != 0 || s.ProbesInFlight != 1 {
					t.Errorf("after the late %s: %+v, %+v", name, old, s)
				}
				if probe := <-calls; !probe.Probe || probe.Circuit.Good != 1 {
					t.Errorf("the probe: %+v", probe)
				}
			})
		})
	}
}

// lateReads are a first call that takes 4 s, five that fail at once, and then
// good ones of 2 s.
func lateReads(late error) read {
	return func(ctx context.Context, clk clock.Clock, q sensors.Request) (sensors.Reading, error) {
		switch {
		case q.Call == 1:
			_ = clk.Sleep(ctx, 4*time.Second)
			return sensors.Reading{Value: 1, At: clk.Now()}, late
		case q.Call <= 6:
			return failing(ctx, clk, q)
		default:
			return answers(2*time.Second)(ctx, clk, q)
		}
	}
}

// The sensor's first value of call 2 comes when call 3 has long been served a
// newer one: nobody waits for it any more.
func TestBugC3ATimedOutReadThatEndsLateOverwritesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := layers()
		p.Retry.MaxAttempts = 1
		r, clk := newRecorder(), clock.NewWall()
		released := make(chan struct{})
		c := newClient(t, r, clk, &raw{info: sensors.Info{ID: "T"}, clk: clk, read: func(ctx context.Context, clk clock.Clock, q sensors.Request) (sensors.Reading, error) {
			switch q.Call {
			case 1:
				return deaf(released)(ctx, clk, q)
			case 2:
				return answers(20*ms)(ctx, clk, q)
			default:
				return failing(ctx, clk, q)
			}
		}}, p)
		for range 2 {
			c.Read(t.Context(), 0)
		}
		before := c.Breaker().Metrics()
		close(released)
		synctest.Wait()
		got, _ := c.Read(t.Context(), 0)
		if got.Result != event.Stale || got.Value != 1 || got.SourceAt != 270*ms+grace {
			t.Errorf("%v %v of %v", got.Result, got.Value, got.SourceAt)
		}
		if before.FailureCalls != 1 || before.SuccessCalls != 1 || len(r.of(event.CallEnded)) != 3 {
			t.Errorf("%+v, %d calls are told", before, len(r.of(event.CallEnded)))
		}
	})
}

// Two callers of one client: the value that was true later is kept, whichever
// comes last.
func TestBugC3LastKnownGoodKeepsTheNewestSource(t *testing.T) {
	b := newBench(t, layers(), byCall(sensors.Plan{Latency: 200 * ms, Reading: sensors.Reading{Value: 1}}, good(2), bad("bad frame")))
	inner := b.sensor.read
	b.sensor.read = func(ctx context.Context, clk clock.Clock, q sensors.Request) (sensors.Reading, error) {
		reading, err := inner(ctx, clk, q)
		reading.At = q.At // true when it was asked
		return reading, err
	}
	b.run(t, func(ctx context.Context) {
		g := b.clock.Group()
		for range 2 {
			g.Go(func() { b.client.Read(ctx, 0) })
			_ = b.clock.Sleep(ctx, 10*ms)
		}
		_ = g.Wait(ctx)
	})
	if c := b.read(t, 1)[0]; c.Value != 2 || c.SourceAt != 10*ms {
		t.Errorf("it serves %v of %v", c.Value, c.SourceAt)
	}
}

func TestBugD5EverySensorHasABreakerOfItsOwn(t *testing.T) {
	r, s := playSession(t, pipeline(42, 30, inject(1, lasting(fault.Crash, 0), 3)))
	for i, b := range s.Breakers() {
		opened := len(transitions(r, i, breaker.Open)) > 0
		if want := i >= 2; opened != want || (b.Metrics().CircuitOpenCount > 0) != want {
			t.Errorf("S%d: opened is %v", i, opened)
		}
		for j, other := range s.Breakers() {
			if i != j && b == other {
				t.Errorf("S%d and S%d share a breaker", i, j)
			}
		}
	}
	if c := play(t, pipeline(42, 30, at(16, event.ToggleForced, 3))).calls(0); slices.ContainsFunc(c, func(c event.Call) bool { return !c.Admitted }) {
		t.Error("S0 is refused where S3 was forced open")
	}
}
