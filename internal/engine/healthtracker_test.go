package engine_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
)

// healths are the changes of health of a run, one a line, each with the event before it.
func healths(events []event.Event) (all string) {
	for i, e := range events {
		if e.Kind != event.HealthChanged {
			continue
		}
		before := events[i-1]
		if before.Kind != event.CallEnded || before.Sensor != e.Sensor || before.At != e.At || before.Batch != e.Batch {
			all += fmt.Sprintf("not after its call: %+v, %+v\n", before, e)
		}
		h := e.Health
		all += fmt.Sprintf("%v call %d: %v to %v since %v (%s)\n", e.At, e.Batch, h.From, h.To, h.Since, h.Cause)
	}
	return all
}

func TestARealRunTellsTheHealthOfItsEndpoints(t *testing.T) {
	config := besideRun(member("a", layers(), byScript(".x.xxx.n.")))
	config.Thresholds = health.Thresholds{OutageAfter: 3}
	onWall(t, config, func(t *testing.T, l *live) {
		time.Sleep(9 * time.Second)
		const want = "20ms call 1: UNKNOWN to UP since 0s ()\n" +
			"5.02s call 6: UP to DOWN since 3s (connection refused)\n" +
			"6.02s call 7: DOWN to UP since 5.5s (connection refused)\n"
		if got := healths(l.all()); got != want {
			t.Errorf("%swant\n%s", got, want)
		}
		if got := l.of(event.RunStarted)[0].Run.Thresholds; got != config.Thresholds.Resolved() {
			t.Errorf("the run tells %+v", got)
		}
	})
}

// With the policies in the way, a call that a retry saved is an answer, of the time that
// its last attempt took, and a call that was refused is none.
func TestHealthIsWhatTheEndpointAnsweredWithPoliciesInTheWayToo(t *testing.T) {
	p := layers()
	p.Breaker.FailureThreshold, p.Breaker.OpenFor = 2, 2500*ms
	answer := func(ctx context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
		if r.Call == 1 && r.Attempt == 1 || r.Call == 3 || r.Call == 4 {
			return sensors.Reading{}, &sensors.ReadError{Text: "connection refused"}
		}
		return answers(20*ms)(ctx, clk, r)
	}
	config := realRun(member("a", p, answer))
	config.Thresholds = health.Thresholds{Slow: 40 * ms, SlowAnswers: 1}
	onWall(t, config, func(t *testing.T, l *live) {
		time.Sleep(7500 * ms)
		// The first call took 70 ms with its wait. The circuit opens with the fourth and
		// refuses two.
		const want = "70ms call 1: UNKNOWN to UP since 0s ()\n" +
			"3.15s call 4: UP to DOWN since 2s (connection refused)\n" +
			"6.02s call 7: DOWN to UP since 4.575s (connection refused)\n"
		if got := healths(l.all()); got != want {
			t.Errorf("%swant\n%s", got, want)
		}
	})
}

func TestNobodyFollowsTheHealthOfSimulatedSensors(t *testing.T) {
	config := pipeline(42, 30)
	config.Thresholds = health.Thresholds{OutageAfter: 1}
	r := play(t, config)
	if n := len(r.of(event.HealthChanged)); n != 0 {
		t.Errorf("%d changes", n)
	}
	if got := r.of(event.RunStarted)[0].Run.Thresholds; got != (health.Thresholds{}) {
		t.Errorf("the run has %+v", got)
	}
}

func TestThresholdsOutOfRangeAreRefused(t *testing.T) {
	config := realRun(member("a", layers(), answers(20*ms)))
	config.Thresholds.OutageAfter = -1
	if _, err := engine.NewSession(engine.Options{Hub: event.NewHub(), Build: func(uint64) (engine.Config, error) { return config, nil }}); err == nil {
		t.Error("they are taken")
	}
}
