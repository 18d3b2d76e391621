package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/views"
)

// helpBox is the list of keys.
type helpBox struct{ offset int }

func (m *Model) toggleHelp() tea.Cmd {
	for i, o := range m.overlays {
		if _, ok := o.(*helpBox); ok {
			m.overlays = append(m.overlays[:i], m.overlays[i+1:]...)
			return nil
		}
	}
	m.open(&helpBox{})
	return nil
}

// press moves through the list.
func (h *helpBox) press(m *Model, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch msg.String() {
	case "down", "j":
		h.scroll(m, 1)
	case "up", "k":
		h.scroll(m, -1)
	case "pgdown", "ctrl+d", "space", " ":
		h.scroll(m, max(m.frame.Height/2, 1))
	case "pgup", "ctrl+u":
		h.scroll(m, -max(m.frame.Height/2, 1))
	case "g":
		h.offset = 0
	case "G":
		h.scroll(m, 1<<20)
	default:
		return false, nil
	}
	return true, nil
}

// helpAndSigns are the keys, and what the signs mean.
func (m *Model) helpAndSigns() []views.HelpGroup {
	return append(m.helpGroups(), views.Legend(m.look))
}

func (h *helpBox) scroll(m *Model, by int) {
	h.offset = min(max(h.offset+by, 0), views.HelpScroll(m.helpAndSigns(), m.frame.Width, m.frame.Height))
}

func (h *helpBox) draw(m *Model) string {
	return views.Help(m.helpAndSigns(), m.frame.Width, m.frame.Height, h.offset, m.look)
}

// click closes the list: it has nothing to choose from.
func (h *helpBox) click(m *Model, _, _ int) tea.Cmd {
	m.close()
	return nil
}

func (h *helpBox) wheel(m *Model, up bool) tea.Cmd {
	if up {
		h.scroll(m, -1)
	} else {
		h.scroll(m, 1)
	}
	return nil
}
