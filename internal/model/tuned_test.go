package model

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/views/draw"
)

// answered presses keys and has what they ask for come before the next.
func (p picture) answered(names ...string) {
	for _, n := range names {
		_, cmd := p.m.Update(typed(n))
		for cmd != nil {
			_, cmd = p.m.Update(cmd())
		}
	}
}

func TestTuningOverThePipeline(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}, {44, 10}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
				p.take(size[0], size[1])
				p.press("right", "right", "right")
				p.answered("t", "left", "left")
				golden.RequireEqual(t, ansi.Strip(p.take(size[0], size[1])))
			})
		})
	}
	t.Run("typed, ASCII", func(t *testing.T) {
		atMoment(t, moment, crashed, Options{Look: draw.Options{ASCII: true}}, func(t *testing.T, p picture) {
			p.take(80, 24)
			p.press("right", "right", "right")
			p.answered("t", "left")
			p.press("enter", "G", "1", "m")
			out := ansi.Strip(p.take(80, 24))
			if strings.ContainsFunc(out, func(r rune) bool { return r > '~' }) {
				t.Errorf("not ASCII:\n%s", out)
			}
			golden.RequireEqual(t, out)
		})
	})
}

func TestARealRunHasNoRehearsalAndSaysWhy(t *testing.T) {
	m := still(t, 120, 36)
	run := *m.frame.Snap.Run
	run.Virtual = false
	m.frame.Snap.Run = &run
	press(m, "t", "left")
	if !strings.Contains(plain(m), "real time cannot be run again") {
		t.Errorf("tuning a real run:\n%s", plain(m))
	}
	press(m, "enter")
	if got := told(m); len(got) != 1 || !strings.Contains(plain(m), "S0 tuned: at once") {
		t.Errorf("enter sends %+v", got)
	}
}

func TestWhatIsTunedIsWrittenToANewFileOfTheScenario(t *testing.T) {
	m := still(t, 120, 36)
	var name, text string
	var fails error
	m.opts.WriteFiles = func(n string, files []File) ([]string, error) {
		name, text = n+files[0].Ext, string(files[0].Data)
		return []string{"resiltui-pipeline-2.settings"}, fails
	}
	press(m, "t", "left")
	_, cmd := m.Update(typed("w"))
	m.Update(cmd())
	if name != "resiltui-pipeline.settings" || !strings.Contains(text, "sensors.S0.policy.breaker.threshold=4") {
		t.Errorf("%s gets %q", name, text)
	}
	if !strings.Contains(plain(m), "written to resiltui-pipeline-2.settings") {
		t.Errorf("the name is not told:\n%s", plain(m))
	}
	fails = errors.New("read-only file system")
	_, cmd = m.Update(typed("w"))
	press(m, "esc")
	if m.Update(cmd()); m.notice.text != "not written: read-only file system" {
		t.Errorf("behind the closed panel it says %q", m.notice.text)
	}
}

func TestAVerdictThatCameWhileFrozenIsTunedOnItsFaults(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(10 * time.Second)
		r.press("right", "right", "right", "c")
		r.pass(4 * time.Second)
		r.press("r", "z")
		r.pass(90 * time.Second)
		r.press("z")
		r.pass(2 * oneFrame)
		r.sees(`tune on these faults`, soon)
		r.press("t")
		r.pass(time.Second)
		r.sees(`fault +!!+ +attempts \d+ → \d+ +│`, 0) // those under the fault, and not in all
	})
}

func TestTuneAfterTheEndIsNotRememberedForTheNextRun(t *testing.T) {
	withRig(t, rigOptions{config: ended(80)}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("c")
		r.pass(4 * time.Second)
		r.press("r")
		r.pass(time.Minute)
		r.press("v", "t")
		r.sees(`the run has ended`, soon)
		r.press("ctrl+r")
		r.pass(25 * time.Second)
		r.press("right", "right", "t")
		r.pass(time.Second)
		until := regexp.MustCompile(`run again: batches \d+ to (\d+), the newest`).FindStringSubmatch(r.screen())
		if until == nil {
			t.Fatalf("the panel is not open:\n%s", r.screen())
		}
		last, err := strconv.Atoi(until[1])
		if now := r.frame().Snap.Batch; err != nil || now-last > 4 || last > now {
			t.Errorf("it is about batches up to %d, and it is %d", last, now)
		}
	})
}

func TestTuningChangesTheRunAndIsUndone(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(10 * time.Second)
		r.press("right", "right", "right", "t", "left", "left")
		r.sees(`would +─+ +seen`, time.Second)
		r.press("enter")
		r.sees(`SETTINGS DIFFER \(T\)`, time.Second)
		r.press("esc", "c")
		r.sees(`CLOSED to OPEN: 3 failures in a row`, 5*time.Second)
		r.press("r", "left", "T")
		r.sees(`S2 has the scenario's settings, another sensor has not`, 0)
		r.press("right", "T")
		r.sees(`S3 coolant .*trip after 3 → 5 failures in a row`, time.Second)
		r.seesNot(`SETTINGS DIFFER`)
	})
}

func TestTheVerdictIsTunedOnItsOwnFaults(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(8 * time.Second)
		r.press("right", "right", "right", "c")
		r.pass(5 * time.Second)
		r.press("r")
		r.sees(`verdict  S3`, 10*time.Second)
		r.pass(11 * time.Second) // the crash would be out of a new window's reach by now
		r.press("left", "v", "t")
		r.sees(`tune S3 coolant`, 0)
		r.sees(`fault +!!!!!+ +attempts \d+ → \d+ `, time.Second)
	})
}

func TestKeysInAnOverlayAreCaptioned(t *testing.T) {
	withRig(t, rigOptions{model: Options{ShowKeys: true}}, func(t *testing.T, r *rig) {
		r.pass(2 * time.Second)
		r.press("t", "left")
		r.sees(`(?m) left +$`, 0)
	})
}
