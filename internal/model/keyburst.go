package model

import (
	"slices"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// typed executes a pressed key. Escape followed at once by another key arrives as that
// key with alt, since terminals encode both in the same way. No key of the dashboard
// has alt, so the two keys are executed. A text field uses some keys with alt, and
// receives those.
func (m *Model) typed(msg tea.KeyPressMsg) tea.Cmd {
	if !msg.Mod.Contains(tea.ModAlt) || types(m.top()) && editsWords(msg) {
		return m.pressed(msg)
	}
	escape := m.pressed(tea.KeyPressMsg{Code: tea.KeyEscape})
	return tea.Batch(escape, m.pressed(withoutAlt(msg)))
}

// editsWords says whether a text field uses the key to move by words or to delete
// words.
func editsWords(msg tea.KeyPressMsg) bool {
	return slices.Contains([]string{
		"alt+right", "alt+left", "alt+f", "alt+b", "alt+backspace", "alt+delete", "alt+d",
	}, msg.String())
}

// withoutAlt is the key without alt, with the text that it types.
func withoutAlt(msg tea.KeyPressMsg) tea.KeyPressMsg {
	msg.Mod &^= tea.ModAlt
	if msg.Text != "" || msg.Mod&^tea.ModShift != 0 || !unicode.IsPrint(msg.Code) {
		return msg
	}
	switch {
	case msg.Mod == 0:
		msg.Text = string(msg.Code)
	case msg.ShiftedCode != 0:
		msg.Text = string(msg.ShiftedCode)
	default:
		msg.Text = string(unicode.ToUpper(msg.Code))
	}
	return msg
}
