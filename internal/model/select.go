package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// move selects another sensor. Left and right go on in reading order; up and
// down move by a row of the grid.
func (m *Model) move(key string) tea.Cmd {
	n := m.sensorsTotal()
	if n == 0 {
		return nil
	}
	to := m.frame.Selected
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
		m.frame.Selected = to
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
// on the sensor that is selected already shows it alone, and back.
func (m *Model) clicked(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if m.help.open {
		m.help.open = false
		return nil
	}
	switch what, sensor, key := m.layout.Hit(msg.X, msg.Y); what {
	case views.HitSensor:
		if sensor == m.frame.Selected {
			return m.maximise("")
		}
		m.frame.Selected = sensor
	case views.HitKey:
		return m.pressed(keyPress(key))
	}
	return nil
}

// wheel selects, or scrolls the help.
func (m *Model) wheel(msg tea.MouseWheelMsg) {
	scroll, key := "down", "right"
	switch msg.Button {
	case tea.MouseWheelDown:
	case tea.MouseWheelUp:
		scroll, key = "up", "left"
	default:
		return // wheels that turn to the side
	}
	if m.help.open {
		m.scrollHelp(scroll)
		return
	}
	m.move(key)
}

// keyPress is the key of a hint as if it were typed.
func keyPress(name string) tea.KeyPressMsg {
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	r := []rune(name)
	return tea.KeyPressMsg{Code: r[0], Text: name}
}
