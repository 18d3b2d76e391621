package model

import (
	"image/color"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

// perSecond is how many frames a second are drawn, with one to spare for where
// the second begins.
const perSecond = 30 + 1

// flood publishes n events, evenly over a time.
func (r *rig) flood(n int, over time.Duration) {
	const bursts = 1000
	for range bursts {
		for range n / bursts {
			r.hub.Publish(event.Event{Sensor: event.NoSensor, Kind: event.BatchStarted})
		}
		r.pass(over / bursts)
	}
}

func TestAHundredThousandEventsCostOneUpdateAFrame(t *testing.T) {
	withRig(t, rigOptions{idle: true}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		updates, drawn, _ := r.seen.counts()
		r.flood(100_000, time.Second)
		u, v, _ := r.seen.counts()
		if u-updates > perSecond || v-drawn > perSecond {
			t.Errorf("100,000 events in a second made %d Updates and %d Views", u-updates, v-drawn)
		}
		if u-updates < 25 {
			t.Errorf("only %d Updates in a second full of events", u-updates)
		}
		if d := r.seen.Dropped(); d != 0 {
			t.Errorf("%d events were dropped", d)
		}
	})
}

func TestAtSixtyFramesASecondSixtyAreDrawn(t *testing.T) {
	withRig(t, rigOptions{idle: true, model: Options{FPS: 60}}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		updates, _, _ := r.seen.counts()
		r.flood(10_000, time.Second)
		if u, _, _ := r.seen.counts(); u-updates < 50 || u-updates > 61 {
			t.Errorf("%d Updates in a second at 60 frames", u-updates)
		}
	})
}

func TestEventsThatCameTooFastAreCountedOnTheScreen(t *testing.T) {
	withRig(t, rigOptions{idle: true, width: 140, height: 45}, func(t *testing.T, r *rig) {
		r.sees(` 0 events dropped`, 0)
		for range 3 * event.RingSize {
			r.hub.Publish(event.Event{Sensor: event.NoSensor, Kind: event.BatchStarted})
		}
		r.pass(time.Second)
		r.sees(`[1-9]\d* events dropped`, 0)
		if d := r.seen.Dropped(); d < event.RingSize || d > 2*event.RingSize {
			t.Errorf("%d events were dropped", d)
		}
	})
}

func TestKeysInAFloodDoNotMakeFramesOfTheirOwn(t *testing.T) {
	withRig(t, rigOptions{idle: true}, func(t *testing.T, r *rig) {
		_, _, before := r.seen.counts()
		for range 200 {
			r.program.Send(typed("*"))
			r.pass(5 * time.Millisecond)
		}
		// One frame for each key at most, and those of the gauges.
		if _, _, frames := r.seen.counts(); frames-before > 200+10 {
			t.Errorf("200 keys in a second made %d frames", frames-before)
		}
	})
}

func TestWhilePausedNothingIsDrawn(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("space")
		r.pass(5 * time.Second) // notices and flashes are over
		updates, drawn, _ := r.seen.counts()
		r.pass(time.Minute)
		if u, v, _ := r.seen.counts(); u != updates || v != drawn {
			t.Errorf("a minute of pause made %d Updates and %d Views", u-updates, v-drawn)
		}
		r.press("space")
		r.pass(time.Second)
		if _, v, _ := r.seen.counts(); v-drawn < 10 {
			t.Errorf("%d Views in the second after the pause", v-drawn)
		}
	})
}

func TestWhenTheRunHasEndedNothingIsDrawn(t *testing.T) {
	o := rigOptions{}
	o.config = ended(6)
	withRig(t, o, func(t *testing.T, r *rig) {
		r.sees(`ENDED`, 10*time.Second)
		r.pass(5 * time.Second)
		_, drawn, _ := r.seen.counts()
		r.pass(time.Minute)
		if _, v, _ := r.seen.counts(); v != drawn {
			t.Errorf("a minute after the end made %d Views", v-drawn)
		}
		r.press("ctrl+r")
		r.sees(`RUN`, soon)
	})
}

// TestThereIsOneWaitAtATime counts the frames of gauges: each wait that is
// outstanding gives one every tenth of a second.
func TestThereIsOneWaitAtATime(t *testing.T) {
	withRig(t, rigOptions{idle: true}, func(t *testing.T, r *rig) {
		for _, key := range []string{"l", "m", "?", "?", "m", "*", "ctrl+t", "c", "space", "ctrl+l"} {
			r.program.Send(typed(key))
		}
		for w := 20; w < 200; w += 10 {
			r.program.Send(sized(w, w/3))
		}
		r.flood(1000, time.Second)
		r.pass(5 * time.Second)
		_, _, before := r.seen.counts()
		r.pass(10 * time.Second)
		_, _, frames := r.seen.counts()
		if n := frames - before; n < 95 || n > 101 {
			t.Errorf("10 s without an event made %d frames, not one each 0.1 s", n)
		}
	})
}

func TestAtMostOneFrameAtATimeWhenEverythingComesAtOnce(t *testing.T) {
	withRig(t, rigOptions{idle: true}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		_, _, before := r.seen.counts()
		r.program.Send(typed("*"))
		r.hub.Publish(event.Event{Sensor: event.NoSensor, Kind: event.BatchStarted})
		synctest.Wait()
		_, _, frames := r.seen.counts()
		if n := frames - before; n < 1 || n > 2 {
			t.Errorf("a key and an event at one moment made %d frames", n)
		}
	})
}

func TestAFrameThatCannotComeAnyMoreEndsTheWait(t *testing.T) {
	m := still(t, 80, 24)
	m.feed.ctx = canceled()
	for _, gauges := range []bool{true, false} {
		if msg := m.feed.wait(gauges, time.Time{})(); msg != nil {
			t.Errorf("after the end a wait gives %v", msg)
		}
	}
}

func TestTheEndDuringAFramesTurnEndsTheWait(t *testing.T) {
	withRig(t, rigOptions{idle: true}, func(_ *testing.T, r *rig) {
		r.pass(time.Second)
		r.hub.Publish(event.Event{Sensor: event.NoSensor, Kind: event.BatchStarted})
		r.pass(time.Millisecond)
		r.hub.Publish(event.Event{Sensor: event.NoSensor, Kind: event.BatchStarted})
		// The rig ends here, in the middle of a frame, and nothing is left.
	})
}

func TestALargerScreenAsksForMoreAtOnce(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(30 * time.Second)
		r.press("space")
		r.pass(5 * time.Second)
		before := len(r.frame().Snap.Sensors[0].Columns)
		r.program.Send(sized(155, 50))
		r.pass(oneFrame)
		if got := len(r.frame().Snap.Sensors[0].Columns); got <= before {
			t.Errorf("the larger screen has %d calls, the smaller had %d", got, before)
		}
	})
}

func TestAChangeOfStateFlashesForAMoment(t *testing.T) {
	for _, still := range []bool{false, true} {
		o := rigOptions{}
		o.model.Look.ReducedMotion = still
		withRig(t, o, func(t *testing.T, r *rig) {
			r.pass(time.Second)
			r.press("o")
			flashed := false
			for range 100 {
				r.pass(10 * time.Millisecond)
				flashed = flashed || r.frame().Flash[0]
			}
			if flashed == still {
				t.Errorf("reduced motion %v: flash %v", still, flashed)
			}
			if r.frame().Flash[0] {
				t.Error("the flash is still there after a second")
			}
		})
	}
}

// changed is a circuit that opened.
func changed(sensor int) event.Event {
	circuit := breaker.Circuit{State: breaker.Open}
	return event.Event{
		Sensor: sensor, Kind: event.StateChanged,
		Change: &event.Change{From: breaker.Closed, To: breaker.Open, Circuit: circuit},
	}
}

func TestAFloodOfChangesIsNoneOfUpdates(t *testing.T) {
	withRig(t, rigOptions{idle: true}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		updates, drawn, _ := r.seen.counts()
		for i := range 1000 {
			r.hub.Publish(changed(i % 5))
			r.pass(time.Millisecond)
		}
		u, v, _ := r.seen.counts()
		if u-updates > perSecond || v-drawn > perSecond {
			t.Errorf("1,000 changes of state in a second made %d Updates and %d Views", u-updates, v-drawn)
		}
		for i := range 5 {
			if !r.frame().Flash[i] {
				t.Errorf("sensor %d does not flash", i)
			}
		}
	})
}

func TestAFlashEndsWhereNothingElseHappens(t *testing.T) {
	withRig(t, rigOptions{idle: true}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.hub.Publish(changed(1))
		r.hub.Publish(event.Event{Sensor: event.NoSensor, Kind: event.RunEnded, Taken: &event.Taken{Text: "the end"}})
		r.pass(oneFrame)
		if f := r.frame().Flash; !f[1] || len(f) != 1 {
			t.Fatalf("flashes: %v", f)
		}
		r.pass(flashTime + oneFrame)
		if f := r.frame().Flash; len(f) != 0 {
			t.Errorf("still there after %v: %v", flashTime, f)
		}
		_, drawn, _ := r.seen.counts()
		r.pass(time.Minute)
		if _, v, _ := r.seen.counts(); v != drawn {
			t.Errorf("a minute with nothing to show made %d Views", v-drawn)
		}
	})
}

func TestTheWindowIsNamedAfterTheRun(t *testing.T) {
	m := still(t, 80, 24)
	if got := m.View().WindowTitle; !strings.Contains(got, scenario.Pipeline().Name) {
		t.Errorf("the title is %q", got)
	}
	m.frame.Snap.Run = nil
	if got := m.View().WindowTitle; got != "resiltui" {
		t.Errorf("before the run the title is %q", got)
	}
}

func TestTheThemeFollowsTheBackground(t *testing.T) {
	m := still(t, 80, 24)
	dark := m.View().Content
	if m.Update(tea.BackgroundColorMsg{Color: color.White}); m.View().Content == dark {
		t.Error("a white background changes nothing")
	}
	if m.Update(tea.BackgroundColorMsg{Color: color.Black}); m.View().Content != dark {
		t.Error("a black background does not lead back")
	}
	if m.Look() != m.look {
		t.Error("what is printed at the end has another look")
	}
}
