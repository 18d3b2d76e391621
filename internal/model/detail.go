package model

import tea "charm.land/bubbletea/v2"

// chooseWhy goes up or down by a line of why, and beyond the first to none.
func (m *Model) chooseWhy(by int) {
	n := len(m.layout.WhyAt)
	m.frame.Why = min(max(min(m.frame.Why, n)+by, 0), n)
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
