package engine_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// runs takes the events of a session apart into its runs.
func runs(events []event.Event) (parts [][]event.Event) {
	for _, e := range events {
		if e.Kind == event.RunStarted {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], e)
	}
	return parts
}

func TestRestartStartsAnewWithTheSeed(t *testing.T) {
	inBubble(t, pipeline(42, 10), func(t *testing.T, l *live) {
		time.Sleep(3 * time.Second)
		l.do(event.Command{Op: event.SetSpeed, Speed: 2})
		l.do(event.Command{Op: event.Pause})
		l.do(event.Command{Op: event.Restart, Seed: 42})
		time.Sleep(time.Minute)
		l.do(event.Command{Op: event.Restart, Seed: 43})
		time.Sleep(time.Minute)
		parts := runs(l.all())
		if len(parts) != 3 {
			t.Fatalf("%d runs", len(parts))
		}
		for i, seed := range []uint64{42, 43} {
			got, want := withoutPace(parts[i+1]), withoutPace(play(t, pipeline(seed, 10)).all())
			if string(logOf(t, got)) != string(logOf(t, want)) {
				t.Errorf("run %d is not that of seed %d", i+2, seed)
			}
			if parts[i+1][0].Seq != 1 {
				t.Errorf("run %d is not numbered anew", i+2)
			}
			// The pace is the user's: the speed stays, a pause would be a riddle.
			if end := parts[i+1][len(parts[i+1])-1]; end.Kind != event.RunEnded || end.Taken.Speed != 2 || end.Taken.Paused {
				t.Errorf("run %d ends with %+v", i+2, end.Taken)
			}
		}
	})
}

// A run that has ended stays on the screen until it is started again, and the
// wish may come at any moment, also at that of the end.
func TestARestartAtTheVeryEndIsNotLost(t *testing.T) {
	const again = 40
	synctest.Test(t, func(t *testing.T) {
		r := newRecorder()
		s := newSession(t, r, pipeline(42, 1), engine.Options{Paced: true, Speed: 64})
		ended := 0 // belongs to who publishes
		r.on = func(e *event.Event) {
			if e.Kind == event.RunEnded {
				if ended++; ended <= again {
					s.Do(event.Command{Op: event.Restart, Seed: uint64(ended)})
				}
			}
		}
		l := goLive(t, r, s)
		time.Sleep(time.Minute)
		if n := len(l.of(event.RunEnded)); n != again+1 {
			t.Errorf("%d runs have ended, not %d", n, again+1)
		}
		select {
		case err := <-l.done:
			t.Fatalf("the session has ended: %v", err)
		default:
		}
		if err := l.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestOfManyRestartsAtOnceTheLastOneCounts(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(time.Second)
		l.session.Do(event.Command{Op: event.Restart, Seed: 1, Scenario: "retry"})
		for i := range 100 {
			l.session.Do(event.Command{Op: event.Restart, Seed: uint64(i)})
		}
		time.Sleep(time.Second)
		parts := runs(l.all())
		n := len(parts)
		if last := parts[n-1][0].Run; n < 2 || n > 102 || last.Seed != 99 || last.Scenario != "retry" {
			t.Errorf("%d runs, the last of %s with seed %d", n, last.Scenario, last.Seed)
		}
		if l.session.Now() != time.Second {
			t.Errorf("now is %v", l.session.Now())
		}
	})
}

func TestCommandsAfterTheEndAreHarmless(t *testing.T) {
	inBubble(t, pipeline(42, 2), func(t *testing.T, l *live) {
		time.Sleep(time.Minute)
		n := len(l.all())
		for op := event.Inject; op < event.Restart; op++ {
			l.do(event.Command{Op: op, Fault: lasting(fault.Crash, 0), Speed: 4})
		}
		if len(l.all()) != n {
			t.Errorf("%d events after the end", len(l.all())-n)
		}
	})
}

func TestWhatCannotBeBuiltIsKnownBeforeTheRun(t *testing.T) {
	broken := errors.New("broken")
	noSensor := pipeline(42, 0)
	noSensor.Members[1].New = func(uint64, clock.Clock) (sensors.Sensor, error) { return nil, broken }
	noMembers := pipeline(42, 0)
	noMembers.Members = nil
	tests := map[string]struct {
		build func(uint64) (engine.Config, error)
		want  string
	}{
		"no configuration": {func(uint64) (engine.Config, error) { return engine.Config{}, broken }, "broken"},
		"no sensor":        {func(uint64) (engine.Config, error) { return noSensor, nil }, "sensor S1: broken"},
		"not valid":        {func(uint64) (engine.Config, error) { return noMembers, nil }, "a run needs at least one sensor"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := engine.NewSession(engine.Options{Hub: event.NewHub(), Build: tt.build})
			if err == nil || err.Error() != tt.want {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestARestartThatCannotBeBuiltEndsTheSessionWithItsError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		r := newRecorder()
		s, err := engine.NewSession(engine.Options{Hub: r.hub, Paced: true, Build: func(seed uint64) (engine.Config, error) {
			if seed == 1 {
				return engine.Config{}, broken
			}
			return pipeline(seed, 0), nil
		}})
		if err != nil {
			t.Fatal(err)
		}
		l := goLive(t, r, s)
		l.do(event.Command{Op: event.Restart, Seed: 1})
		if err := <-l.done; !errors.Is(err, broken) {
			t.Error(err)
		}
	})
}

// closing is a sensor that counts how often it gave back what it holds.
type closing struct {
	raw
	closed *int
}

func (c *closing) Close() { *c.closed++ }

func TestSensorsAreClosedAtTheEndOfEachRun(t *testing.T) {
	made, closed := 0, 0
	config := pipeline(42, 3)
	config.Members[0].New = func(_ uint64, clk clock.Clock) (sensors.Sensor, error) {
		made++
		return &closing{raw{info: sensors.Info{ID: "S0"}, clk: clk, read: answers(ms)}, &closed}, nil
	}
	play(t, config)
	if made != 1 || closed != 1 { // NewSession makes it to see whether it can, and Run goes on with it
		t.Errorf("%d were made and %d closed", made, closed)
	}
}
