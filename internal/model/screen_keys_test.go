package model

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

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
			return r.seen.helpOpen(), r.seen.targetAll, r.seen.frame.Maximised
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
