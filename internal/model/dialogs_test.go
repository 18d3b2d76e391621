package model

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/views/draw"
)

// told are the commands that a model gave an engine that does nothing.
func told(m *Model) []event.Command { return m.opts.Engine.(*deafEngine).commands() }

// wordOn is a click on the first place of a screen that has a text.
func wordOn(t *testing.T, screen, text string) tea.MouseClickMsg {
	t.Helper()
	for y, line := range strings.Split(screen, "\n") {
		if at := strings.Index(line, text); at >= 0 {
			return tea.MouseClickMsg{X: len([]rune(line[:at])), Y: y, Button: tea.MouseLeft}
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", text, screen)
	return tea.MouseClickMsg{}
}

func press(m *Model, names ...string) {
	for _, n := range names {
		m.Update(typed(n))
	}
}

func TestThePaletteOverThePipeline(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 16}, {50, 12}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			atMoment(t, moment, crashed, Options{}, func(t *testing.T, p picture) {
				p.take(size[0], size[1])
				p.press("G", "f", "s")
				p.take(size[0], size[1]) // with what the palette asks for
				golden.RequireEqual(t, ansi.Strip(p.take(size[0], size[1])))
			})
		})
	}
	t.Run("more, typed, ASCII", func(t *testing.T) {
		atMoment(t, moment, crashed, Options{Look: draw.Options{ASCII: true}}, func(t *testing.T, p picture) {
			p.take(80, 24)
			p.press("G", "f", "*", "O", "tab", "tab", "9", "9")
			p.take(80, 24)
			out := ansi.Strip(p.take(80, 24))
			if strings.ContainsFunc(out, func(r rune) bool { return r > '~' }) {
				t.Errorf("not ASCII:\n%s", out)
			}
			golden.RequireEqual(t, out)
		})
	})
}

func TestTheFirstFaultsOfThePaletteHaveKeysOutside(t *testing.T) {
	m := still(t, 120, 36)
	outside := 0
	for _, k := range fault.Kinds() {
		row, _ := m.keys.find(m, typed(k.Key))
		if injects := row != nil && row.has(unlocked); injects != (k.Row > 0) {
			t.Errorf("%q injects outside: %v, row %d", k.Key, injects, k.Row)
		}
		if k.Row > 0 {
			outside++
		}
	}
	if outside == 0 {
		t.Error("there are none")
	}
}

func TestAFaultOfThePaletteIsInjectedAndEnded(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(1300 * time.Millisecond)
		r.press("f")
		r.sees(`faults  S0 boiler .* begins with batch 4 `, 0)
		r.press("c", "2", "0", "enter", "enter")
		r.sees(`crash on S0 boiler: with batch [45]`, 0)
		r.sees(`active: crash, 20 s left`, time.Second)
		r.press("s", "enter")
		r.sees(`active: crash, 19 s left; slow \+150 ms `, 2*time.Second)
		r.press("d")
		r.sees(`active: crash, 1. s left +│`, time.Second)
		r.press("c", "right", "enter") // a second crash takes the first one's place
		r.sees(`active: crash, 2[01] s left +│`, time.Second)
		r.press("*", "e", "enter")
		r.sees(`active: crash on S0; errors 50 % on S0, S1, S2 and 2 more`, time.Second)
		r.press("backspace")
		r.sees(`active: crash on S0 +│`, time.Second)
		r.press("r")
		r.sees(`active: none`, time.Second)
	})
}

func TestAClickBesideADialogClosesIt(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "f")
	m.Update(wordOn(t, plain(m), "e errors"))
	m.Update(wordOn(t, plain(m), "inject  "))
	if got := told(m); len(got) != 1 || got[0].Fault.Kind != fault.Errors {
		t.Fatalf("clicks in the palette send %+v", got)
	}
	m.Update(wordOn(t, plain(m), "* all sensors"))
	if !m.targetAll {
		t.Error("a click on a key of the palette does not press it")
	}
	m.Update(wordOn(t, plain(m), "Overview")) // beside it
	if m.top() != nil {
		t.Error("a click beside it leaves it open")
	}
}

func TestThePastCannotBeBroken(t *testing.T) {
	m := still(t, 120, 36)
	m.past.Frozen = true
	for _, key := range []string{"f", "c", "r", "T"} {
		press(m, key)
		if m.top() != nil || !strings.Contains(m.notice.text, "this is the past") {
			t.Errorf("%s opens on the past: %q", key, m.notice.text)
		}
	}
}

func TestNoKeyIsLostToAHiddenOverlay(t *testing.T) {
	for _, open := range []string{"f", "t"} {
		m := still(t, 120, 36)
		press(m, open)
		m.Update(sized(12, 2))
		press(m, "c")
		if got := told(m); len(got) != 1 || got[0].Op != event.Inject {
			t.Errorf("%s swallows c on a screen that does not show it: %+v", open, got)
		}
		press(m, "esc")
		if m.top() != nil {
			t.Errorf("esc leaves %s open", open)
		}
	}
}
