// Package dialogtest is a test harness for dialogs: a View of a small run, a Host that
// records its calls, and functions that press keys and move the mouse.
//
// It is not the model: it opens and closes dialogs as the model does, and only records
// everything else that a dialog asks for, so that a test is a table of keys and results.
// Only tests import it.
package dialogtest

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
	"resiltui/internal/views/draw"
)

// Stage is a screen with dialogs. Make it with [New]; exported fields may be changed
// between two keys.
type Stage struct {
	View dialog.View
	// Open are the dialogs, the topmost last.
	Open []dialog.Dialog
	// Did are the commands that dialogs sent, Said the lines that they showed on the
	// screen, Pressed the keys of the screen that they pressed.
	Did           []event.Command
	Said, Pressed []string
}

// New is a screen of the given size over the pipeline before its first call, with its
// first sensor selected, and a dialog on it; nil is no dialog.
func New(width, height int, d dialog.Dialog) *Stage {
	s := &Stage{View: dialog.View{
		Snap: &stats.Snapshot{Run: Run()}, Width: width, Height: height,
		Look: draw.NewLook(draw.Options{}, true), Effect: "with batch 1",
	}}
	for i, sensor := range s.View.Snap.Run.Sensors {
		s.View.Snap.Sensors = append(s.View.Snap.Sensors, stats.SensorView{Sensor: sensor, Index: i})
	}
	s.Aim(0)
	if d != nil {
		s.Open = append(s.Open, d)
	}
	return s
}

// Run is the pipeline with its default seed: five sensors that are never read.
func Run() *event.Run {
	c := scenario.Pipeline().Config(scenario.DefaultSeed)
	run := &event.Run{Scenario: c.Scenario, Seed: c.Seed, Interval: c.Interval, Virtual: true, Naive: true}
	for _, m := range c.Members {
		run.Sensors = append(run.Sensors, event.Sensor{
			Info: m.Info, Policy: m.Policy, Strategy: m.Policy.Strategy,
		})
	}
	return run
}

// Aim makes a sensor the selected one and the target.
func (s *Stage) Aim(sensor int) {
	info := s.View.Snap.Run.Sensors[sensor]
	s.View.Target = dialog.Target{
		Name: strings.TrimSpace(info.ID + " " + info.Name), Selected: sensor, Sensors: []int{sensor},
	}
}

// AimAtAll makes all sensors the target; the selected sensor does not change.
func (s *Stage) AimAtAll() {
	s.View.Target = dialog.Target{Name: "all 5 sensors", Selected: s.View.Target.Selected, All: true}
}

// Top is the dialog that gets the keys, nil where none is open.
func (s *Stage) Top() dialog.Dialog {
	if len(s.Open) == 0 {
		return nil
	}
	return s.Open[len(s.Open)-1]
}

// Press presses keys by their names ("a", "enter", "shift+tab") and returns the Cmd of
// the last one. Escape closes a dialog that does not use it.
func (s *Stage) Press(names ...string) (cmd tea.Cmd) {
	for _, name := range names {
		if s.Top() == nil {
			return nil
		}
		used, did := s.Top().Key(s.View, host{s}, Key(name))
		if cmd = did; !used && name == "esc" {
			host{s}.Close()
		}
	}
	return cmd
}

// Takes says whether the topmost dialog uses a key.
func (s *Stage) Takes(name string) bool {
	used, _ := s.Top().Key(s.View, host{s}, Key(name))
	return used
}

// Answer passes the result of a Cmd back to its dialog, and returns the next Cmd; nil
// where the result is not for a dialog.
func (s *Stage) Answer(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	if a, ok := cmd().(dialog.Answer); ok {
		return a.Take(s.View, host{s})
	}
	return nil
}

// Text is what the topmost dialog draws, without colours; empty where it draws nothing.
func (s *Stage) Text() string {
	if s.Top() == nil {
		return ""
	}
	return ansi.Strip(s.Top().Draw(s.View).String())
}

// Click clicks on the first cell of a text in the topmost dialog, and returns the Cmd. A
// click on the name of a key presses it.
func (s *Stage) Click(t testing.TB, text string) tea.Cmd {
	t.Helper()
	for y, line := range strings.Split(s.Text(), "\n") {
		if before, _, found := strings.Cut(line, text); found {
			return s.ClickAt(ansi.StringWidth(before), y)
		}
	}
	t.Fatalf("%q is not there:\n%s", text, s.Text())
	return nil
}

// ClickAt clicks on a cell of the topmost dialog's box.
func (s *Stage) ClickAt(x, y int) tea.Cmd {
	row, key := s.Top().Draw(s.View).Hit(x, y)
	if key != "" {
		return s.Press(key)
	}
	return s.Top().Click(s.View, host{s}, row)
}

// Wheel scrolls the topmost dialog by one step.
func (s *Stage) Wheel(up bool) { s.Top().(dialog.Wheeling).Wheel(s.View, up) }

// host is the dialog.Host of a stage.
type host struct{ s *Stage }

// Do records the command.
func (h host) Do(cmd event.Command) { h.s.Did = append(h.s.Did, cmd) }

// Asked reports when the command takes effect.
func (h host) Asked(what string) (dialog.Remark, tea.Cmd) {
	text := what + ": " + h.s.View.Effect
	return dialog.Remark{Text: text}, h.Say(text)
}

// Say records the line.
func (h host) Say(text string) tea.Cmd {
	h.s.Said = append(h.s.Said, text)
	return nil
}

// Press records the key, and does what the model does for "*" and "!".
func (h host) Press(key string) tea.Cmd {
	h.s.Pressed = append(h.s.Pressed, key)
	switch {
	case key == "*" && h.s.View.Target.All:
		h.s.Aim(h.s.View.Target.Selected)
	case key == "*":
		h.s.AimAtAll()
	case key == "!":
		h.s.View.Locked = ""
	}
	return nil
}

// Open shows a dialog on top of the others.
func (h host) Open(d dialog.Dialog) { h.s.Open = append(h.s.Open, d) }

// Close closes the topmost dialog.
func (h host) Close() { h.s.Open = slices.Clone(h.s.Open[:len(h.s.Open)-1]) }
