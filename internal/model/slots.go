package model

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// longerSlot and shorterSlot change how much time a column of real endpoints stands for.
func longerSlot(m *Model) tea.Cmd  { return m.setSlot(1) }
func shorterSlot(m *Model) tea.Cmd { return m.setSlot(-1) }

// setSlot chooses the slot that many places further in stats.Slots.
func (m *Model) setSlot(further int) tea.Cmd {
	all, now := stats.Slots(), m.layout.Slot
	if now == 0 {
		now = m.frame.SlotLength(false)
	}
	at := slices.Index(all, now) + further
	if at < 0 || at >= len(all) {
		return m.say("a column is " + words.Lasting(now) + "; there is no other length beyond")
	}
	m.frame.Slot = all[at]
	return m.say("a column is " + words.Lasting(all[at]))
}

// otherScale draws latency on the other scale: an own one for each endpoint, or steps that
// all have in common.
func otherScale(m *Model) tea.Cmd {
	m.frame.Rescaled = !m.frame.Rescaled
	if (m.layout.Score.Chart >= 2) == m.frame.Rescaled {
		return m.say("latency in steps that all have in common")
	}
	return m.say("each endpoint has a latency scale of its own")
}

// answers says whether the screen shows the answer of a watch.
func (m *Model) answers() bool {
	return m.real() && !m.frame.Detail && m.frame.Page == mainPage() && m.frame.Snap.Endpoints.Count() > 0
}

// copyAnswer copies the answer to the terminal's clipboard, with the moment that it is of.
func copyAnswer(m *Model) tea.Cmd {
	run := m.frame.Snap.Run
	text := views.AnswerOf(&m.frame, true).String() + " (resiltui " + run.Scenario + ", " + sentence.Dated(run, m.frame.Now) + ")"
	return tea.Batch(tea.SetClipboard(text), m.say(dialog.Offered("answer")))
}
