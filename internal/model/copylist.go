package model

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
	panel   *tuning
	formats []export.Format
	cursor  int
}

func (c *copyList) press(m *Model, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch key := msg.String(); key {
	case "up", "k", "shift+tab":
		c.cursor = max(c.cursor-1, 0)
	case "down", "j", "tab":
		c.cursor = min(c.cursor+1, len(c.formats)-1)
	case "enter", "y":
		return true, c.copy(m)
	default:
		if len(key) != 1 || key[0] < '1' || int(key[0]-'1') >= len(c.formats) {
			return false, nil
		}
		c.cursor = int(key[0] - '1')
		return true, c.copy(m)
	}
	return true, nil
}

// copy hands the code to the terminal's clipboard. Whether the terminal takes it,
// nobody can know.
func (c *copyList) copy(m *Model) tea.Cmd {
	m.drop(c)
	t, f := c.panel, c.formats[c.cursor]
	code, err := export.Code(f.Name, t.name(), t.draft)
	if err != nil {
		t.remark = dialog.Remark{Text: "not copied: " + err.Error(), Bad: true}
		return nil
	}
	t.remark = dialog.Remark{Text: fmt.Sprintf("copied %d lines for %s, by OSC 52 if the terminal allows it",
		strings.Count(code, "\n"), f.Title)}
	return tea.Batch(tea.SetClipboard(code), m.say("settings of "+t.name()+" copied for "+f.Title))
}

func (c *copyList) draw(m *Model) string { return c.box(m).Text }

func (c *copyList) box(m *Model) draw.Box {
	rows := make([]draw.Hint, len(c.formats))
	for i, f := range c.formats {
		rows[i] = draw.Hint{Key: fmt.Sprint(i + 1), Word: f.Title}
	}
	return draw.ListBox("copy the settings of "+c.panel.name()+" as", rows, c.cursor,
		[]draw.Hint{{Key: "enter", Word: "copy"}, {Key: "esc", Word: "back"}}, m.frame.Width, m.frame.Height, m.look)
}

// click chooses a row and takes it; a click on a key presses it.
func (c *copyList) click(m *Model, x, y int) tea.Cmd {
	row, key := c.box(m).Hit(x, y)
	switch {
	case key != "":
		return m.pressed(keyPress(key))
	case row >= 0 && row < len(c.formats):
		c.cursor = row
		return c.copy(m)
	}
	return nil
}

func (c *copyList) wheel(_ *Model, up bool) tea.Cmd {
	if up {
		c.cursor = max(c.cursor-1, 0)
	} else {
		c.cursor = min(c.cursor+1, len(c.formats)-1)
	}
	return nil
}
