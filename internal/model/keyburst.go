package model

import (
	"slices"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// typed carries out what was pressed. Escape and a key in one burst come as one key
// with alt, since terminals write them alike; no key of the dashboard has alt, so they
// are two. A text field has some, and keeps them.
func (m *Model) typed(msg tea.KeyPressMsg) tea.Cmd {
	if !msg.Mod.Contains(tea.ModAlt) || types(m.top()) && editsWords(msg) {
		return m.pressed(msg)
	}
	escape := m.pressed(tea.KeyPressMsg{Code: tea.KeyEscape})
	return tea.Batch(escape, m.pressed(withoutAlt(msg)))
}

// editsWords is true for the keys by which a text field goes from word to word and
// deletes words.
func editsWords(msg tea.KeyPressMsg) bool {
	return slices.Contains([]string{
		"alt+right", "alt+left", "alt+f", "alt+b", "alt+backspace", "alt+delete", "alt+d",
	}, msg.String())
}

// withoutAlt is the key that came with alt, with the text that it types by itself.
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
