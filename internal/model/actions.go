package model

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// targets are the sensors that keys act on; nil is all sensors.
func (m *Model) targets() []int {
	if m.frame.TargetAll && m.filter != "" && len(m.frame.Order) == 0 {
		return []int{m.frame.Selected} // not nil or empty: to the engine that would be all sensors
	}
	if m.frame.TargetAll && m.filter != "" {
		return slices.Clone(m.frame.Order) // all that match the filter
	}
	if m.frame.TargetAll {
		return nil
	}
	return []int{m.frame.Selected}
}

func (m *Model) targetName() string {
	run := m.frame.Snap.Run
	switch {
	case run == nil:
		return ""
	case m.frame.TargetAll:
		return fmt.Sprintf("all %d", len(m.frame.Sensors()))
	case m.frame.Selected < len(run.Sensors):
		return run.Sensors[m.frame.Selected].ID
	default:
		return ""
	}
}

// act sends a command that changes the run itself, not only how it is shown.
func (m *Model) act(cmd event.Command) {
	m.touched = m.feed.snapshot(stats.Query{}).Run
	m.opts.Engine.Do(cmd)
	if cmd.Op == event.Tune {
		m.request(cmd)
	}
}

// Touched says whether keys have changed the run. Its seed and its flags then do
// not give the same run again.
func (m *Model) Touched(run *event.Run) bool { return run != nil && m.touched == run }

// inject injects a fault into the target.
func inject(f fault.Fault) func(*Model, string) tea.Cmd {
	return func(m *Model, who string) tea.Cmd {
		m.act(event.Command{Op: event.Inject, Sensors: m.targets(), Fault: f, By: who})
		return m.awaitBatch(f.Label() + " " + m.targetName())
	}
}

// toTarget sends a command that needs only the target; what is the first part of
// the notice, before the name of the target.
func toTarget(op event.Op, what string) func(*Model, string) tea.Cmd {
	return func(m *Model, who string) tea.Cmd {
		m.act(event.Command{Op: op, Sensors: m.targets(), By: who})
		return m.awaitBatch(what + " " + m.targetName())
	}
}

// recoverAll ends the faults of all sensors, whichever is selected.
func recoverAll(m *Model, who string) tea.Cmd {
	m.act(event.Command{Op: event.Recover, By: who})
	return m.awaitBatch("recover all")
}

// pass sends a command about the passing of time, which takes effect at once.
func pass(op event.Op) func(*Model, string) tea.Cmd {
	return func(m *Model, who string) tea.Cmd {
		m.opts.Engine.Do(event.Command{Op: op, Sensors: m.targets(), By: who})
		return nil
	}
}

// awaitBatch shows what was asked for, because it takes effect with the next
// batch only. In a real run it shows nothing: the event itself appears at once.
func (m *Model) awaitBatch(what string) tea.Cmd {
	now := m.present()
	if now.Run == nil || !now.Run.Virtual {
		return nil
	}
	if now.Ended {
		return m.say(m.overText())
	}
	text := what + ": " + m.withBatch()
	if now.Paused && !m.past.Frozen { // on a frozen screen these keys are off
		text += " (space or .)"
	}
	said := m.say(text)
	m.untilBatch = true
	return said
}

func toggleAll(m *Model) tea.Cmd {
	m.targetAll = !m.targetAll
	return nil
}

func toggleLock(m *Model) tea.Cmd {
	m.locked = !m.locked
	if m.locked {
		return m.say("fault keys are locked")
	}
	return m.say("fault keys are unlocked; faults act inside resiltui only, nothing is sent")
}

func toggleCaptions(m *Model) tea.Cmd {
	m.showKeys = !m.showKeys
	return nil
}

func toggleMouse(m *Model) tea.Cmd {
	m.mouse = !m.mouse
	if m.mouse {
		return m.say("mouse on")
	}
	return m.say("mouse off: the terminal's own selection works")
}

func faster(m *Model, who string) tea.Cmd { return m.pace(m.frame.Snap.Speed*2, who) }
func slower(m *Model, who string) tea.Cmd { return m.pace(m.frame.Snap.Speed/2, who) }
func normal(m *Model, who string) tea.Cmd { return m.pace(1, who) }

// pace sets the speed of simulated time; 1 is as fast as real time.
func (m *Model) pace(speed float64, who string) tea.Cmd {
	speed = min(max(speed, clock.MinSpeed), clock.MaxSpeed)
	m.frame.Snap.Speed = speed // for the next key, which may come before the next frame
	m.opts.Engine.Do(event.Command{Op: event.SetSpeed, Speed: speed, By: who})
	return nil
}

// restart starts the run again with its seed plus further.
func restart(further uint64) func(*Model, string) tea.Cmd {
	return func(m *Model, who string) tea.Cmd {
		run := m.frame.Snap.Run
		if run == nil {
			return nil
		}
		seed := run.Seed + further
		m.opts.Engine.Do(event.Command{Op: event.Restart, Seed: seed, By: who})
		return m.say(fmt.Sprintf("started again with seed %d", seed))
	}
}

// inside says whether esc closes something before it closes the tour.
func (m *Model) inside() bool {
	return m.popup.Shown || m.top() != nil || m.searching() || m.onLog() && m.log.Only || m.filter != "" ||
		m.targetAll || m.frame.Detail || m.frame.Maximised
}

// escape closes the topmost thing that is open.
func escape(m *Model) tea.Cmd {
	switch {
	case m.top() != nil:
		m.close()
	case m.searching():
		m.log.Search = ""
	case m.onLog() && m.log.Only:
		m.onlySelected()
	case m.filter != "":
		m.setFilter("")
	case m.targetAll:
		m.targetAll = false
	case m.frame.Detail:
		m.frame.Detail = false
	case m.frame.Maximised:
		m.frame.Maximised = false
	case m.tour != nil:
		m.leaveTour()
		if len(m.opts.Scenarios) > 0 {
			return m.say("the tour is left; S has it again, from its beginning")
		}
	}
	return nil
}

// nextTheme changes to the next theme, and shows its name.
func nextTheme(m *Model) tea.Cmd {
	themes := draw.Themes()
	i := slices.Index(themes, m.opts.Look.Theme)
	m.opts.Look.Theme = themes[(i+1)%len(themes)]
	m.look = draw.NewLook(m.opts.Look, m.dark)
	return m.say("theme " + string(m.opts.Look.Theme))
}

func redraw(*Model) tea.Cmd  { return tea.ClearScreen }
func suspend(*Model) tea.Cmd { return tea.Suspend }

// quit ends the program.
func (m *Model) quit() tea.Cmd {
	m.quitting = true
	return tea.Quit
}

// quitKeeping ends the program and leaves the last screen in the terminal.
func quitKeeping(m *Model) tea.Cmd {
	m.keptView = views.Draw(m.frame, m.look)
	return m.quit()
}

var _ Engine = (*engine.Session)(nil)

// sensorsTotal is how many sensors the run has.
func (m *Model) sensorsTotal() int { return total(m.frame.Snap.Run) }

func total(run *event.Run) int {
	if run == nil {
		return 0
	}
	return len(run.Sensors)
}
