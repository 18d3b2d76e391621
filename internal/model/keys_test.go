package model

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/views"
)

const soon = 2 * time.Second

func TestACrashIsSeenExplainedAndMended(t *testing.T) {
	withRig(t, rigOptions{width: 140, height: 45}, func(t *testing.T, r *rig) {
		r.pass(8 * time.Second) // S4's bad time is over
		r.press("right", "right", "right", "c")
		r.sees(`S3 coolant +! +you pressed c: crash begins`, soon)
		r.sees(`S3 coolant .*CLOSED to OPEN: 5 failures in a row \(connection refused\)`, 15*time.Second)
		r.sees(`opened \d\d:\d\d\.\d  5 in a row: .*refused`, soon)
		r.sees(`probe in \d\.\d s`, soon)
		r.sees(`S3 coolant .*HALF_OPEN to OPEN for 3.0 s: probe failed`, 5*time.Second)
		r.press("r")
		r.sees(`S3 coolant +! +you pressed r: crash ended after \d+\.\d s`, soon)
		r.sees(`S3 coolant .* OPEN to HALF_OPEN`, 5*time.Second)
		r.sees(`S3 coolant .*HALF_OPEN to CLOSED: 2 good probes`, 5*time.Second)
	})
}

func TestFaultKeysInjectWhatTheyName(t *testing.T) {
	for key, label := range map[string]string{
		"c": "crash", "s": `slow \+150 ms`, "e": "errors 50 %", "b": "black hole",
		"p": "flap 6.0 s", "x": "corrupt", "i": "stuck",
	} {
		t.Run(key, func(t *testing.T) {
			withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
				r.pass(time.Second)
				r.press("G", key)
				r.sees(`S4 exhaust +! +you pressed `+key+`: `+label+` begins`, soon)
				if f := r.frame(); f.Snap.Faults != 1 {
					t.Errorf("%d faults are active, not 1", f.Snap.Faults)
				}
				r.press("r")
				r.sees(`you pressed r: `+label+` ended`, soon)
				r.sees(`fault +none`, soon)
			})
		})
	}
}

func TestRecoverAndForceWithNothingToDoSaySo(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("r")
		r.sees(`S0 boiler .*you pressed r: no fault is active`, soon)
		r.press("R")
		r.sees(`you pressed R: no fault is active`, soon)
	})
}

func TestStarAimsAtAllAndCapitalRRecoversEverything(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("*")
		r.sees(` all 5:  c crash`, soon)
		r.press("c")
		r.sees(`! 5 faults`, soon)
		r.press("*")
		r.sees(` S0 boiler:  c crash`, soon)
		r.press("r")
		r.sees(`! 4 faults`, soon)
		r.press("R")
		r.sees(`! 0 fault`, soon)
	})
}

func TestForceOpenReleaseAndReset(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		state := func() breaker.State { return r.frame().Snap.Sensors[0].Circuit.State }
		r.pass(time.Second)
		r.press("o")
		r.sees(`S0 boiler .*you pressed o: CLOSED to FORCED_OPEN`, soon)
		r.sees(`S0 boil.*•╳ • FORCED`, soon)
		if state() != breaker.ForcedOpen {
			t.Errorf("the state is %v", state())
		}
		r.press("o")
		r.sees(`S0 boiler .*you pressed o: FORCED_OPEN to `, soon)
		r.press("u")
		r.pass(time.Second)
		if state() != breaker.Closed {
			t.Errorf("the state after a reset is %v", state())
		}
	})
}

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

func TestKeysThatSelect(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		for _, step := range []struct {
			key  string
			want int
		}{
			{"left", 0},
			{"right", 1},
			{"l", 2},
			{"right", 3}, // on in reading order, into the next line
			{"right", 4},
			{"right", 4},
			{"h", 3},
			{"left", 2},
			{"down", 2}, // below S2 stands the comparison
			{"left", 1},
			{"j", 4},
			{"k", 1},
			{"down", 4},
			{"up", 1},
			{"g", 0},
			{"G", 4},
			{"pgup", 0},
			{"pgdown", 4},
			{"ctrl+u", 0},
			{"ctrl+d", 4},
		} {
			r.press(step.key)
			if got := r.frame().Selected; got != step.want {
				t.Fatalf("%s selects %d, not %d", step.key, got, step.want)
			}
		}
		r.sees(`»S4 exhaust`, soon)
	})
}

func TestMaximiseShowsOneSensorAndBack(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.press("m")
		if k := r.layout().Kind; k != views.Single {
			t.Errorf("the form is %v", k)
		}
		r.seesNot(`S1 intake`)
		r.press("right")
		r.sees(`S1 intake`, soon)
		r.press("m")
		r.sees(`S0 boiler`, soon)
	})
}

func TestEscapeClosesTheTopmostAndNeverQuits(t *testing.T) {
	withRig(t, rigOptions{height: 50, width: 120}, func(t *testing.T, r *rig) {
		open := func() (help, all, big bool) {
			r.seen.mu.Lock()
			defer r.seen.mu.Unlock()
			return r.seen.help.open, r.seen.targetAll, r.seen.frame.Maximised
		}
		r.press("m", "*", "?")
		for i, want := range [][3]bool{
			{true, true, true},
			{false, true, true},
			{false, false, true},
			{false, false, false},
			{false, false, false},
		} {
			if help, all, big := open(); [3]bool{help, all, big} != want {
				t.Errorf("after %d escapes: help %v, all %v, maximised %v", i, help, all, big)
			}
			r.press("esc")
		}
		select {
		case err := <-r.ended:
			t.Errorf("escape quit: %v", err)
			r.ended <- nil
		default:
		}
	})
}

func TestLockedFaultKeysDoNothingAndSaySo(t *testing.T) {
	withRig(t, rigOptions{model: Options{Locked: true}}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.sees(`FAULT KEYS LOCKED \(!\)`, soon)
		r.sees(`! unlock fault keys`, soon)
		r.seesNot(`c crash`)
		for _, key := range []string{"c", "s", "e", "b", "p", "x", "i"} {
			r.press(key)
			r.sees(`fault keys are locked; ! unlocks them`, 100*time.Millisecond)
		}
		r.pass(soon)
		if f := r.frame(); f.Snap.Faults != 0 || f.Snap.Injected {
			t.Error("a locked key injected a fault")
		}
		r.press("!")
		r.sees(`fault keys are unlocked; faults act inside resiltui only`, 100*time.Millisecond)
		r.seesNot(`LOCKED`)
		r.press("c")
		r.sees(`you pressed c: crash begins`, soon)
		r.press("!")
		r.sees(`FAULT KEYS LOCKED`, soon)
	})
}

func TestNoticesAboutTheScreenOutlastABatch(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(400 * time.Millisecond)
		r.press("ctrl+t")
		for range 10 {
			r.pass(200 * time.Millisecond)
			r.sees(`theme dark`, 0)
		}
		r.pass(soon)
		r.seesNot(`theme dark`)
	})
}

func TestNoticesOfWhatIsAskedForEndWithTheBatchThatDoesIt(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(600 * time.Millisecond)
		r.press("c")
		r.sees(`crash S0: with batch 3`, 0)
		r.sees(`you pressed c: crash begins`, soon)
		r.seesNot(`with batch 3`)
	})
}

func TestCaptionsNameTheKeyAndWhatItDid(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("c")
		r.seesNot(`c crash S0 `)
		r.press("K")
		r.press("c")
		r.sees(` c crash S0 `, 0)
		r.pass(1600 * time.Millisecond)
		r.seesNot(` c crash S0 `)
		r.press("*", "c")
		r.sees(` c crash all 5 `, 0)
		r.press("space")
		r.sees(` space pause `, 0)
		r.press("K", "m")
		r.pass(soon)
		r.seesNot(` m one sensor`)
	})
}

func TestANewCaptionIsNotTakenAwayByTheEndOfAnOlderOne(t *testing.T) {
	withRig(t, rigOptions{model: Options{ShowKeys: true}}, func(t *testing.T, r *rig) {
		r.press("*")
		r.pass(1200 * time.Millisecond)
		r.press("m")
		r.pass(600 * time.Millisecond)
		r.sees(` m one sensor on the whole screen`, 0)
	})
}

func TestThemesAreSteppedThrough(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		seen := map[string]bool{}
		for _, theme := range append(views.Themes()[1:], views.ThemeAuto) {
			r.press("ctrl+t")
			r.sees(`theme `+string(theme), 0)
			r.seen.mu.Lock()
			seen[r.seen.content] = true
			r.seen.mu.Unlock()
		}
		if len(seen) < len(views.Themes()) {
			t.Errorf("%d themes give %d pictures", len(views.Themes()), len(seen))
		}
	})
}

func TestMouseKeyTurnsTheMouseOff(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		mode := func() tea.MouseMode {
			r.seen.mu.Lock()
			defer r.seen.mu.Unlock()
			return r.seen.Model.View().MouseMode
		}
		if mode() != tea.MouseModeCellMotion {
			t.Error("the mouse is off at the start")
		}
		r.press("M")
		r.sees(`mouse off`, 0)
		if mode() != tea.MouseModeNone {
			t.Error("M leaves the mouse on")
		}
		r.press("M")
		r.sees(`mouse on`, 0)
	})
}

func TestKeysThatQuit(t *testing.T) {
	for _, key := range []string{"q", "Q", "ctrl+c"} {
		for _, first := range []string{"g", "?"} { // with the help open, too
			t.Run(first+key, func(t *testing.T) {
				withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
					r.pass(time.Second)
					r.press(first)
					r.program.Send(typed(key))
					err := <-r.ended
					r.ended <- err
					kept := r.seen.LastScreen()
					if keeps := key == "Q"; keeps != (kept != "") {
						t.Errorf("%s keeps the last screen: %v", key, kept != "")
					}
					if key == "Q" && strings.Contains(kept, "these keys") {
						t.Error("the screen that is kept is covered by the help")
					}
				})
			})
		}
	}
}

func TestSuspendAndRedrawAreBubbleTeasOwn(t *testing.T) {
	m := still(t, 120, 36)
	_, cmd := m.Update(typed("ctrl+z"))
	if !yields[tea.SuspendMsg](cmd) {
		t.Error("ctrl+z does not suspend")
	}
	_, cmd = m.Update(typed("ctrl+l"))
	if cmd == nil || fmt.Sprintf("%T", cmd()) != fmt.Sprintf("%T", tea.ClearScreen()) {
		t.Error("ctrl+l does not redraw")
	}
}

// yields is true where a Cmd gives a message of a kind. Only for Cmds that end
// at once.
func yields[M tea.Msg](cmd tea.Cmd) bool {
	if cmd == nil {
		return false
	}
	_, ok := cmd().(M)
	return ok
}

func TestAKeyIsAnsweredInTheNextFrame(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(2100 * time.Millisecond)
		for _, key := range []string{"c", "space", "*", "l", "+"} {
			before := r.screen()
			start := time.Now()
			r.program.Send(typed(key))
			for synctest.Wait(); r.screen() == before; r.pass(time.Millisecond) {
				if time.Since(start) > time.Second/30 {
					t.Fatalf("%s shows nothing within a frame", key)
				}
			}
		}
	})
}

func TestNoTwoActionsShareAKey(t *testing.T) {
	owner := map[string]string{}
	for _, g := range newKeyMap().groups {
		for _, a := range g.actions {
			for _, k := range a.Keys() {
				if other, taken := owner[k]; taken {
					t.Errorf("%q is %q and %q", k, other, a.Help().Desc)
				}
				owner[k] = a.Help().Desc
			}
		}
	}
}

// keyOf is the name that a key of the help has in a binding.
func keyOf(shown string) string {
	arrows := map[string]string{"←": "left", "→": "right", "↑": "up", "↓": "down", "pgdn": "pgdown"}
	if k, ok := arrows[shown]; ok {
		return k
	}
	return shown
}

func TestHelpShowsEveryKeyOfTheKeyMapAndNoOther(t *testing.T) {
	m := still(t, 120, 100)
	m.Update(typed("?"))
	shown := map[string]bool{}
	for _, g := range m.helpGroups() {
		for _, h := range g.Keys {
			for k := range strings.FieldsSeq(h.Key) {
				k = keyOf(k)
				shown[k] = true
				a := m.keys.find(typed(k))
				if a == nil {
					t.Errorf("help shows %q, which does nothing", k)
				} else if a.Help().Desc != h.Word {
					t.Errorf("help says that %q is %q, but it is %q", k, h.Word, a.Help().Desc)
				}
			}
			if !strings.Contains(plain(m), h.Key) || !strings.Contains(plain(m), h.Word) {
				t.Errorf("%q %q is not on the screen", h.Key, h.Word)
			}
		}
	}
	for _, g := range m.keys.groups {
		for _, a := range g.actions {
			for _, k := range a.Keys() {
				if !shown[k] {
					t.Errorf("help does not show %q, %s", k, a.Help().Desc)
				}
			}
		}
	}
}

func TestHelpFitsEightyColumns(t *testing.T) {
	m := still(t, 80, 100)
	m.Update(typed("?"))
	for _, g := range m.helpGroups() {
		for _, h := range g.Keys {
			if !strings.Contains(plain(m), h.Word+" ") {
				t.Errorf("%q is cut", h.Word)
			}
		}
	}
}

func TestFooterHintsAreKeys(t *testing.T) {
	for _, locked := range []bool{false, true} {
		m := still(t, 200, 50)
		m.locked = locked
		hints := m.footer()
		if len(hints) < 5 {
			t.Fatalf("%d hints", len(hints))
		}
		for _, h := range hints {
			// As a click on the word presses it.
			if m.keys.find(keyPress(h.Key)) == nil {
				t.Errorf("the footer's %q %q is no key", h.Key, h.Word)
			}
		}
	}
}

func TestFooterNamesAllActionsOnlyOnce(t *testing.T) {
	k := newKeyMap()
	for i, a := range k.footer {
		if slices.Index(k.footer, a) != i {
			t.Errorf("%q stands twice in the footer", a.Help().Key)
		}
		if a.word == "" {
			t.Errorf("%q has no word for the footer", a.Help().Key)
		}
	}
}

func TestHelpScrollsAndSwallowsOtherKeys(t *testing.T) {
	withRig(t, rigOptions{width: 80, height: 16}, func(t *testing.T, r *rig) {
		r.pass(time.Second)
		r.press("?")
		offset := func() int {
			r.seen.mu.Lock()
			defer r.seen.mu.Unlock()
			return r.seen.help.offset
		}
		for _, step := range []struct {
			key  string
			want int
		}{
			{"up", 0}, {"down", 1}, {"j", 2}, {"k", 1}, {"space", 9}, {"ctrl+u", 1}, {"pgdown", 9}, {"g", 0},
		} {
			r.press(step.key)
			if got := offset(); got != step.want {
				t.Errorf("%s scrolls to %d, not %d", step.key, got, step.want)
			}
		}
		for range 20 {
			r.press("pgdown")
		}
		r.sees(`quit, and leave the last screen behind`, 0)
		r.press("c", "right", ".")
		if f := r.frame(); f.Selected != 0 || f.Snap.Paused || f.Snap.Injected {
			t.Error("a key went through the help")
		}
		r.press("?")
		r.seesNot(`esc closes`)
	})
}

func TestKeysOfSimulationsDoNotExistWhereTimeIsReal(t *testing.T) {
	m := still(t, 120, 36)
	run := *m.frame.Snap.Run
	run.Virtual = false
	m.frame.Snap.Run = &run
	for _, key := range []string{".", "n", "+", "-", "0", "ctrl+r", "ctrl+n"} {
		m.Update(typed(key))
	}
	if told := m.opts.Engine.(*deafEngine).commands(); len(told) > 0 {
		t.Errorf("the engine was told %+v", told)
	}
	for _, g := range m.helpGroups() {
		for _, h := range g.Keys {
			if h.Key == "." || strings.HasPrefix(h.Key, "+") {
				t.Errorf("help shows %q", h.Key)
			}
		}
	}
	for _, h := range m.footer() {
		if h.Key == "." || h.Key == "n" {
			t.Errorf("the footer shows %q", h.Key)
		}
	}
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
