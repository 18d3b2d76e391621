package model

import tea "charm.land/bubbletea/v2"

// chooseWhy moves the choice by some lines of why; before the first line nothing
// is chosen.
func (m *Model) chooseWhy(by int) {
	n := len(m.layout.WhyAt)
	m.frame.Why = min(max(min(m.frame.Why, n)+by, 0), n)
}

// turnCalls scrolls the list of calls by n lines. The layout limits it at the
// oldest call.
func (m *Model) turnCalls(up bool, n int) {
	if !up {
		n = -n
	}
	m.frame.Back = max(m.layout.Back+n, 0)
}

// showWhy freezes the screen at the time of the chosen line of why, if one is
// chosen.
func (m *Model) showWhy() tea.Cmd {
	at := m.layout.WhyAt
	if i := m.frame.Why - 1; i >= 0 && i < len(at) {
		return m.freezeAt(at[i])
	}
	return nil
}
