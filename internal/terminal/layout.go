package terminal

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// latin translates a pressed key to the key that the dashboard knows. A key is
// named by the letter of the active keyboard layout, as on its cap. Where that
// letter is not ASCII, ctrl+c could not be typed, so the key counts as the one
// in the same place of the standard layout. Terminals with the Kitty keyboard
// protocol report that key; for others the layouts of three alphabets are known.
//
// Keys that type text are not changed: a text field must get what was typed.
func latin(msg tea.KeyPressMsg) tea.KeyPressMsg {
	const modifiers = tea.ModCtrl | tea.ModAlt | tea.ModMeta | tea.ModSuper | tea.ModHyper
	switch {
	case msg.Code > ' ' && msg.Code < ansi.DEL:
		msg.BaseCode = 0 // Dvorak has its c where the standard layout has an i
	case msg.BaseCode == 0 && msg.Text == "" && msg.Mod&modifiers != 0:
		msg.BaseCode = standardKey(msg.Code)
	}
	return msg
}

// standardKey is the key of the standard layout in the place where another
// alphabet has this letter, 0 where it is not known.
func standardKey(letter rune) rune {
	for _, layout := range [...]struct{ letters, keys string }{
		{"йцукенгшщзфывапролдячсмитьі", "qwertyuiopasdfghjklzxcvbnms"},
		{"ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"},
		{"קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"},
	} {
		n := 0
		for _, l := range layout.letters {
			if l == letter {
				return rune(layout.keys[n])
			}
			n++
		}
	}
	return 0
}
