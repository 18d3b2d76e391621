package engine

import (
	"context"
	"errors"
	"fmt"

	"resiltui/internal/engine/clock"
	"resiltui/internal/sensors"
	"resiltui/internal/words"
)

// errGone is a read that ended its own goroutine (runtime.Goexit).
var errGone = errors.New("sensor ended its goroutine")

// SensorPanicError is a panic in a sensor's read, which counts as a failure of that
// sensor and of nothing else.
type SensorPanicError struct{ Value any }

// Error names the panic in one line.
func (e *SensorPanicError) Error() string {
	return "sensor panicked: " + words.Clean(fmt.Sprint(e.Value), maxWords)
}

// readRecovered reads and turns a panic into an error.
func readRecovered(ctx context.Context, s sensors.Sensor, r sensors.Request) (reading sensors.Reading, err error) {
	defer func() {
		if v := recover(); v != nil {
			reading, err = sensors.Reading{}, &SensorPanicError{Value: v}
		}
	}()
	return s.Read(ctx, r)
}

// readIsolated reads in a new task, so that a read which ends its goroutine or
// ignores its deadline cannot block the client. A read that is given up
// continues in its task; its result is dropped, so it can change nothing any
// more.
func readIsolated(ctx context.Context, clk clock.Clock, s sensors.Sensor, r sensors.Request) (sensors.Reading, error) {
	type answer struct {
		reading sensors.Reading
		err     error
	}
	answers := make(chan answer, 1) // the read never waits for us
	g := clk.Group()
	g.Go(func() {
		reading, err := readRecovered(ctx, s, r)
		answers <- answer{reading, err}
	})
	if err := g.Wait(ctx); err != nil {
		return sensors.Reading{}, err
	}
	select {
	case a := <-answers:
		return a.reading, a.err
	default:
		return sensors.Reading{}, errGone
	}
}
