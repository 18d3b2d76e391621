package tune

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/export"
	"resiltui/internal/model/dialog"
	"resiltui/internal/views/draw"
)

// copyList chooses in the words of which library settings are copied.
type copyList struct {
	panel   *Panel
	formats []export.Format
	cursor  int
}

// Key takes a key.
func (c *copyList) Key(_ dialog.View, h dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch key := msg.String(); key {
	case "up", "k", "shift+tab":
		c.cursor = max(c.cursor-1, 0)
	case "down", "j", "tab":
		c.cursor = min(c.cursor+1, len(c.formats)-1)
	case "enter", "y":
		return true, c.copy(h)
	default:
		if len(key) != 1 || key[0] < '1' || int(key[0]-'1') >= len(c.formats) {
			return false, nil
		}
		c.cursor = int(key[0] - '1')
		return true, c.copy(h)
	}
	return true, nil
}

// copy hands the code to the terminal's clipboard. Whether the terminal takes it,
// nobody can know.
func (c *copyList) copy(h dialog.Host) tea.Cmd {
	h.Close()
	t, f := c.panel, c.formats[c.cursor]
	code, err := export.Code(f.Name, t.name(), t.draft)
	if err != nil {
		t.remark = dialog.Remark{Text: "not copied: " + err.Error(), Bad: true}
		return nil
	}
	t.remark = dialog.Remark{Text: fmt.Sprintf("copied %d lines for %s, by OSC 52 if the terminal allows it",
		strings.Count(code, "\n"), f.Title)}
	return tea.Batch(tea.SetClipboard(code), h.Say("settings of "+t.name()+" copied for "+f.Title))
}

// Draw draws the list.
func (c *copyList) Draw(v dialog.View) draw.Box {
	rows := make([]draw.Hint, len(c.formats))
	for i, f := range c.formats {
		rows[i] = draw.Hint{Key: fmt.Sprint(i + 1), Word: f.Title}
	}
	return draw.ListBox("copy the settings of "+c.panel.name()+" as", rows, c.cursor,
		[]draw.Hint{{Key: "enter", Word: "copy"}, {Key: "esc", Word: "back"}}, v.Width, v.Height, v.Look)
}

// Click chooses a row and takes it.
func (c *copyList) Click(_ dialog.View, h dialog.Host, row int) tea.Cmd {
	if row < 0 || row >= len(c.formats) {
		return nil
	}
	c.cursor = row
	return c.copy(h)
}

// Wheel goes through the list.
func (c *copyList) Wheel(_ dialog.View, up bool) {
	if up {
		c.cursor = max(c.cursor-1, 0)
	} else {
		c.cursor = min(c.cursor+1, len(c.formats)-1)
	}
}
