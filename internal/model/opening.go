package model

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/model/dialog/faults"
	"resiltui/internal/model/dialog/help"
)

// The keys that open dialogs.

// openPalette opens the palette of faults for the target.
func openPalette(m *Model) tea.Cmd {
	run := m.frame.Snap.Run
	if m.frame.Selected < total(run) {
		m.open(faults.New(run, m.faults))
	}
	return nil
}

// toggleHelp opens the list of keys, and takes it away wherever it lies.
func toggleHelp(m *Model) tea.Cmd {
	open := slices.IndexFunc(m.dialogs, func(d dialog.Dialog) bool { _, help := d.(*help.Box); return help })
	if open >= 0 {
		m.dialogs = slices.Delete(m.dialogs, open, open+1)
		return nil
	}
	m.open(help.New(m.helpGroups))
	return nil
}
