package terminal

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// latin is the key that the dashboard knows a pressed key by. A key is called by
// the letter of the layout in use, as on its cap; where that letter is none of
// ASCII, ctrl+c would be out of reach, and the key counts as what it is on the
// standard layout. A terminal of the Kitty keyboard protocol says what that is;
// for others the layouts of three alphabets are known.
//
// Keys that type text stay as they are: a text field must get what was typed.
func latin(msg tea.KeyPressMsg) tea.KeyPressMsg {
	const modifiers = tea.ModCtrl | tea.ModAlt | tea.ModMeta | tea.ModSuper | tea.ModHyper
	switch {
	case msg.Code > ' ' && msg.Code < ansi.DEL:
		msg.BaseCode = 0 // the c of Dvorak is where others have an i
	case msg.BaseCode == 0 && msg.Text == "" && msg.Mod&modifiers != 0:
		msg.BaseCode = standardKey(msg.Code)
	}
	return msg
}

// standardKey is the key of the standard layout in whose place another alphabet
// has a letter, 0 where that is not known.
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
