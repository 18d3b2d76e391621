package model

import (
	"strings"
	"testing"
	"time"

	"resiltui/internal/views/draw"
)

func TestPauseStopsTimeAndStepRunsOneBatch(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(2450 * time.Millisecond) // between two batches
		r.press("space")
		r.sees(`PAUSED`, soon)
		r.sees(` you pressed space: paused`, soon)
		r.sees(`space go on`, soon)
		before := r.frame().Snap.Batch
		r.pass(time.Minute)
		if got := r.frame().Snap.Batch; got != before {
			t.Errorf("a minute of pause led from batch %d to %d", before, got)
		}
		r.press(".")
		if got := r.frame().Snap.Batch; got != before+1 {
			t.Errorf("a step led from batch %d to %d", before, got)
		}
		r.sees(`PAUSED`, soon)
		r.press("space")
		r.sees(`you pressed space: goes on`, soon)
		r.pass(3 * time.Second)
		if got := r.frame().Snap.Batch; got < before+6 {
			t.Errorf("3 s after the pause it is batch %d, from %d", got, before+1)
		}
		r.seesNot(`PAUSED`)
	})
}

func TestStepPausesARunThatGoesOn(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(2450 * time.Millisecond) // between two batches
		r.press(".")
		r.sees(`PAUSED`, soon)
	})
}

func TestACommandDuringAPauseSaysWhenItWillAct(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(2450 * time.Millisecond) // between two batches
		r.press("space", "c")
		r.sees(`crash S0: with batch \d+, when time goes on \(space or \.\)`, 100*time.Millisecond)
		r.pass(5 * time.Second)
		r.seesNot(`when time goes on`) // a notice goes away by itself
		r.press(".")
		r.sees(`S0 boiler +! +you pressed c: crash begins`, soon)
	})
}

func TestNextRunsToTheNextChangeOfStateAndPauses(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(200 * time.Millisecond)
		r.press("n")
		r.sees(`PAUSED`, soon)
		r.sees(`(CLOSED|OPEN|HALF_OPEN) to (CLOSED|OPEN|HALF_OPEN)`, 100*time.Millisecond)
		lines := r.frame().Snap.Lines
		if last := lines[len(lines)-1]; !strings.Contains(last.Text, " to ") {
			t.Errorf("it paused at %q", last.Text)
		}
		at := r.frame().Snap.At
		r.press("n")
		if now := r.frame().Snap.At; now <= at {
			t.Errorf("the second n led from %v to %v", at, now)
		}
	})
}

func TestSpeedKeys(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		for _, step := range []struct {
			key  string
			want float64
		}{
			{"+", 2},
			{"=", 4},
			{"-", 2},
			{"0", 1},
			{"-", 0.5},
			{"-", 0.25},
			{"-", 0.25},
		} {
			r.press(step.key)
			if got := r.frame().Snap.Speed; got != step.want {
				t.Errorf("%s leads to speed %g, not %g", step.key, got, step.want)
			}
		}
		r.sees(`0\.25x`, soon)
		r.press("0")
		for range 8 {
			r.press("+")
		}
		if got := r.frame().Snap.Speed; got != 64 {
			t.Errorf("the speed goes up to %g, not 64", got)
		}
		before := r.frame().Now
		r.pass(time.Second)
		if passed := r.frame().Now - before; passed < 60*time.Second {
			t.Errorf("at 64x a second is %v", passed)
		}
	})
}

func TestTwoQuickPressesOfPlusCountTwice(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.program.Send(typed("+"))
		r.program.Send(typed("+"))
		r.pass(100 * time.Millisecond)
		if got := r.frame().Snap.Speed; got != 4 {
			t.Errorf("two quick + lead to %gx, not 4x", got)
		}
	})
}

func TestStartAgainWithTheSameSeedAndWithTheNext(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("ctrl+r")
		r.sees(`seed 42`, soon)
		if b := r.frame().Snap.Batch; b > 5 {
			t.Errorf("after ctrl+r it is batch %d", b)
		}
		r.press("ctrl+n")
		r.sees(`seed 43`, soon)
		r.press("ctrl+n")
		r.sees(`seed 44`, soon)
		r.press("ctrl+r")
		r.sees(`seed 44`, soon)
	})
}

func TestThemesAreSteppedThrough(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		seen := map[string]bool{}
		for _, theme := range append(draw.Themes()[1:], draw.ThemeAuto) {
			r.press("ctrl+t")
			r.sees(`theme `+string(theme), 0)
			r.seen.mu.Lock()
			seen[r.seen.content] = true
			r.seen.mu.Unlock()
		}
		if len(seen) < len(draw.Themes()) {
			t.Errorf("%d themes give %d pictures", len(draw.Themes()), len(seen))
		}
	})
}

func TestARunStartedAgainDuringAPauseShowsWhatItDoes(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(2450 * time.Millisecond) // between two batches
		r.press("space", "ctrl+r")
		r.pass(3 * time.Second)
		f := r.frame()
		if runs := f.Snap.Batch > 1; runs == f.Snap.Paused {
			t.Errorf("batch %d of a run that is shown as paused: %v", f.Snap.Batch, f.Snap.Paused)
		}
	})
}

func TestAKeyRightAfterARestartIsForTheNewRun(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(3 * time.Second)
		r.program.Send(typed("ctrl+r"))
		r.program.Send(typed("c"))
		r.sees(`you pressed c: crash begins`, 3*time.Second)
	})
}
