package model

import (
	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog/prompt"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
)

const (
	// mostHeld is how many lines of the log are kept around the cursor.
	mostHeld = 4096
	// heldEdge is how near to the end of what is kept the cursor comes before
	// more is looked up; heldStep how much that is, either way.
	heldEdge, heldStep = 64, 256
	// wheelLines is how far a turn of the wheel goes in the log.
	wheelLines = 3
)

// journal is where one is in the log of events. The zero value follows the
// newest line.
type journal struct {
	// held is true while a cursor stands somewhere in lines, oldest first; top
	// is the first of them in view.
	held        bool
	lines       []sentence.Line
	cursor, top int
	// begins says that nothing is before the lines, ends that nothing is after
	// them. seen is the number of the newest event known when they were taken.
	begins, ends bool
	seen         uint64

	// search is what is looked for. only says that nothing but the events of
	// the sensor is shown.
	search string
	only   bool
	sensor int

	run *event.Run
	// reach keeps what was looked up, so that older lines need no second look at
	// the run; wanted are the steps to be looked up, one at a time.
	reach  history.Reach
	wanted []logStep
	busy   bool
	id     int
	// beyond is how far the cursor went past what is kept.
	beyond int
}

// searching is true where keys go from match to match.
func (m *Model) searching() bool { return m.onLog() && m.log.search != "" }

// shows is true for lines that are not filtered out.
func (j *journal) shows(l sentence.Line) bool { return !j.only || l.Sensor == j.sensor }

// tail is the newest lines of the log that the snapshot has.
func (m *Model) tail() []sentence.Line {
	lines := m.frame.Snap.Lines
	if !m.log.only {
		return lines
	}
	var out []sentence.Line
	for _, l := range lines {
		if m.log.shows(l) {
			out = append(out, l)
		}
	}
	return out
}

// at is the line at the cursor; the newest one while there is none.
func (j *journal) at(tail []sentence.Line) (l sentence.Line, ok bool) {
	lines, i := tail, len(tail)-1
	if j.held {
		lines, i = j.lines, j.cursor
	}
	if i < 0 || i >= len(lines) {
		return sentence.Line{}, false
	}
	return lines[i], true
}

// hold puts the cursor on the newest line, where it stays.
func (m *Model) hold() {
	j := &m.log
	if j.held {
		return
	}
	snap := &m.frame.Snap
	j.lines = append([]sentence.Line{}, m.tail()...)
	j.held, j.cursor = true, max(len(j.lines)-1, 0)
	j.top = max(len(j.lines)-m.logRows(), 0)
	j.begins, j.ends = len(snap.Lines) == snap.LinesTotal, true
	j.seen = newest(snap.Lines)
}

// follow goes back to the newest line.
func (j *journal) follow() {
	*j = journal{search: j.search, only: j.only, sensor: j.sensor, run: j.run, id: j.id + 1}
}

func newest(lines []sentence.Line) uint64 {
	if len(lines) == 0 {
		return 0
	}
	return lines[len(lines)-1].Seq
}

// logRows is how many lines of the log are in view.
func (m *Model) logRows() int {
	n := m.layout.List.H
	if m.notice.text != "" {
		n-- // it takes the last one
	}
	return max(n, 0)
}

// grow takes new lines in below the ones that are held.
func (j *journal) grow(s *stats.Snapshot) {
	if j.run != s.Run {
		*j = journal{search: j.search, only: j.only, sensor: j.sensor, run: s.Run, id: j.id + 1}
	}
	if !j.held || !j.ends || len(s.Lines) == 0 || newest(s.Lines) <= j.seen {
		return
	}
	if len(s.Lines) < s.LinesTotal && s.Lines[0].Seq > j.seen {
		j.ends = false // more came at once than the snapshot holds
		return
	}
	for _, l := range s.Lines {
		if l.Seq > j.seen && j.shows(l) {
			j.lines = append(j.lines, l)
		}
	}
	j.seen = newest(s.Lines)
	if n := len(j.lines) - mostHeld; n > 0 && j.cursor > n+heldEdge {
		j.lines = append([]sentence.Line{}, j.lines[n:]...)
		j.cursor, j.top, j.begins = j.cursor-n, max(j.top-n, 0), false
	} else if n > 0 {
		j.lines, j.ends = j.lines[:mostHeld], false
	}
}

// planLog brings the picture of the log up to date.
func (m *Model) planLog() {
	j, f := &m.log, &m.frame
	if !m.onLog() {
		f.Log = views.Log{}
		return
	}
	h := m.logRows()
	f.Log.Search, f.Log.Busy = j.search, j.busy && len(j.wanted) > 0
	if !j.held {
		tail := m.tail()
		f.Log.Lines = tail[max(len(tail)-h, 0):]
		f.Log.Cursor, f.Log.Following, f.Log.Newer = len(f.Log.Lines)-1, true, 0
		return
	}
	if j.cursor < j.top {
		j.top = j.cursor
	}
	j.top = max(j.top, j.cursor-h+1)
	j.top = max(min(j.top, len(j.lines)-h), 0)
	end := min(j.top+h, len(j.lines))
	f.Log.Lines = j.lines[j.top:max(end, j.top)]
	f.Log.Cursor, f.Log.Following, f.Log.Newer = j.cursor-j.top, false, -1
	if j.ends {
		f.Log.Newer = len(j.lines) - 1 - j.cursor
	}
}

// moveInLog moves the cursor by lines, and comes back to the newest one at the
// end.
func (m *Model) moveInLog(by int) tea.Cmd {
	j := &m.log
	if by >= 0 && !j.held {
		return nil
	}
	m.hold()
	to := j.cursor + by
	switch {
	case len(j.lines) == 0:
		j.follow()
		return nil
	case to < 0:
		if !j.begins {
			j.beyond += to
		}
		to = 0
	case to >= len(j.lines)-1 && j.ends:
		j.follow()
		return nil
	case to >= len(j.lines):
		j.beyond += to - len(j.lines) + 1
		to = len(j.lines) - 1
	}
	j.cursor = to
	return nil
}

// logScreen is how far a screen of the log goes.
func (m *Model) logScreen() int { return max(m.logRows()-1, 1) }

// logStart goes to the oldest line within reach.
func (m *Model) logStart() {
	m.hold()
	if m.log.begins {
		m.log.cursor = 0
		return
	}
	m.log.want(logStep{kind: toFirst})
}

// onlySelected shows the events of the selected sensor alone, or all again.
func (m *Model) onlySelected() tea.Cmd {
	m.log.only, m.log.sensor = !m.log.only, m.frame.Selected
	m.log.follow()
	return nil
}

// onlyName is whose events alone are shown; empty is everybody's.
func (m *Model) onlyName() string {
	if !m.log.only || !m.onLog() {
		return ""
	}
	if m.log.sensor != m.frame.Selected { // another one was selected
		m.log.follow()
		m.log.sensor = m.frame.Selected
	}
	return m.selectedName()
}

// toMoment freezes the screen at the event at the cursor, and shows its sensor
// in full; an event of no sensor leads to the overview. The log keeps its place.
func (m *Model) toMoment() tea.Cmd {
	l, ok := m.log.at(m.tail())
	if !ok {
		return nil
	}
	m.hold()
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
	m.hold()
	m.log.cursor = m.log.top + line
	return nil
}

// searchLog asks what to look for, and goes to the newest match up to the
// cursor.
func (m *Model) searchLog() tea.Cmd {
	m.open(prompt.New(prompt.Options{
		Label: "search", Text: m.log.search,
		Note:    func(string) string { return "enter: go there; n N: next, previous; esc: no search" },
		Changed: func(text string) { m.log.search = text },
		Left:    func() { m.log.search = "" },
		Done: func(text string) (bool, tea.Cmd) {
			if l, ok := m.log.at(m.tail()); text == "" || (ok && views.LineMatches(l, text)) {
				return true, nil
			}
			return true, m.match(-1)
		},
	}))
	return nil
}

// matchOn and matchBack go to the next match of the search and the one before.
func (m *Model) matchOn() tea.Cmd   { return m.match(1) }
func (m *Model) matchBack() tea.Cmd { return m.match(-1) }

// match goes on to a match of the search, line by line with this step.
func (m *Model) match(step int) tea.Cmd {
	j := &m.log
	m.hold()
	for i := j.cursor + step; i >= 0 && i < len(j.lines); i += step {
		if views.LineMatches(j.lines[i], j.search) {
			j.cursor = i
			return nil
		}
	}
	if (step < 0 && j.begins) || (step > 0 && j.ends) || len(j.lines) == 0 {
		return m.noMatch(step > 0)
	}
	kind := toEarlier
	if step > 0 {
		kind = toLater
	}
	j.want(logStep{kind: kind, seq: j.lines[j.cursor].Seq})
	return nil
}

func (m *Model) noMatch(later bool) tea.Cmd {
	if later {
		return m.say("no later event matches")
	}
	return m.say("no earlier event matches")
}
