// Package help is the dialog that lists the keys and explains the symbols on the screen.
//
// It is given the keys by the model, which has the table of them; the symbols it knows
// itself. It does not say whether a key can be used now: the footer does.
package help

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/views/draw"
)

// Box is the list of keys and symbols.
type Box struct {
	keys   func() []Group
	offset int
}

// New is the list, scrolled to its beginning. keys is called for each drawing, since the
// keys depend on the run.
func New(keys func() []Group) *Box { return &Box{keys: keys} }

// Key scrolls the list.
func (b *Box) Key(v dialog.View, _ dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
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

// groups are the keys, and the meaning of the figures and the symbols.
func (b *Box) groups(v dialog.View) []Group {
	groups := append(b.keys(), figures(), legend(v.Look))
	if _, dated := v.Snap.Run.Date(0); dated {
		groups = append(groups, endpoints(v.Snap.Run.Thresholds.Resolved()))
	}
	return groups
}

func (b *Box) scroll(v dialog.View, by int) {
	b.offset = min(max(b.offset+by, 0), scrolls(b.groups(v), v.Width, v.Height))
}

// Draw draws the list.
func (b *Box) Draw(v dialog.View) draw.Box {
	return boxOf(b.groups(v), v.Width, v.Height, b.offset, v.Look)
}

// Click closes the list: there is nothing to choose.
func (b *Box) Click(_ dialog.View, h dialog.Host, _ int) tea.Cmd {
	h.Close()
	return nil
}

// Wheel scrolls the list.
func (b *Box) Wheel(v dialog.View, up bool) {
	if up {
		b.scroll(v, -1)
	} else {
		b.scroll(v, 1)
	}
}
