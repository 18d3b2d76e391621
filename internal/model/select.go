package model

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// move selects another sensor. Left and right go on in reading order; up and
// down move by a row of the grid.
func (m *Model) move(key string) tea.Cmd {
	if m.onLog() && key != "left" && key != "right" && key != "h" && key != "l" {
		return m.logKey(key)
	}
	if m.frame.Detail && m.moveDetail(key) {
		return nil
	}
	order := m.frame.Sensors()
	n := len(order)
	if n == 0 {
		return nil
	}
	to := max(slices.Index(order, m.frame.Selected), 0)
	switch key {
	case "left", "h":
		to--
	case "right", "l":
		to++
	case "up", "k":
		to -= m.perRow()
	case "down", "j":
		to += m.perRow()
	case "pgup", "ctrl+u":
		to = max(to-len(m.layout.Visible), 0)
	case "pgdown", "ctrl+d":
		to = min(to+len(m.layout.Visible), n-1)
	case "g":
		to = 0
	case "G":
		to = n - 1
	}
	if to >= 0 && to < n {
		m.frame.Selected = order[to]
	}
	return nil
}

// perRow is how many sensors stand side by side.
func (m *Model) perRow() int {
	cells := m.layout.Cells
	n := 0
	for n < len(cells) && cells[n].Y == cells[0].Y {
		n++
	}
	return max(n, 1)
}

func (m *Model) maximise(string) tea.Cmd {
	m.frame.Maximised = !m.frame.Maximised
	return nil
}

// clicked selects a sensor, or presses the key whose word was clicked. A click
// on the sensor that is selected already shows it in full.
func (m *Model) clicked(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if on, cmd := m.clickedGuide(msg.X, msg.Y); on {
		return cmd
	}
	if o := m.top(); o != nil {
		return m.clickOverlay(o, msg)
	}
	if on, cmd := m.clickedVerdict(msg.X, msg.Y); on {
		return cmd
	}
	switch what, sensor, key := m.layout.Hit(msg.X, msg.Y); what {
	case views.HitSensor:
		switch {
		case m.frame.Detail: // it is there already
		case m.frame.Maximised:
			return m.maximise("")
		case sensor == m.frame.Selected:
			return m.detail("")
		default:
			m.frame.Selected = sensor
		}
	case views.HitEvents:
		if m.onLog() {
			return m.clickLog(msg.Y)
		}
		m.goTo(listPage()) // where they can be gone through
	case views.HitKey:
		return m.pressed(keyPress(key))
	}
	return nil
}

// wheel selects, or turns in what lies over the screen.
func (m *Model) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	up := msg.Button == tea.MouseWheelUp
	if !up && msg.Button != tea.MouseWheelDown {
		return nil // wheels that turn to the side
	}
	if o := m.top(); o != nil {
		return o.wheel(m, up)
	}
	if m.onLog() {
		if up {
			return m.moveInLog(-wheelLines)
		}
		return m.moveInLog(wheelLines)
	}
	if m.frame.Detail {
		m.turnCalls(up, 1)
		return nil
	}
	if what, _, _ := m.layout.Hit(msg.X, msg.Y); what == views.HitEvents {
		return nil // who turns it there does not mean the sensors
	}
	if up {
		return m.move("left")
	}
	return m.move("right")
}

// keyPress is the key of a hint as if it were typed.
func keyPress(name string) tea.KeyPressMsg {
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if special, ok := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "left": tea.KeyLeft, "right": tea.KeyRight}[name]; ok {
		return tea.KeyPressMsg{Code: special}
	}
	r := []rune(name)
	return tea.KeyPressMsg{Code: r[0], Text: name}
}
