package model

import (
	"testing"
	"time"

	"resiltui/internal/stats"
)

func TestAFrozenScreenShowsOneMomentWhileTheRunGoesOn(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(10 * time.Second)
		r.press("z")
		r.sees(`FROZEN 0\.\d s back \((9|10)\.\d s kept\)`, soon)
		r.sees(` ago +then `, 0)
		r.sees(`z live +\[ batch back`, soon)
		before := r.screen()
		updates, _, _ := r.seen.counts()
		r.pass(time.Minute)
		if now := r.screen(); now != before {
			t.Errorf("a frozen screen changed from\n%s\nto\n%s", before, now)
		}
		if u, _, _ := r.seen.counts(); u-updates > 70 {
			t.Errorf("a frozen minute made %d Updates", u-updates)
		}
		r.press("z")
		r.pass(oneFrame)
		r.seesNot(`FROZEN`)
		if at := r.frame().Now; at < 69*time.Second {
			t.Errorf("the live screen shows %v", at)
		}
	})
}

// The counts of a minute that nobody saw are those of the events themselves.
func TestNothingIsLostInAFreezeUnderLoad(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("+", "+", "+", "+")
		r.press("z")
		r.pass(60 * time.Second)
		r.press("[", "[", "[", "{", "]", "}")
		r.pass(time.Second)
		r.press("z")
		r.pass(time.Second)
		r.press("space")
		r.pass(time.Second)
		var want uint64
		past := r.seen.opts.History
		span := past.Span()
		for _, v := range span.At(span.To()).Snapshot(stats.Query{}).Sensors {
			want += v.Calls
		}
		var got uint64
		for _, v := range r.frame().Snap.Sensors {
			got += v.Calls
		}
		if got != want || want == 0 {
			t.Errorf("the screen counts %d calls, the history %d", got, want)
		}
		if d := r.seen.Dropped(); d != 0 {
			t.Errorf("%d events were dropped", d)
		}
	})
}

func TestScrubbingStepsThroughBatchesAndSecondsInAllPanesAtOnce(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(20200 * time.Millisecond)
		r.press("[")
		r.sees(`FROZEN`, soon)
		at := r.frame().Now
		first := r.frame().Snap.Batch
		r.press("[", "[", "[")
		r.pass(oneFrame)
		f := r.frame()
		if f.Snap.Batch != first-3 || f.Now >= at {
			t.Errorf("three batches back from %d is %d, at %v", first, f.Snap.Batch, f.Now)
		}
		for _, v := range f.Snap.Sensors {
			if v.Calls != uint64(f.Snap.Batch) {
				t.Errorf("%s shows call %d on a screen of batch %d", v.ID, v.Calls, f.Snap.Batch)
			}
		}
		before := f.Now
		r.press("{")
		r.pass(oneFrame)
		if back := before - r.frame().Now; back != longStep {
			t.Errorf("a long step is %v", back)
		}
		r.press("{", "{", "{")
		r.pass(oneFrame)
		if now := r.frame().Now; now > time.Second {
			t.Errorf("far back is %v", now)
		}
		r.press("}", "}", "}", "}", "}")
		r.pass(oneFrame)
		if now := r.frame().Now; now < at {
			t.Errorf("far forth is %v, and the screen was frozen at %v", now, at)
		}
	})
}

func TestFrozenChangesOfStateAreStoppedAt(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(14 * time.Second) // S4's circuit has opened and closed
		r.press("z", "N")
		r.pass(oneFrame)
		at := r.frame().Now
		if at >= 14*time.Second {
			t.Fatalf("the previous change is at %v", at)
		}
		changed := false
		for _, v := range r.frame().Snap.Sensors {
			changed = changed || v.ChangedAt == at
		}
		if !changed {
			t.Errorf("no circuit changed at %v", at)
		}
		for range 40 {
			r.press("N")
		}
		r.sees(`no earlier change of state within reach`, soon)
		first := r.frame().Now
		r.press("n")
		r.pass(oneFrame)
		if now := r.frame().Now; now <= first {
			t.Errorf("n goes from %v to %v", first, now)
		}
	})
}

func TestFrozenChangesOnThePageOfASensorAreItsOwn(t *testing.T) {
	withRig(t, rigOptions{width: 120, height: 36}, func(t *testing.T, r *rig) {
		r.press("right", "right", "right", "c")
		r.pass(14 * time.Second) // both S3's circuit and S4's have changed often
		r.press("enter", "z")
		for range 6 {
			r.press("N")
			r.pass(oneFrame)
			if v := r.frame().Snap.Sensors[0]; v.Sensor.ID != "S3" || v.ChangedAt != r.frame().Now {
				t.Fatalf("the circuit of %s changed at %v, not at %v", v.Sensor.ID, v.ChangedAt, r.frame().Now)
			}
			r.sees(`S3 coolant: [A-Z_]+ to [A-Z_]+`, soon)
		}
	})
}

func TestEscapeNeverUnfreezesAndARestartDoes(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("z", "esc")
		r.sees(`FROZEN`, soon)
		r.press("ctrl+r")
		r.pass(3 * time.Second)
		r.seesNot(`FROZEN`)
	})
}

func TestAVerdictComesByItselfAndGoesWithTheNextKey(t *testing.T) {
	withRig(t, rigOptions{width: 140, height: 45}, func(t *testing.T, r *rig) {
		r.press("v")
		r.sees(`no verdict yet`, soon)
		r.pass(8 * time.Second)
		r.press("right", "right", "right", "c")
		r.sees(`S3 coolant .*CLOSED to OPEN`, 15*time.Second)
		r.press("r")
		r.sees(`verdict +S3 coolant +crash`, 15*time.Second)
		r.sees(`seen after +\d\.\d s`, soon)
		r.press("esc")
		r.seesNot(`seen after  `)
		r.press("v")
		r.sees(`seen after +\d\.\d s`, soon)
		r.press("left")
		r.seesNot(`seen after  `)
		if f := r.frame(); f.Selected != 2 {
			t.Errorf("the key that put the verdict away selected %d", f.Selected)
		}
		r.press("v")
		r.pass(verdictTime + time.Second)
		r.seesNot(`seen after  `)
	})
}

func TestNoKeyActsOnTheRunBehindAFrozenScreen(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("z")
		for _, key := range []string{"c", "T", "space", "+", "o", "R"} {
			r.press(key)
			r.sees(`this is the past; z goes back`, soon)
			r.pass(10 * time.Second)
		}
		s := r.seen.feed.snapshot(stats.Query{})
		if s.Injected || s.Paused || s.Speed != 1 {
			t.Errorf("injected %v, paused %v, speed %v", s.Injected, s.Paused, s.Speed)
		}
		r.press("z", "c")
		r.sees(`crash begins`, 2*time.Second)
	})
}
