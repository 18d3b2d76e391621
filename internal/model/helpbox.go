package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// helpBox is the list of keys and signs.
type helpBox struct {
	keys   func() []views.HelpGroup
	offset int
}

// newHelpBox is the list from its beginning. keys are asked at each drawing, since
// they depend on the run.
func newHelpBox(keys func() []views.HelpGroup) *helpBox { return &helpBox{keys: keys} }

// Key moves through the list.
func (b *helpBox) Key(v dialog.View, _ dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch msg.String() {
	case "down", "j":
		b.scroll(v, 1)
	case "up", "k":
		b.scroll(v, -1)
	case "pgdown", "ctrl+d", "space", " ":
		b.scroll(v, max(v.Height/2, 1))
	case "pgup", "ctrl+u":
		b.scroll(v, -max(v.Height/2, 1))
	case "g":
		b.offset = 0
	case "G":
		b.scroll(v, 1<<20)
	default:
		return false, nil
	}
	return true, nil
}

// groups are the keys, and what the signs mean.
func (b *helpBox) groups(v dialog.View) []views.HelpGroup {
	return append(b.keys(), views.Legend(v.Look))
}

func (b *helpBox) scroll(v dialog.View, by int) {
	b.offset = min(max(b.offset+by, 0), views.HelpScroll(b.groups(v), v.Width, v.Height))
}

// Draw draws the list.
func (b *helpBox) Draw(v dialog.View) draw.Box {
	return draw.Box{Text: views.Help(b.groups(v), v.Width, v.Height, b.offset, v.Look)}
}

// Click closes the list: it has nothing to choose from.
func (b *helpBox) Click(_ dialog.View, h dialog.Host, _ int) tea.Cmd {
	h.Close()
	return nil
}

// Wheel moves through the list.
func (b *helpBox) Wheel(v dialog.View, up bool) {
	if up {
		b.scroll(v, -1)
	} else {
		b.scroll(v, 1)
	}
}
