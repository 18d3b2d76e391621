package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

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
// more. One that ends soon after its deadline is asked for its error.
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
	err := g.Wait(ctx)
	late := errors.Is(err, context.DeadlineExceeded)
	if late {
		err = waitOn(ctx, clk, g)
	}
	if err != nil {
		return sensors.Reading{}, err
	}
	select {
	case a := <-answers:
		if late && a.err == nil {
			return sensors.Reading{}, sensors.WithPhases(context.DeadlineExceeded, a.reading.Phases)
		}
		return a.reading, a.err
	default:
		return sensors.Reading{}, errGone
	}
}

// lastWords is how long after its deadline a read is waited for: what it says then tells
// how far it had come.
const lastWords = 100 * time.Millisecond

// waitOn waits for a read beyond its deadline. It returns the error of the deadline
// where the read does not end.
func waitOn(ctx context.Context, clk clock.Clock, g clock.Group) error {
	ctx, cancel := clk.WithTimeout(context.WithoutCancel(ctx), lastWords)
	defer cancel()
	return g.Wait(ctx)
}
