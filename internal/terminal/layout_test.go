package terminal

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestAKeyIsCalledByItsLetterOrElseByItsPlace(t *testing.T) {
	for _, c := range []struct {
		name string
		key  tea.KeyPressMsg
		want string
	}{
		{"the standard layout", tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl}, "ctrl+c"},
		{"Russian, told", tea.KeyPressMsg{Code: 'с', BaseCode: 'c', Mod: tea.ModCtrl}, "ctrl+c"},
		{"Russian, not told", tea.KeyPressMsg{Code: 'с', Mod: tea.ModCtrl}, "ctrl+c"},
		{"the last of the Russian letters", tea.KeyPressMsg{Code: 'ь', Mod: tea.ModCtrl}, "ctrl+m"},
		{"Ukrainian, not told", tea.KeyPressMsg{Code: 'і', Mod: tea.ModCtrl}, "ctrl+s"},
		{"Greek, not told", tea.KeyPressMsg{Code: 'ψ', Mod: tea.ModCtrl}, "ctrl+c"},
		{"Hebrew, not told", tea.KeyPressMsg{Code: 'ב', Mod: tea.ModCtrl}, "ctrl+c"},
		{"an alphabet that is not known, told", tea.KeyPressMsg{Code: 'ؤ', BaseCode: 'c', Mod: tea.ModCtrl}, "ctrl+c"},
		{"an alphabet that is not known, not told", tea.KeyPressMsg{Code: 'ؤ', Mod: tea.ModCtrl}, "ctrl+ؤ"},
		{"the c of Dvorak, where others have an i", tea.KeyPressMsg{Code: 'c', BaseCode: 'i', Mod: tea.ModCtrl}, "ctrl+c"},
		{"the j of Dvorak, where others have a c", tea.KeyPressMsg{Code: 'j', BaseCode: 'c', Mod: tea.ModCtrl}, "ctrl+j"},
		{"the q of AZERTY", tea.KeyPressMsg{Code: 'q', BaseCode: 'a', Mod: tea.ModAlt}, "alt+q"},
		{"a letter that is typed", tea.KeyPressMsg{Code: 'с', Text: "с"}, "с"},
		{"a letter that is typed with shift", tea.KeyPressMsg{Code: 'с', Text: "С", Mod: tea.ModShift}, "С"},
		{"a key without a letter", tea.KeyPressMsg{Code: tea.KeyUp, Mod: tea.ModCtrl}, "ctrl+up"},
	} {
		if got := (&Screen{}).filter(nil, c.key).(tea.KeyPressMsg).String(); got != c.want {
			t.Errorf("%s: %q, not %q", c.name, got, c.want)
		}
	}
}
