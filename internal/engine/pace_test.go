package engine_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// inBubble runs fn on the pipeline, live at normal speed.
func inBubble(t *testing.T, config engine.Config, fn func(t *testing.T, l *live)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { fn(t, startLive(t, config, 1)) })
}

func (l *live) batches() int { return len(l.of(event.BatchEnded)) }

// paceNow is what the readers of the events believe.
func (l *live) paceNow() (paused bool, speed float64) {
	s := l.snapshot()
	return s.Paused, s.Speed
}

func TestPauseStopsTheRunAndResumeGoesOn(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(2300 * ms)
		l.do(event.Command{Op: event.Pause})
		n := len(l.all())
		if paused, _ := l.paceNow(); !paused {
			t.Error("nobody is told of the pause")
		}
		time.Sleep(time.Hour)
		if len(l.all()) != n || l.session.Now() != 2300*ms {
			t.Errorf("%d events in the pause, and now is %v", len(l.all())-n, l.session.Now())
		}
		l.do(event.Command{Op: event.Resume})
		time.Sleep(2 * time.Second)
		if now := l.session.Now(); now != 4300*ms {
			t.Errorf("now is %v", now)
		}
		if said := texts(l.all()); !slices.Equal(said, []string{"you: paused", "you: goes on"}) {
			t.Errorf("%q", said)
		}
		if err := l.stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestToggleDoesWhicheverApplies(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		for _, want := range []bool{true, false, true} {
			l.do(event.Command{Op: event.Toggle})
			if paused, _ := l.paceNow(); paused != want {
				t.Errorf("paused is %v", paused)
			}
		}
	})
}

func TestAStepIsOneBatchAndAPause(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(2400 * ms)
		for i := range 4 {
			// What is under way is finished, and then the next one made whole.
			want := len(l.of(event.BatchStarted)) + 1
			l.do(event.Command{Op: event.Step})
			if begun, ended := len(l.of(event.BatchStarted)), l.batches(); begun != want || ended != want {
				t.Errorf("step %d: %d batches begun and %d ended, not %d", i, begun, ended, want)
			}
			time.Sleep(time.Minute)
			if l.batches() != want {
				t.Errorf("step %d: it goes on by itself", i)
			}
			if paused, _ := l.paceNow(); !paused {
				t.Errorf("step %d: nobody is told that it is paused", i)
			}
		}
		if said := texts(l.all()); len(said) != 0 {
			t.Errorf("a step needs no words, but it says %q", said)
		}
	})
}

func TestRunOnStopsAtTheNextChangeOfState(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		for i := range 5 {
			l.do(event.Command{Op: event.RunOn})
			changes := l.of(event.StateChanged)
			if len(changes) != i+1 {
				t.Fatalf("%d changes after %d runs", len(changes), i+1)
			}
			if now := l.session.Now(); now != changes[i].At {
				t.Errorf("it stands at %v, the change was at %v", now, changes[i].At)
			}
			if paused, _ := l.paceNow(); !paused {
				t.Error("nobody is told that it is paused")
			}
		}
	})
}

func TestRunOnGivesUpAfterTenMinutes(t *testing.T) {
	config := pipeline(42, 0)
	config.Members = config.Members[3:4] // it never fails
	for _, pressed := range []time.Duration{0, 123 * ms, 500 * ms, 1050 * ms} {
		inBubble(t, config, func(t *testing.T, l *live) {
			time.Sleep(pressed)
			l.do(event.Command{Op: event.RunOn})
			if took := l.session.Now() - pressed; took < 10*time.Minute || took > 10*time.Minute+2*time.Second {
				t.Errorf("pressed at %v, it runs for %v", pressed, took)
			}
			if said := texts(l.all()); !slices.Equal(said, []string{"you: no circuit changed its state within 10 minutes"}) {
				t.Errorf("pressed at %v: %q", pressed, said)
			}
		})
	}
}

func TestStepsInABurstAddUp(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(700 * ms) // batch 2 has begun
		for range 3 {
			l.session.Do(event.Command{Op: event.Step, By: "you"})
		}
		time.Sleep(time.Second)
		if got := l.batches(); got != 5 {
			t.Errorf("three steps from batch 2 come to batch %d, want 5", got)
		}
	})
}

func TestSpeedIsTimesRealTimeWithinLimits(t *testing.T) {
	for asked, want := range map[float64]float64{1: 1, 0.25: 0.25, 64: 64, 0.001: 0.25, 1e9: 64} {
		inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
			l.do(event.Command{Op: event.SetSpeed, Speed: asked})
			time.Sleep(8 * time.Second)
			if now := l.session.Now(); now != time.Duration(want*8)*time.Second {
				t.Errorf("asked for %v, in 8 s it comes to %v", asked, now)
			}
			if _, speed := l.paceNow(); speed != want {
				t.Errorf("asked for %v, told %v", asked, speed)
			}
			if said := texts(l.all()); !slices.Equal(said, []string{fmt.Sprintf("you: speed %gx", want)}) {
				t.Errorf("%q", said)
			}
		})
	}
}

func TestASessionMayStartAtAnotherSpeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := startLive(t, pipeline(42, 0), 8)
		time.Sleep(time.Second)
		if now := l.session.Now(); now != 8*time.Second {
			t.Errorf("now is %v", now)
		}
	})
}

// Now is smooth between events, so that a counter on the screen can run.
func TestNowMovesBetweenEvents(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(400 * ms) // the first batch is over, the next has not begun
		n := len(l.all())
		for _, want := range []time.Duration{410 * ms, 450 * ms, 499 * ms} {
			time.Sleep(want - l.session.Now())
			if now := l.session.Now(); now != want {
				t.Errorf("now is %v, not %v", now, want)
			}
		}
		if len(l.all()) != n {
			t.Error("something happened meanwhile")
		}
	})
}

func TestCommandsWhilePausedWaitForTheNextBatch(t *testing.T) {
	inBubble(t, pipeline(42, 0), func(t *testing.T, l *live) {
		time.Sleep(2100 * ms)
		l.do(event.Command{Op: event.Pause})
		l.do(event.Command{Op: event.Inject, Fault: lasting(fault.Crash, 0), Sensors: []int{3}})
		l.do(event.Command{Op: event.ToggleForced, Sensors: []int{0}})
		if n := len(l.of(event.FaultBegan)) + len(l.of(event.StateChanged)); n != 0 {
			t.Errorf("%d took effect in the pause", n)
		}
		l.do(event.Command{Op: event.Step}) // finishes the batch under way, and makes the next one
		began, forced := l.of(event.FaultBegan), transitions(l.recorder, 0, breaker.ForcedOpen)
		if len(began) != 1 || len(forced) != 1 || began[0].At != 2500*ms || forced[0].At != 2500*ms || forced[0].Change.By != "you" {
			t.Errorf("%+v, %+v", began, forced)
		}
	})
}

func TestAnUnpacedRunTakesNoCommands(t *testing.T) {
	r := newRecorder()
	s := newSession(t, r, pipeline(42, 20), engine.Options{})
	s.Do(event.Command{Op: event.Pause}) // before the run: nobody is there
	if s.Now() != 0 {
		t.Errorf("now is %v before the run", s.Now())
	}
	r.on = func(e *event.Event) {
		if e.Kind == event.BatchStarted {
			s.Do(event.Command{Op: event.Pause})
			s.Do(event.Command{Op: event.ToggleForced})
			if s.Now() != e.At {
				t.Errorf("now is %v at %v", s.Now(), e.At)
			}
		}
	}
	if err := s.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if string(logOf(t, r.all())) != string(logOf(t, play(t, pipeline(42, 20)).all())) {
		t.Error("the run is another one")
	}
}
