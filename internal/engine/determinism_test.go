package engine_test

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
)

// withoutPace leaves out what is only about the pace, and what pace a line was
// written at.
func withoutPace(events []event.Event) []event.Event {
	kept := slices.DeleteFunc(slices.Clone(events), func(e event.Event) bool {
		return e.Kind == event.CommandTaken && (e.Taken.Text == "" || strings.HasPrefix(e.Taken.Text, "pace: "))
	})
	for i := range kept {
		kept[i].Seq = uint64(i + 1)
		if c := kept[i].Taken; c != nil {
			kept[i].Taken = &event.Taken{Text: c.Text, Speed: 1}
		}
	}
	return kept
}

func TestTheSameSeedAndCommandsGiveTheSameBytes(t *testing.T) {
	for _, seed := range []uint64{42, 1, 0, 1 << 63} {
		one := logOf(t, play(t, pipeline(seed, 40, busyScript()...)).all())
		two := logOf(t, play(t, pipeline(seed, 40, busyScript()...)).all())
		if !bytes.Equal(one, two) {
			t.Errorf("seed %d: %s", seed, cmp.Diff(string(one), string(two)))
		}
		other := logOf(t, play(t, pipeline(seed+1, 40, busyScript()...)).all())
		if bytes.Equal(one, other) {
			t.Errorf("seed %d gives the same run as the next", seed)
		}
	}
}

// Pauses, steps and changes of speed decide when something happens for the
// person who looks on, never what.
func TestThePaceDoesNotChangeTheRun(t *testing.T) {
	want := logOf(t, withoutPace(play(t, pipeline(42, 40, busyScript()...)).all()))
	paces := map[string]func(do func(event.Command)){
		"as it is": func(func(event.Command)) {},
		"fast":     func(do func(event.Command)) { do(event.Command{Op: event.SetSpeed, Speed: 64}) },
		"with pauses, steps and jumps": func(do func(event.Command)) {
			time.Sleep(1234 * ms)
			do(event.Command{Op: event.Pause})
			time.Sleep(time.Minute)
			do(event.Command{Op: event.Step})
			time.Sleep(10 * ms)
			do(event.Command{Op: event.Step})
			time.Sleep(time.Second)
			do(event.Command{Op: event.Resume})
			time.Sleep(777 * ms)
			do(event.Command{Op: event.SetSpeed, Speed: 0.25})
			time.Sleep(3333 * ms)
			do(event.Command{Op: event.Toggle})
			do(event.Command{Op: event.Toggle})
			do(event.Command{Op: event.SetSpeed, Speed: 16})
			time.Sleep(100 * ms)
			do(event.Command{Op: event.RunOn})
			time.Sleep(time.Second)
			do(event.Command{Op: event.RunOn})
			time.Sleep(time.Second)
			do(event.Command{Op: event.Resume})
		},
	}
	for name, pace := range paces {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := startLive(t, pipeline(42, 40, busyScript()...), 1)
				pace(func(c event.Command) {
					c.By = "pace"
					l.session.Do(c)
				})
				time.Sleep(5 * time.Minute)
				got := logOf(t, withoutPace(l.all()))
				if diff := cmp.Diff(string(want), string(got)); diff != "" {
					t.Error(diff)
				}
			})
		})
	}
}

// A key is taken to the start of the next batch, so a few milliseconds of the
// keyboard make no difference, and a recording is a script.
func TestKeysOfOneBatchAreTheSameRunAsAScript(t *testing.T) {
	crash := inject(6, lasting(fault.Crash, 2*time.Second), 3)
	want := logOf(t, play(t, pipeline(42, 20, crash)).all())
	for _, pressed := range []time.Duration{2010 * ms, 2050 * ms, 2260 * ms, 2490 * ms} {
		synctest.Test(t, func(t *testing.T) {
			l := startLive(t, pipeline(42, 20), 1)
			time.Sleep(pressed)
			l.session.Do(crash.Command)
			time.Sleep(time.Minute)
			if diff := cmp.Diff(string(want), string(logOf(t, l.all()))); diff != "" {
				t.Errorf("pressed at %v: %s", pressed, diff)
			}
		})
	}
}

func TestAnotherSensorLeavesTheDrawsOfTheOthersAlone(t *testing.T) {
	longer := scenario.Pipeline()
	extra := longer.Sensors[2]
	extra.Info.ID = "X"
	longer.Sensors = slices.Insert(longer.Sensors, 2, extra)
	plain, more := alwaysClosed(42), longer.Config(42)
	more.Batches = plain.Batches
	for i := range more.Members {
		more.Members[i].Policy.Breaker.FailureThreshold = 1000
	}
	one, two := play(t, plain), play(t, more)
	for i := range plain.Members {
		j := i
		if i >= 2 {
			j = i + 1
		}
		// What is drawn is the outcomes and latencies; the batches of the longer
		// list may start later.
		a, b := one.calls(i), two.calls(j)
		for k := range a {
			if a[k].Attempts != b[k].Attempts || a[k].Took != b[k].Took || a[k].Result != b[k].Result || a[k].Err != b[k].Err {
				t.Fatalf("%s, call %d: %+v and %+v", plain.Members[i].Info.ID, k+1, a[k], b[k])
			}
		}
	}
	// The new one has draws of its own, though it is made as S2 is.
	if cmp.Equal(attemptsOf(two.calls(2)), attemptsOf(two.calls(3))) {
		t.Error("X draws what S2 draws")
	}
}

func attemptsOf(calls []event.Call) (n []int) {
	for _, c := range calls {
		n = append(n, c.Attempts)
	}
	return n
}

func TestACancelledRunEndsWithoutAnError(t *testing.T) {
	r := newRecorder()
	ctx, cancel := context.WithCancel(context.Background())
	r.on = func(e *event.Event) {
		if e.Kind == event.BatchStarted && e.Batch == 1000 {
			cancel()
		}
	}
	if err := newSession(t, r, pipeline(42, 0), engine.Options{}).Run(ctx); err != nil {
		t.Error(err)
	}
	if ended := r.of(event.BatchEnded); len(ended) != 999 {
		t.Errorf("%d batches ended", len(ended))
	}
	if n := len(r.of(event.RunEnded)); n != 0 {
		t.Error("it says that the run has ended by itself")
	}
}
