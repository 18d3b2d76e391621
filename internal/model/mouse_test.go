package model

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views/draw"
	"resiltui/internal/views/page/events"
)

// click is a click in the middle of a rectangle.
func click(c draw.Rect) tea.MouseClickMsg {
	return tea.MouseClickMsg{X: c.X + c.W/2, Y: c.Y + c.H/2, Button: tea.MouseLeft}
}

func (r *rig) click(msg tea.MouseClickMsg) {
	r.program.Send(msg)
	r.pass(oneFrame)
}

func TestAClickSelectsAndASecondOneOpensTheDetail(t *testing.T) {
	for _, size := range [][2]int{{160, 50}, {120, 36}, {80, 24}} {
		withRig(t, rigOptions{width: size[0], height: size[1]}, func(t *testing.T, r *rig) {
			for i, cell := range r.layout().Cells {
				if i == 0 {
					continue
				}
				r.click(click(cell))
				if f := r.frame(); f.Selected != i || f.Maximised {
					t.Fatalf("a click on %d selects %d, maximised %v", i, f.Selected, f.Maximised)
				}
			}
			cells := r.layout().Cells
			r.click(click(cells[4]))
			if f := r.frame(); !f.Detail || f.Selected != 4 {
				t.Errorf("a second click: selected %d, detail %v", f.Selected, f.Detail)
			}
			r.press("esc", "m")
			r.click(click(r.layout().Cells[0]))
			if f := r.frame(); f.Maximised {
				t.Error("a click on the one sensor does not lead back")
			}
		})
	}
}

func TestOnlyTheLeftButtonClicks(t *testing.T) {
	m := still(t, 120, 36)
	for _, b := range []tea.MouseButton{tea.MouseRight, tea.MouseMiddle} {
		c := click(m.layout.Cells[2])
		c.Button = b
		if m.Update(c); m.frame.Selected != 0 {
			t.Errorf("button %v selects", b)
		}
	}
	m.Update(tea.MouseClickMsg{X: 500, Y: 500, Button: tea.MouseLeft})
	m.Update(click(m.layout.Events))
	if m.frame.Selected != 0 || m.frame.Maximised {
		t.Error("a click beside the sensors does something")
	}
}

// wordAt finds a word, in the last line that has it.
func (r *rig) wordAt(word string) tea.MouseClickMsg {
	r.t.Helper()
	lines := strings.Split(r.screen(), "\n")
	for y, line := range slices.Backward(lines) {
		if at := strings.Index(line, word); at >= 0 {
			return tea.MouseClickMsg{X: ansi.StringWidth(line[:at]), Y: y, Button: tea.MouseLeft}
		}
	}
	r.t.Fatalf("%q is not on the screen:\n%s", word, strings.Join(lines, "\n"))
	return tea.MouseClickMsg{}
}

func TestWordsOfTheFooterAreButtons(t *testing.T) {
	for _, size := range [][2]int{{140, 45}, {80, 24}} {
		withRig(t, rigOptions{width: size[0], height: size[1]}, func(t *testing.T, r *rig) {
			r.pass(1450 * time.Millisecond)
			r.click(r.wordAt("c crash"))
			r.sees(`you pressed c: crash begins`, soon)
			r.click(r.wordAt("r recover"))
			r.sees(`you pressed r: crash ended`, soon)
			r.click(r.wordAt("* all"))
			r.sees(` all 5:`, 0)
			r.click(r.wordAt("space pause"))
			r.sees(`PAUSED`, 0)
			r.click(r.wordAt("space go on"))
			r.seesNot(`PAUSED`)
			r.click(r.wordAt("? keys"))
			r.sees(`esc closes`, 0)
			r.click(tea.MouseClickMsg{X: 1, Y: 5, Button: tea.MouseLeft}) // anywhere closes it
			r.seesNot(`esc closes`)
			r.program.Send(r.wordAt("q quit"))
			err := <-r.ended
			r.ended <- err
		})
	}
}

func TestTheWheelSelectsAndScrollsTheHelp(t *testing.T) {
	m := still(t, 80, 16)
	down, up := tea.MouseWheelMsg{Button: tea.MouseWheelDown}, tea.MouseWheelMsg{Button: tea.MouseWheelUp}
	for _, step := range []struct {
		wheel tea.MouseWheelMsg
		want  int
	}{{down, 1}, {down, 2}, {up, 1}, {up, 0}, {up, 0}} {
		if m.Update(step.wheel); m.frame.Selected != step.want {
			t.Errorf("the wheel selects %d, not %d", m.frame.Selected, step.want)
		}
	}
	m.Update(typed("?"))
	m.Update(typed("down"))
	want := plain(m)
	m.Update(down)
	m.Update(up)
	if plain(m) != want || m.frame.Selected != 0 {
		t.Errorf("the wheel turns the help elsewhere than the keys, and selects %d", m.frame.Selected)
	}
	m.Update(down)
	if plain(m) == want {
		t.Error("the wheel does not turn the help")
	}
}

func TestTheEventsOfTheOverviewLeadToTheLogAndTakeNoWheel(t *testing.T) {
	m := still(t, 120, 36)
	at := m.layout.Events
	m.Update(tea.MouseWheelMsg{X: at.X + 5, Y: at.Y + 1, Button: tea.MouseWheelDown})
	if m.frame.Selected != 0 {
		t.Errorf("the wheel over the events selects %d", m.frame.Selected)
	}
	m.Update(tea.MouseClickMsg{X: at.X + 5, Y: at.Y + 1, Button: tea.MouseLeft})
	if m.frame.Page != (events.Page{}) {
		t.Errorf("a click on the events leads to %v", m.frame.Page)
	}
}

func TestTheWheelToTheSideDoesNothing(t *testing.T) {
	m := still(t, 120, 36)
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelLeft})
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelRight})
	if m.frame.Selected != 0 {
		t.Errorf("the wheel to the side selects %d", m.frame.Selected)
	}
}

func TestTheWordsOfAVerdictAreButtons(t *testing.T) {
	withRig(t, rigOptions{width: 120, height: 36}, func(t *testing.T, r *rig) {
		r.pass(8 * time.Second)
		r.press("right", "right", "right", "c")
		r.sees(`S3 coolant .*CLOSED to OPEN`, 15*time.Second)
		r.press("r")
		r.sees(`verdict +S3 coolant +crash`, 15*time.Second)
		r.click(r.wordAt("seen after"))
		r.sees(`seen after +\d\.\d s`, soon)
		if f := r.frame(); f.Selected != 3 || f.Detail {
			t.Errorf("a click within the box reached what is under it: selected %d, detail %v", f.Selected, f.Detail)
		}
		r.click(r.wordAt("esc close"))
		r.seesNot(`seen after  `)
		r.press("left", "v")
		r.sees(`seen after +\d\.\d s`, soon)
		r.click(r.wordAt("tune on these faults"))
		r.sees(`tune S3 coolant`, soon)
	})
}
