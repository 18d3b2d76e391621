// Package scenario is the dialog that lists the scenarios, to start one without leaving
// the program.
//
// It says what each shows and on which page. It starts nothing itself: it calls a function
// of the model. The scenarios are defined in internal/scenario.
package scenario

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
)

// Choice is one scenario of a [List].
type Choice struct {
	// Name is the name that starts it; Page is the page that it opens; See is what to look
	// for.
	Name, Page, See string
}

// List is the list of scenarios.
type List struct {
	choices []Choice
	cursor  int
	// start starts a scenario, given by its index in the list.
	start func(i int) tea.Cmd
}

// New is a list with the cursor on the scenario of this name, otherwise on the first.
func New(choices []Choice, name string, start func(i int) tea.Cmd) *List {
	at := slices.IndexFunc(choices, func(c Choice) bool { return c.Name == name })
	return &List{choices: choices, cursor: max(at, 0), start: start}
}

// Key handles a key.
func (c *List) Key(v dialog.View, h dialog.Host, msg tea.KeyPressMsg) (used bool, cmd tea.Cmd) {
	switch msg.String() {
	case "down", "j":
		c.move(1)
	case "up", "k":
		c.move(-1)
	case "g":
		c.cursor = 0
	case "G":
		c.cursor = len(c.choices) - 1
	case "enter":
		return true, c.choose(v, h)
	case "S":
		h.Close()
	default:
		return false, nil
	}
	return true, nil
}

func (c *List) move(by int) { c.cursor = min(max(c.cursor+by, 0), len(c.choices)-1) }

// choose starts the scenario under the cursor.
func (c *List) choose(v dialog.View, h dialog.Host) tea.Cmd {
	if v.Real() {
		return nil // the note says why
	}
	h.Close()
	return c.start(c.cursor)
}

// Click moves the cursor to a row; a click on the row with the cursor starts the scenario.
func (c *List) Click(v dialog.View, h dialog.Host, row int) tea.Cmd {
	switch {
	case row < 0 || row >= len(c.choices):
		return nil
	case row == c.cursor:
		return c.choose(v, h)
	}
	c.cursor = row
	return nil
}

// Wheel moves the cursor.
func (c *List) Wheel(_ dialog.View, up bool) {
	if up {
		c.move(-1)
	} else {
		c.move(1)
	}
}
