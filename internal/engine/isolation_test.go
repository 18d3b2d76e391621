package engine_test

import (
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
)

// grace is how long a read that takes no notice of its deadline is waited for after it.
const grace = 100 * ms

// saying is a read that ends at its deadline, after some time, with what it says.
func saying(after time.Duration, reading sensors.Reading, said error) read {
	return func(ctx context.Context, clk clock.Clock, _ sensors.Request) (sensors.Reading, error) {
		if err := clk.Sleep(ctx, time.Hour); !errors.Is(err, context.DeadlineExceeded) {
			return sensors.Reading{}, err
		}
		_ = clk.Sleep(context.WithoutCancel(ctx), after)
		return reading, said
	}
}

func TestWhatAReadSaysAtItsDeadlineIsKept(t *testing.T) {
	late := sensors.LateError{Reached: "no connection", Err: context.DeadlineExceeded}
	for name, c := range map[string]struct {
		read     read
		err      string
		attempts int
	}{
		"how far it came":          {saying(0, sensors.Reading{}, late), "no connection within 250 ms", 3},
		"a moment later":           {saying(90*ms, sensors.Reading{}, late), "no connection within 250 ms", 3},
		"too late":                 {saying(110*ms, sensors.Reading{}, late), "no answer within 250 ms", 3},
		"that it must not be done": {saying(0, sensors.Reading{}, sensors.LastingError{Err: late}), "no connection within 250 ms", 1},
		"an answer that is late":   {saying(ms, sensors.Reading{Value: 666}, nil), "no answer within 250 ms", 3},
	} {
		config := realRun(member("slow", layers(), c.read))
		config.Batches = 1
		check := func(t *testing.T) {
			call := play(t, config).calls(0)[0]
			if call.Err != c.err || call.Attempts != c.attempts || call.Result != event.Missing || call.Outcome != breaker.Failure {
				t.Errorf("%v %q after %d attempts, %v", call.Result, call.Err, call.Attempts, call.Outcome)
			}
		}
		t.Run("wall: "+name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				check(t)
				time.Sleep(time.Second) // until the last read has ended too
			})
		})
		config.Real = false
		t.Run("virtual: "+name, check)
	}
}

// failing is a read that fails at once.
func failing(context.Context, clock.Clock, sensors.Request) (sensors.Reading, error) {
	return sensors.Reading{}, &sensors.ReadError{Text: "bad frame"}
}

// illBehaved are reads that do what no sensor should, with what is said of them.
func illBehaved() map[string]read {
	return map[string]read{
		"sensor panicked: a bug": func(context.Context, clock.Clock, sensors.Request) (sensors.Reading, error) {
			panic("a\nbug\x1b[31m\x00")
		},
		"sensor panicked: odd": func(context.Context, clock.Clock, sensors.Request) (sensors.Reading, error) {
			panic(errOdd)
		},
		"sensor ended its goroutine": func(context.Context, clock.Clock, sensors.Request) (sensors.Reading, error) {
			runtime.Goexit()
			return sensors.Reading{}, nil
		},
	}
}

// checkIllBehaved looks at a run of an ill-behaved sensor and a good one.
func checkIllBehaved(t *testing.T, r *recorder, want string) {
	t.Helper()
	for i, c := range r.calls(0) {
		if i < 5 && (c.Result != event.Missing || c.Err != want || c.Attempts != 3 || c.Outcome != breaker.Failure) {
			t.Errorf("call %d: %v %q after %d attempts", i+1, c.Result, c.Err, c.Attempts)
		}
	}
	if opened := transitions(r, 0, breaker.Open); len(opened) == 0 || opened[0].Change.Cause != want {
		t.Errorf("it does not open: %+v", opened)
	}
	calls := r.calls(1)
	for _, c := range calls {
		if c.Result != event.Live {
			t.Errorf("the other one is %v", c.Result)
		}
	}
	if len(calls) != 10 {
		t.Errorf("the other one is called %d times", len(calls))
	}
}

func TestAnIllBehavedSensorIsAFailureOfItsOwn(t *testing.T) {
	for want, fn := range illBehaved() {
		config := realRun(member("bad", layers(), fn), member("good", layers(), answers(20*ms)))
		config.Batches = 10
		t.Run("wall: "+want, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { checkIllBehaved(t, play(t, config), want) })
		})
		config.Real = false
		t.Run("virtual: "+want, func(t *testing.T) { checkIllBehaved(t, play(t, config), want) })
		t.Run("paced: "+want, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := startLive(t, config, 1)
				sub := l.hub.Subscribe()
				defer sub.Close()
				time.Sleep(time.Minute)
				checkIllBehaved(t, l.recorder, want)
				if events, lost := sub.Drain(nil); len(events) < 20 || lost != 0 {
					t.Errorf("a subscriber gets %d events and loses %d", len(events), lost)
				}
				if err := l.stop(); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A simulated sensor is trusted not to end its goroutine, but not to be without
// bugs.
func TestAPanicOfAPlannedSensorIsAFailure(t *testing.T) {
	b := newBench(t, layers(), inTurn(good(1)))
	b.sensor.read = illBehaved()["sensor panicked: odd"]
	if c := b.read(t, 1)[0]; c.Result != event.Missing || c.Err != "sensor panicked: odd" || c.Attempts != 3 {
		t.Errorf("%+v", c)
	}
}

func TestAPanicIsToldInOneCleanLine(t *testing.T) {
	e := &engine.SensorPanicError{Value: "a\nbug\x1b[2J" + strings.Repeat("x", 1000)}
	if text := e.Error(); strings.ContainsAny(text, "\n\x1b") || len(text) > 200 || !strings.HasPrefix(text, "sensor panicked: a bug") {
		t.Errorf("%q", text)
	}
}

func TestAVirtualReadThatIgnoresItsDeadlineIsLeftBehind(t *testing.T) {
	config := realRun(
		member("deaf", layers(), func(_ context.Context, clk clock.Clock, r sensors.Request) (sensors.Reading, error) {
			err := clk.Sleep(context.Background(), 2*time.Second)
			return sensors.Reading{Value: 666, At: r.At}, err
		}),
		member("good", layers(), answers(20*ms)))
	config.Real, config.Batches = false, 10
	r := play(t, config)
	checkIllBehaved(t, r, "no answer within 250 ms")
	for _, c := range r.calls(0) {
		if c.Served {
			t.Errorf("call %d serves %v", c.Number, c.Value)
		}
	}
}
