package engine_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/sensors"
)

// realRun is a run of real sensors, a second from read to read.
func realRun(members ...engine.Member) engine.Config {
	return engine.Config{Scenario: "watch", Seed: 1, Interval: time.Second, Real: true, Members: members}
}

// onWall runs fn on a live session of real sensors.
func onWall(t *testing.T, config engine.Config, fn func(t *testing.T, l *live)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		l := startLive(t, config, 1)
		fn(t, l)
		if err := l.stop(); err != nil {
			t.Error(err)
		}
	})
}

// every is the member with an interval of its own.
func every(m engine.Member, d time.Duration) engine.Member {
	m.Interval = d
	return m
}

// deaf takes no notice of its context: it answers when released is closed, with
// a value that was true when it was asked.
func deaf(released <-chan struct{}) read {
	return func(_ context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
		<-released
		return sensors.Reading{Value: 666, At: r.At}, nil
	}
}

// starts are when the calls of a sensor began.
func (l *live) starts(sensor int) (at []time.Duration) {
	for _, c := range l.calls(sensor) {
		at = append(at, c.Start)
	}
	return at
}

// steps are n times, one d after the other, from the first.
func steps(first, d time.Duration, n int) (at []time.Duration) {
	for i := range n {
		at = append(at, first+time.Duration(i)*d)
	}
	return at
}
