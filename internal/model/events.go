package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/model/dialog/prompt"
	"resiltui/internal/model/eventlist"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
)

// wheelLines is how many lines of the list of events one step of the mouse wheel
// scrolls.
const wheelLines = 3

// listed is what the list of events needs to know of the screen.
func (m *Model) listed() eventlist.View {
	n := m.layout.List.H
	if m.notice.text != "" {
		n-- // the notice uses the last line
	}
	return eventlist.View{Snap: &m.frame.Snap, Rows: max(n, 0)}
}

// searching says whether keys go from match to match.
func (m *Model) searching() bool { return m.onLog() && m.log.Search != "" }

// planLog updates what is shown of the list.
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

// seek returns the Cmd that loads what the list needs next, or nil.
func (m *Model) seek() tea.Cmd {
	var past history.Span
	if m.past.Frozen {
		past = m.past.Span
	}
	look := m.log.Seek(eventlist.Source{Run: m.frame.Snap.Run, History: m.opts.History, Snapshot: m.feed.snapshot}, m.onLog(), past)
	if look == nil {
		return nil
	}
	return func() tea.Msg { return look() }
}

// onlySelected shows only the events of the selected sensor, or all again.
func (m *Model) onlySelected() tea.Cmd {
	m.log.ToggleOnly(m.frame.Selected)
	return nil
}

// onlyName is the name of the sensor whose events alone are shown; empty is all
// sensors.
func (m *Model) onlyName() string {
	if !m.log.Only || !m.onLog() {
		return ""
	}
	m.log.Selected(m.frame.Selected)
	return m.selectedName()
}

// toMoment freezes the screen at the event at the cursor, and shows the details
// of its sensor; for an event without a sensor it shows the overview. The cursor
// of the list stays where it is.
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

// showSensor shows the details of a sensor, even of one that the filter hides.
func (m *Model) showSensor(sensor int) {
	m.frame.Selected = sensor
	m.setFilter("")
	m.frame.Order = nil
	m.frame.Detail, m.frame.Maximised = true, false
}

// clickLog moves the cursor to a line; a click on the line with the cursor
// freezes the screen at that time.
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

// searchLog asks for a text, and goes to the newest match at the cursor or
// before it.
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

// matchOn and matchBack go to the next and the previous match of the search.
func matchOn(m *Model) tea.Cmd   { return m.match(1) }
func matchBack(m *Model) tea.Cmd { return m.match(-1) }

func (m *Model) match(step int) tea.Cmd { return m.sayIfAny(m.log.Match(m.listed(), step)) }

// sayIfAny shows a text, unless it is empty.
func (m *Model) sayIfAny(text string) tea.Cmd {
	if text == "" {
		return nil
	}
	return m.say(text)
}
