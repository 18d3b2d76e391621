package tune

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/export"
	"resiltui/internal/model/dialog"
	"resiltui/internal/views/draw"
)

// copyList is the list of libraries for which the settings can be exported, to the
// clipboard or to a file: not every terminal gives access to a clipboard.
type copyList struct {
	panel   *Panel
	formats []export.Format
	cursor  int
}

// Key handles a key.
func (c *copyList) Key(_ dialog.View, h dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch key := msg.String(); key {
	case "up", "k", "shift+tab":
		c.cursor = max(c.cursor-1, 0)
	case "down", "j", "tab":
		c.cursor = min(c.cursor+1, len(c.formats)-1)
	case "enter", "y":
		return true, c.copy(h)
	case "w":
		return true, c.write(h)
	default:
		if len(key) != 1 || key[0] < '1' || int(key[0]-'1') >= len(c.formats) {
			return false, nil
		}
		c.cursor = int(key[0] - '1')
		return true, c.copy(h)
	}
	return true, nil
}

// copy sends the code to the terminal's clipboard.
func (c *copyList) copy(h dialog.Host) tea.Cmd {
	f, code, ok := c.take(h, "not copied: ")
	if !ok {
		return nil
	}
	said := dialog.Offered("code for " + f.Name)
	c.panel.remark = dialog.Remark{Text: said}
	return tea.Batch(tea.SetClipboard(code), h.Say(said))
}

// write is the Cmd that writes the code to a new file.
func (c *copyList) write(h dialog.Host) tea.Cmd {
	f, code, ok := c.take(h, "not written: ")
	if !ok {
		return nil
	}
	t := c.panel
	return func() tea.Msg {
		name, err := t.save("-"+f.Name+"."+f.Extension, code)
		return savedMsg{t, name, err}
	}
}

// take closes the list and returns the code for the format at the cursor. Where
// there is none, the panel shows the error after the text failed.
func (c *copyList) take(h dialog.Host, failed string) (f export.Format, code string, ok bool) {
	h.Close()
	f = c.formats[c.cursor]
	code, err := export.Code(f.Name, c.panel.name(), c.panel.draft)
	if err != nil {
		c.panel.remark = dialog.Remark{Text: failed + err.Error(), Bad: true}
	}
	return f, code, err == nil
}

// Draw draws the list.
func (c *copyList) Draw(v dialog.View) draw.Box {
	rows := make([]draw.Hint, len(c.formats))
	for i, f := range c.formats {
		rows[i] = draw.Hint{Key: fmt.Sprint(i + 1), Word: f.Title}
	}
	return draw.ListBox("copy the settings of "+c.panel.name()+" as", rows, c.cursor,
		[]draw.Hint{{Key: "enter", Word: "copy"}, {Key: "w", Word: "file"}, {Key: "esc", Word: "back"}}, v.Width, v.Height, v.Look)
}

// Click moves the cursor to a row and copies it.
func (c *copyList) Click(_ dialog.View, h dialog.Host, row int) tea.Cmd {
	if row < 0 || row >= len(c.formats) {
		return nil
	}
	c.cursor = row
	return c.copy(h)
}

// Wheel moves the cursor.
func (c *copyList) Wheel(_ dialog.View, up bool) {
	if up {
		c.cursor = max(c.cursor-1, 0)
	} else {
		c.cursor = min(c.cursor+1, len(c.formats)-1)
	}
}
