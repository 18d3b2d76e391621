package model

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/views"
)

// copyLine hands the terminal's clipboard what is on the screen in one line: the
// event at the cursor on the events' page, elsewhere the state of the selected
// sensor. Terminals that do not know how ignore it.
func (m *Model) copyLine() tea.Cmd {
	text := views.StateLine(m.frame, m.frame.Selected)
	what := "state of " + m.selectedName()
	if m.onLog() {
		l, ok := m.log.at(m.tail())
		if !ok {
			return m.say("there is no event to copy yet")
		}
		text, what = views.LogText(l), "event"
	}
	if text == "" {
		return nil
	}
	return tea.Batch(tea.SetClipboard(text), m.say(dialog.Offered(what)))
}

// selectedName is the id of the selected sensor.
func (m *Model) selectedName() string {
	run := m.frame.Snap.Run
	if run == nil || m.frame.Selected >= len(run.Sensors) {
		return ""
	}
	return run.Sensors[m.frame.Selected].ID
}

func counted(n, of int) string {
	if n == 0 {
		return fmt.Sprintf("none of %d matches", of)
	}
	return fmt.Sprintf("%d of %d", n, of)
}
