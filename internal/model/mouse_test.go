package model

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// click is a click in the middle of a rectangle.
func click(c views.Rect) tea.MouseClickMsg {
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

// wordAt finds a word of the last line.
func (r *rig) wordAt(word string) tea.MouseClickMsg {
	r.t.Helper()
	lines := strings.Split(r.screen(), "\n")
	y := len(lines) - 1
	at := strings.Index(lines[y], word)
	if at < 0 {
		r.t.Fatalf("%q is not in %q", word, lines[y])
	}
	return tea.MouseClickMsg{X: len([]rune(lines[y][:at])), Y: y, Button: tea.MouseLeft}
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
	m.Update(down)
	m.Update(down)
	m.Update(up)
	if m.helpOffset() != 1 || m.frame.Selected != 0 {
		t.Errorf("the wheel scrolls the help to %d and selects %d", m.helpOffset(), m.frame.Selected)
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
