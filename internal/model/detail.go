package model

import (
	tea "charm.land/bubbletea/v2"
)

// moveDetail is what the keys of selection do on a detail: left and right go to
// the neighbours, up and down choose a line of why, a page up or down turns the
// list of calls. done is false for a key that does here what it does elsewhere.
func (m *Model) moveDetail(key string) (done bool) {
	f := &m.frame
	switch key {
	case "up", "k":
		f.Why = max(min(f.Why, len(m.layout.WhyAt))-1, 0)
	case "down", "j":
		f.Why = min(f.Why+1, len(m.layout.WhyAt))
	case "pgup", "ctrl+u":
		m.turnCalls(true, m.layout.CallRows())
	case "pgdown", "ctrl+d":
		m.turnCalls(false, m.layout.CallRows())
	default:
		f.Why, f.Back = 0, 0 // they were about another sensor
		return false
	}
	return true
}

// turnCalls turns the list of calls by n lines. The layout knows how far back it
// goes.
func (m *Model) turnCalls(up bool, n int) {
	if !up {
		n = -n
	}
	m.frame.Back = max(m.layout.Back+n, 0)
}

// showWhy freezes the screen at the moment of the chosen line of why, where one
// is chosen.
func (m *Model) showWhy() tea.Cmd {
	at := m.layout.WhyAt
	if i := m.frame.Why - 1; i >= 0 && i < len(at) {
		return m.freezeAt(at[i])
	}
	return nil
}
