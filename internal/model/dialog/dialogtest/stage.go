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

// Stage is a screen with dialogs on it. Make it with [New]; what is exported may be
// set between two keys.
type Stage struct {
	View dialog.View
	// Open are the dialogs, the topmost last.
	Open []dialog.Dialog
	// Did are the commands that were asked for, Said the lines that were shown on
	// the screen, Pressed the keys of the screen that a dialog pressed.
	Did           []event.Command
	Said, Pressed []string
}

// New is a screen of a size over the pipeline before its first call, with its first
// sensor selected, and a dialog on it; nil is none yet.
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

// Run is the pipeline with its default seed, five sensors that nobody reads.
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

// Aim makes a sensor the target.
func (s *Stage) Aim(sensor int) {
	info := s.View.Snap.Run.Sensors[sensor]
	s.View.Target = dialog.Target{
		Name: strings.TrimSpace(info.ID + " " + info.Name), Selected: sensor, Sensors: []int{sensor},
	}
}

// AimAtAll makes all sensors the target, and the selected one stays it.
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

// Press presses keys by their names ("a", "enter", "shift+tab") and returns the Cmd
// of the last one. Escape closes a dialog that does not take it.
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

// Takes is true where the topmost dialog has a use for a key.
func (s *Stage) Takes(name string) bool {
	used, _ := s.Top().Key(s.View, host{s}, Key(name))
	return used
}

// Answer hands what a Cmd came to back to its dialog, and returns the next Cmd; nil
// where it came to nothing that a dialog waits for.
func (s *Stage) Answer(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	if a, ok := cmd().(dialog.Answer); ok {
		return a.Take(s.View, host{s})
	}
	return nil
}

// Text is what the topmost dialog draws, without colours; empty where it draws
// nothing.
func (s *Stage) Text() string {
	if s.Top() == nil {
		return ""
	}
	return ansi.Strip(s.Top().Draw(s.View).String())
}

// Click clicks on the first place of the topmost dialog that has a text, and
// returns the Cmd. A click on a key presses it.
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

// ClickAt clicks at a cell of the topmost dialog's box.
func (s *Stage) ClickAt(x, y int) tea.Cmd {
	row, key := s.Top().Draw(s.View).Hit(x, y)
	if key != "" {
		return s.Press(key)
	}
	return s.Top().Click(s.View, host{s}, row)
}

// Wheel turns the topmost dialog by a step.
func (s *Stage) Wheel(up bool) { s.Top().(dialog.Wheeling).Wheel(s.View, up) }

// host is the Host of a stage.
type host struct{ s *Stage }

// Do remembers the command.
func (h host) Do(cmd event.Command) { h.s.Did = append(h.s.Did, cmd) }

// Asked says when it takes effect.
func (h host) Asked(what string) (dialog.Remark, tea.Cmd) {
	text := what + ": " + h.s.View.Effect
	return dialog.Remark{Text: text}, h.Say(text)
}

// Say remembers the line.
func (h host) Say(text string) tea.Cmd {
	h.s.Said = append(h.s.Said, text)
	return nil
}

// Press remembers the key, and does what "*" and "!" do.
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

// Open lays a dialog on the others.
func (h host) Open(d dialog.Dialog) { h.s.Open = append(h.s.Open, d) }

// Close takes the topmost one away.
func (h host) Close() { h.s.Open = slices.Clone(h.s.Open[:len(h.s.Open)-1]) }
