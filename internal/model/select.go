package model

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// Keys that select. Left and right go through the sensors in reading order, up
// and down by a row of the grid. On the list of events all but left and right
// move its cursor. On the detail page up and down choose a line of why, and page
// up and page down scroll the list of calls.

func moveLeft(m *Model) tea.Cmd  { return m.move(-1) }
func moveRight(m *Model) tea.Cmd { return m.move(1) }
func moveUp(m *Model) tea.Cmd    { return m.moveRow(-1) }
func moveDown(m *Model) tea.Cmd  { return m.moveRow(1) }
func screenUp(m *Model) tea.Cmd  { return m.moveScreen(-1) }
func screenDown(m *Model) tea.Cmd {
	return m.moveScreen(1)
}

// move moves the selection by some sensors, where there is one.
func (m *Model) move(by int) tea.Cmd {
	m.choose(m.place() + by)
	return nil
}

func (m *Model) moveRow(by int) tea.Cmd {
	switch {
	case m.onLog():
		return m.moveInLog(by)
	case m.frame.Detail:
		m.chooseWhy(by)
	default:
		m.choose(m.place() + by*m.perRow())
	}
	return nil
}

func (m *Model) moveScreen(by int) tea.Cmd {
	switch {
	case m.onLog():
		return m.moveInLog(by * max(m.listed().Rows-1, 1))
	case m.frame.Detail:
		m.turnCalls(by < 0, m.layout.CallRows)
	default:
		last := len(m.frame.Sensors()) - 1
		m.choose(min(max(m.place()+by*len(m.layout.Visible), 0), last))
	}
	return nil
}

// goFirst and goLast select the first and the last sensor; on the list of events
// they go to the oldest line and to the newest, which it then follows.
func goFirst(m *Model) tea.Cmd {
	if m.onLog() {
		m.log.Start(m.listed())
	} else {
		m.choose(0)
	}
	return nil
}

func goLast(m *Model) tea.Cmd {
	if m.onLog() {
		m.log.Follow()
	} else {
		m.choose(len(m.frame.Sensors()) - 1)
	}
	return nil
}

// place is the index of the selected sensor among those that are shown.
func (m *Model) place() int { return max(slices.Index(m.frame.Sensors(), m.frame.Selected), 0) }

// choose selects the sensor at an index, where there is one.
func (m *Model) choose(place int) {
	if m.frame.Detail {
		m.frame.Why, m.frame.Back = 0, 0 // these belong to the previous sensor
	}
	if order := m.frame.Sensors(); place >= 0 && place < len(order) {
		m.frame.Selected = order[place]
	}
}

// perRow is how many sensors are side by side.
func (m *Model) perRow() int {
	cells := m.layout.Cells
	n := 0
	for n < len(cells) && cells[n].Y == cells[0].Y {
		n++
	}
	return max(n, 1)
}

func (m *Model) maximise() tea.Cmd {
	m.frame.Maximised = !m.frame.Maximised
	return nil
}

// clicked selects a sensor, or presses the key whose word was clicked. A click
// on the selected sensor shows its details.
func (m *Model) clicked(msg tea.MouseClickMsg) tea.Cmd {
	if msg.Button != tea.MouseLeft {
		return nil
	}
	if on, cmd := m.clickedGuide(msg.X, msg.Y); on {
		return cmd
	}
	if d := m.top(); d != nil {
		return m.clickDialog(d, msg)
	}
	if on, cmd := m.clickedVerdict(msg.X, msg.Y); on {
		return cmd
	}
	switch what, sensor, key := m.layout.Hit(msg.X, msg.Y); what {
	case views.HitSensor:
		switch {
		case m.frame.Detail: // its details are shown already
		case m.frame.Maximised:
			return m.maximise()
		case sensor == m.frame.Selected:
			return m.detail()
		default:
			m.frame.Selected = sensor
		}
	case views.HitEvents:
		if m.onLog() {
			return m.clickLog(msg.Y)
		}
		m.goTo(listPage()) // the page on which events can be scrolled
	case views.HitKey:
		return m.pressed(keyPress(key))
	}
	return nil
}

// wheel moves the selection, or scrolls the topmost dialog.
func (m *Model) wheel(msg tea.MouseWheelMsg) tea.Cmd {
	up := msg.Button == tea.MouseWheelUp
	if !up && msg.Button != tea.MouseWheelDown {
		return nil // a horizontal wheel
	}
	if d := m.top(); d != nil {
		m.turnDialog(d, up)
		return nil
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
		return nil // there the wheel is not meant for the sensors
	}
	if up {
		return m.move(-1)
	}
	return m.move(1)
}

// keyPress is the message for a key given by its name.
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
