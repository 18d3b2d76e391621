package model

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
)

// crashedIn is the pipeline with S3 crashed in some of its batches.
func crashedIn(from, to int) func(uint64) engine.Config {
	return func(seed uint64) engine.Config {
		c := scenario.Pipeline().Config(seed)
		crash := event.Command{Op: event.Inject, Sensors: []int{3}, Fault: fault.Default(fault.Crash), By: "script"}
		c.Script = []engine.Scripted{
			{Batch: from, Command: crash},
			{Batch: to + 1, Command: event.Command{Op: event.Recover, Sensors: []int{3}, By: "script"}},
		}
		return c
	}
}

// onS3 selects S3 and opens its panel.
func (r *rig) onS3() {
	r.press("right", "right", "right", "t")
	r.pass(time.Second)
}

func TestTuningReachesBackToTheLastEpisode(t *testing.T) {
	withRig(t, rigOptions{config: crashedIn(12, 25)}, func(t *testing.T, r *rig) {
		r.pass(50 * time.Second)
		r.onS3()
		r.sees(`run again: batches 10 to 39, S3's last episode`, 0)
		r.sees(`fault +!!!!!!!!!!!!!! +attempts \d+ → \d+ `, 0)
		r.sees(`was +[─╱?]+ +seen 2.2 s +back \d`, 0)
		r.press("left", "left")
		r.pass(time.Second)
		r.sees(`would +[─╱?]+ +seen 1.2 s +back \d`, 0)
		r.press("esc", "left", "t") // S2 had none
		r.pass(time.Second)
		r.sees(`run again: batches \d+ to 10\d, the newest`, 0)
	})
}

func TestTuningIsAboutTheNewestBatchesWhileTheyHoldTheEpisode(t *testing.T) {
	withRig(t, rigOptions{config: crashedIn(12, 16)}, func(t *testing.T, r *rig) {
		r.pass(15 * time.Second)
		r.onS3()
		r.sees(`run again: batches 2 to 31, the newest`, 0)
	})
}

func TestTuningTellsThatAnEpisodeIsLongerThanWhatIsRunAgain(t *testing.T) {
	withRig(t, rigOptions{config: crashedIn(12, 60)}, func(t *testing.T, r *rig) {
		r.pass(28 * time.Second) // still crashed
		r.onS3()
		r.sees(`run again: batches \d+ to 5\d, the newest`, 0)
		r.sees(`the fault began at 00:05.5, before the batches that are run again`, 0)
		r.press("esc")
		r.pass(40 * time.Second)
		r.press("t")
		r.pass(time.Second)
		r.sees(`run again: batches 10 to 39, the beginning of S3's last episode`, 0)
		r.sees(`was +─+╱+\?`, 0) // the opening is what settings differ in
		r.sees(`fault +!!!!!!!!+ +attempts`, 0)
	})
}

func TestTuningTellsThatAnEpisodeIsNoLongerKept(t *testing.T) {
	withRig(t, rigOptions{config: crashedIn(12, 16)}, func(t *testing.T, r *rig) {
		r.pass(12 * time.Second)
		r.press("+", "+", "+", "+", "+", "+")
		r.pass(12 * time.Second) // ten minutes and more of the run
		r.press("0")
		r.pass(time.Second)
		r.onS3()
		r.sees(`run again: batches \d+ to \d+, the newest`, 0)
		r.sees(`S3's last episode ended at 00:1\d.\d; batches before \d+, at \d\d:\d\d.\d, are no`, 0)
	})
}

func TestTuningWithoutAnEpisodeReachesBackToTheLastOpening(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(40 * time.Second)
		r.press("G", "t") // S4, which failed by itself for its first 15 calls
		r.pass(time.Second)
		r.sees(`run again: batches 1 to 30, S4's last opening`, 0)
		r.sees(`was +─+╱+`, 0)
		r.press("esc", "g", "t") // S0 never opened
		r.pass(time.Second)
		r.sees(`the newest; same draws`, 0)
	})
}

func TestAFrozenMomentIsTuned(t *testing.T) {
	withRig(t, rigOptions{width: 140, height: 45, config: crashedIn(12, 25)}, func(t *testing.T, r *rig) {
		r.pass(50 * time.Second)
		r.press("z")
		r.pass(oneFrame)
		for range 3 {
			r.press("{")
			r.pass(oneFrame)
		}
		shown := r.frame().Snap.Batch
		r.sees(`t tune`, 0)
		r.onS3()
		r.sees(fmt.Sprintf(`run again: batches %d to %d, around the moment shown`, shown-14, shown+15), 0)
		r.press("left", "left")
		r.pass(time.Second)
		r.press("enter")
		r.sees(`S3 tuned: with batch 10\d of the live run, which z shows`, 0)
		r.sees(`FROZEN`, 0)
		r.press("esc")
		r.sees(`S3 tuned: with batch 10\d of the live run`, 0)
		r.press("z", "6")
		r.sees(`S3 coolant .*you pressed enter: tuned trip after 5 → 3 failures in a row`, soon)
		r.sees(`SETTINGS DIFFER`, soon)
	})
}

func TestAFrozenMomentOfARunThatHasEndedIsNotTuned(t *testing.T) {
	withRig(t, rigOptions{config: ended(30)}, func(t *testing.T, r *rig) {
		r.pass(10 * time.Second)
		r.press("z")
		r.pass(time.Minute)
		r.press("t")
		r.sees(`the run has ended; ctrl\+r starts it again`, 0)
		r.press("z")
		r.pass(time.Second)
		if !r.frame().Snap.Ended {
			t.Error("the run goes on")
		}
		r.press("t")
		if text := r.screen(); strings.Contains(text, "tune S0") {
			t.Errorf("it is tuned:\n%s", text)
		}
	})
}

func TestAMomentWhoseBatchesAreNoLongerKeptIsTunedWithoutARehearsal(t *testing.T) {
	// A call takes some 50 ms of time, so ten minutes of history hold more batches
	// than can be run again.
	config := func(seed uint64) engine.Config {
		c := scenario.Pipeline().Config(seed)
		c.Interval = 100 * time.Millisecond
		return c
	}
	withRig(t, rigOptions{config: config}, func(t *testing.T, r *rig) {
		r.press("+", "+", "+", "+", "+", "+")
		r.pass(8 * time.Second)
		r.press("0", "z")
		r.pass(oneFrame)
		for range 45 {
			r.press("{")
			r.pass(oneFrame)
		}
		r.press("t")
		r.pass(time.Second)
		r.sees(`no rehearsal: batches before \d+, at \d\d:\d\d\.\d, are no longer kept`, 0)
	})
}
