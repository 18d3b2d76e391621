package model

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestEscapeAndAKeyInABurstAreTwoKeys(t *testing.T) {
	alt := func(code rune, more ...tea.KeyMod) tea.KeyPressMsg {
		msg := tea.KeyPressMsg{Code: code, Mod: tea.ModAlt}
		for _, mod := range more {
			msg.Mod |= mod
		}
		return msg
	}
	for _, c := range []struct {
		name   string
		before []string
		burst  tea.KeyPressMsg
		quits  bool
		open   bool // a dialog is open after it
	}{
		{"q over the screen", nil, alt('q'), true, false},
		{"q over help", []string{"?"}, alt('q'), true, false},
		{"q over a list over a panel", []string{"t", "y"}, alt('q'), true, true},
		{"q in a text field", []string{"/", "S"}, alt('q'), true, false},
		{"Q", []string{"?"}, alt('q', tea.ModShift), true, false},
		{"ctrl+c", []string{"/"}, alt('c', tea.ModCtrl), true, false},
		{"? closes and opens", []string{"?"}, alt('?'), false, true},
		{"escape", []string{"t", "y"}, alt(tea.KeyEscape), false, false},
		{"a letter that a text field takes with alt", []string{"/", "S"}, alt('b'), false, true},
		{"the same where nothing is typed", []string{"?"}, alt('b'), false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := still(t, 120, 36)
			press(m, c.before...)
			m.Update(c.burst)
			if m.quitting != c.quits {
				t.Errorf("it quits: %v", m.quitting)
			}
			if open := m.top() != nil; open != c.open {
				t.Errorf("open is %T", m.top())
			}
		})
	}
}
