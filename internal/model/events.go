package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog/prompt"
	"resiltui/internal/model/eventlist"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
)

// wheelLines is how far a turn of the wheel goes in the list of events.
const wheelLines = 3

// listed is what the list of events is shown of.
func (m *Model) listed() eventlist.View {
	n := m.layout.List.H
	if m.notice.text != "" {
		n-- // it takes the last one
	}
	return eventlist.View{Snap: &m.frame.Snap, Rows: max(n, 0)}
}

// searching is true where keys go from match to match.
func (m *Model) searching() bool { return m.onLog() && m.log.Search != "" }

// planLog brings the picture of the list up to date.
func (m *Model) planLog() {
	only := m.frame.Log.Only
	m.frame.Log = views.Log{}
	if m.onLog() {
		m.frame.Log = m.log.Shown(m.listed())
		m.frame.Log.Only = only
	}
}

// moveInLog moves the cursor by lines.
func (m *Model) moveInLog(by int) tea.Cmd {
	m.log.Move(m.listed(), by)
	return nil
}

// seek looks up what the list needs next, if it needs anything.
func (m *Model) seek() tea.Cmd {
	var past history.Reach
	if m.past.Frozen {
		past = m.past.Reach
	}
	look := m.log.Seek(eventlist.Source{Run: m.frame.Snap.Run, History: m.opts.History, Snapshot: m.feed.snapshot}, m.onLog(), past)
	if look == nil {
		return nil
	}
	return func() tea.Msg { return look() }
}

// onlySelected shows the events of the selected sensor alone, or all again.
func (m *Model) onlySelected() tea.Cmd {
	m.log.ToggleOnly(m.frame.Selected)
	return nil
}

// onlyName is whose events alone are shown; empty is everybody's.
func (m *Model) onlyName() string {
	if !m.log.Only || !m.onLog() {
		return ""
	}
	m.log.Selected(m.frame.Selected)
	return m.selectedName()
}

// toMoment freezes the screen at the event at the cursor, and shows its sensor
// in full; an event of no sensor leads to the overview. The log keeps its place.
func (m *Model) toMoment() tea.Cmd {
	l, ok := m.log.At(m.listed())
	if !ok {
		return nil
	}
	m.log.Hold(m.listed())
	if l.Sensor >= 0 && l.Sensor < m.sensorsTotal() {
		m.showSensor(l.Sensor)
	} else {
		m.goTo(mainPage())
	}
	return m.freezeAt(l.At)
}

// showSensor shows a sensor in full, also one that the filter leaves out.
func (m *Model) showSensor(sensor int) {
	m.frame.Selected = sensor
	m.setFilter("")
	m.frame.Order = nil
	m.frame.Detail, m.frame.Maximised = true, false
}

// clickLog puts the cursor on a line; a click on the line that it is on goes to
// that moment.
func (m *Model) clickLog(y int) tea.Cmd {
	line, ok := m.layout.ListLine(y)
	if !ok || line >= len(m.frame.Log.Lines) {
		return nil
	}
	if line == m.frame.Log.Cursor {
		return m.toMoment()
	}
	m.log.Choose(m.listed(), line)
	return nil
}

// searchLog asks what to look for, and goes to the newest match up to the
// cursor.
func searchLog(m *Model) tea.Cmd {
	m.open(prompt.New(prompt.Options{
		Label: "search", Text: m.log.Search,
		Note:    func(string) string { return "enter: go there; n N: next, previous; esc: no search" },
		Changed: func(text string) { m.log.Search = text },
		Left:    func() { m.log.Search = "" },
		Done: func(text string) (bool, tea.Cmd) {
			if l, ok := m.log.At(m.listed()); text == "" || (ok && views.LineMatches(l, text)) {
				return true, nil
			}
			return true, m.match(-1)
		},
	}))
	return nil
}

// matchOn and matchBack go to the next match of the search and the one before.
func matchOn(m *Model) tea.Cmd   { return m.match(1) }
func matchBack(m *Model) tea.Cmd { return m.match(-1) }

func (m *Model) match(step int) tea.Cmd { return m.sayIfAny(m.log.Match(m.listed(), step)) }

// sayIfAny says what there is to say.
func (m *Model) sayIfAny(text string) tea.Cmd {
	if text == "" {
		return nil
	}
	return m.say(text)
}
