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

func TestThePaletteHasEveryFaultUnderAKeyOfItsOwn(t *testing.T) {
	rows, first := faultRows()
	keys, kinds := map[string]bool{}, map[fault.Number]bool{}
	for _, k := range rows {
		if keys[k.Key] || kinds[k.Number] {
			t.Errorf("%q chooses two faults", k.Key)
		}
		keys[k.Key], kinds[k.Number] = true, true
	}
	if len(kinds) != len(fault.Kinds()) {
		t.Errorf("the palette has %v", kinds)
	}
	m := still(t, 120, 36)
	for i, k := range rows {
		// The first ones are those of the keys outside.
		if a, _ := m.keys.find(m, typed(k.Key)); i < first && (a == nil || !a.has(unlocked) || k.Row != i+1) {
			t.Errorf("%q injects nothing outside, row %d", k.Key, k.Row)
		}
		press(m, "f", k.Key, "enter", "esc")
		if all := told(m); all[len(all)-1].Fault != k.Default {
			t.Errorf("%q injects %+v", k.Key, all[len(all)-1])
		}
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

func TestAParameterIsSteppedOrTyped(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "f", "s", "right", "enter") // in the list, steps are for the most telling one
	want := fault.Default(fault.Slow)
	want.Extra = 200 * time.Millisecond
	if got := told(m)[0].Fault; got != want {
		t.Errorf("a step gives %+v", got)
	}
	press(m, "7", "5", "enter", "enter") // the field, then the button
	want.Extra = 75 * time.Millisecond
	if got := told(m)[1].Fault; got != want {
		t.Errorf("75 gives %+v", got)
	}
	press(m, "up", "1", "2", "enter", "enter") // the time to live stands over the button
	want.Until = 12 * time.Second
	if got := told(m)[2].Fault; got != want {
		t.Errorf("a time to live gives %+v", got)
	}
	press(m, "esc", "f", "s", "enter") // it is kept for the next time
	if got := told(m)[3].Fault; got != want {
		t.Errorf("opened again it gives %+v", got)
	}
}

func TestAParameterOutOfRangeIsToldAtOnceAndNotInjected(t *testing.T) {
	for _, typedText := range []string{"0", "60001", "1e9", "x", ""} {
		m := still(t, 120, 36)
		press(m, "f", "s", "tab", "enter")
		for range 8 {
			press(m, "backspace")
		}
		for _, r := range typedText {
			press(m, string(r))
		}
		if out := plain(m); !strings.Contains(out, "no: between 1 and 60000 ms") {
			t.Errorf("%q: the range is not beside the field:\n%s", typedText, out)
		}
		press(m, "enter", "enter")
		if got := told(m); len(got) > 0 {
			t.Errorf("%q injects %+v", typedText, got)
		}
		press(m, "esc")
		if m.top() == nil {
			t.Errorf("%q: esc in the field closes the palette", typedText)
		}
		press(m, "tab", "tab", "enter") // on to the button
		if got := told(m); len(got) != 1 || got[0].Fault != fault.Default(fault.Slow) {
			t.Errorf("%q: then %+v is injected", typedText, got)
		}
	}
}

func TestThePaletteSaysWhatIsActiveAndEndsIt(t *testing.T) {
	withRig(t, rigOptions{}, func(t *testing.T, r *rig) {
		r.pass(1300 * time.Millisecond)
		r.press("f")
		r.sees(`faults  S0 boiler .* begins with batch 4 `, 0)
		r.sees(`active: none`, 0)
		r.press("c", "2", "0", "enter", "enter")
		r.sees(`crash on S0 boiler: with batch [45]`, 0)
		r.sees(`active: crash, 20 s left`, time.Second)
		r.sees(`» c crash +! 20 s|  c crash +! 20 s`, 0)
		r.press("s", "enter")
		r.sees(`active: crash, 19 s left; slow \+150 ms `, 2*time.Second)
		r.press("d")
		r.sees(`active: crash, 1. s left +│`, time.Second)
		r.press("c", "right", "enter") // a second crash takes the first one's place
		r.sees(`active: crash, 2[01] s left +│`, time.Second)
		r.press("*", "e", "enter")
		r.sees(`active: crash on S0; errors 50 % on S0, S1, S2 and 2 more`, time.Second)
		r.sees(`e errors +! 5/5`, 0)
		r.press("backspace")
		r.sees(`active: crash on S0 +│`, time.Second)
		r.press("r")
		r.sees(`active: none`, time.Second)
		r.press("d")
		r.sees(`no errors is active on all 5 sensors`, 0)
	})
}

func TestALockedPaletteSaysSoAndUnlocks(t *testing.T) {
	m := still(t, 120, 36)
	m.locked = true
	press(m, "f", "c", "enter")
	if len(told(m)) > 0 || !strings.Contains(plain(m), "fault keys are locked; ! unlocks them") {
		t.Errorf("a locked palette:\n%s", plain(m))
	}
	press(m, "!", "enter")
	if got := told(m); len(got) != 1 || got[0].Op != event.Inject {
		t.Errorf("unlocked it sends %+v", got)
	}
}

func TestThePaletteScrollsOnToTheOtherKinds(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "f")
	if strings.Contains(plain(m), "brownout") {
		t.Error("all kinds are listed at once")
	}
	_, first := faultRows()
	for range first {
		press(m, "down")
	}
	press(m, "enter")
	if !strings.Contains(plain(m), "brownout") || told(m)[0].Fault.Kind != fault.Jitter {
		t.Errorf("scrolling on gives %+v:\n%s", told(m), plain(m))
	}
	press(m, "m")
	if strings.Contains(plain(m), "brownout") {
		t.Error("m does not hide them again")
	}
}

func TestThePaletteByMouse(t *testing.T) {
	m := still(t, 120, 36)
	press(m, "f")
	click := func(text string) {
		t.Helper()
		m.Update(wordOn(t, plain(m), text))
	}
	click("e errors")
	click("inject  ")
	if got := told(m); len(got) != 1 || got[0].Fault.Kind != fault.Errors {
		t.Fatalf("%+v", got)
	}
	click("attempts that fail")
	click("attempts that fail")
	if p := m.top().(*palette); p.typed == nil {
		t.Error("a second click opens no field")
	}
	click("esc leave it")
	click("* all sensors")
	click("enter type a value")
	click("enter take it")
	click("inject  ")
	if got := told(m); len(got) != 2 || got[1].Sensors != nil {
		t.Fatalf("%+v", got)
	}
	click("Overview") // beside it
	if m.top() != nil {
		t.Error("a click beside it leaves it open")
	}
}

func TestThePastCannotBeBrokenOrTuned(t *testing.T) {
	m := still(t, 120, 36)
	m.past.frozen = true
	for _, key := range []string{"f", "t"} {
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
