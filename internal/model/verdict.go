package model

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/views"
)

// verdictTime is how long a verdict is shown that the user did not ask for.
const verdictTime = 12 * time.Second

// noticeVerdict shows a new verdict, unless a dialog is open, the endpoint is flapping or
// a filter hides it: then one outage after the other would cover the screen, or one of an
// endpoint that is not looked at. The user finds it in the events, and with the key v.
func (m *Model) noticeVerdict(s *stats.Snapshot) tea.Cmd {
	news := m.popup.Notice(s)
	if v := &m.popup.Verdict; !news || m.top() != nil || flapping(s, v) || hidden(&m.frame, v) {
		return nil
	}
	return m.showVerdict(m.popup.Verdict)
}

// flapping is true for an outage that is one of many.
func flapping(s *stats.Snapshot, v *verdict.Verdict) bool {
	return v.Kind == verdict.Outage && slices.ContainsFunc(s.Endpoints.Unwell, func(u stats.Unwell) bool {
		return u.Index == v.Sensor && u.Flapping
	})
}

// hidden is true for an outage of an endpoint that a filter leaves out. The faults of a
// hidden sensor are the user's own deed, so their verdict is shown.
func hidden(f *views.Frame, v *verdict.Verdict) bool {
	return v.Kind == verdict.Outage && !slices.Contains(f.Sensors(), v.Sensor)
}

func (m *Model) showVerdict(v verdict.Verdict) tea.Cmd {
	m.popup.Show(v)
	m.verdictTimer++
	return after(m.opts.Context, verdictTime, expiredMsg{what: expiredVerdict, id: m.verdictTimer})
}

// lastVerdict shows the newest verdict again.
func lastVerdict(m *Model) tea.Cmd {
	list := m.frame.Snap.Verdicts
	if len(list) == 0 {
		if m.frame.Real() {
			return m.say("no verdict yet: an outage has one when the endpoint is back and its circuit CLOSED")
		}
		return m.say("no verdict yet: inject a fault (c), recover (r), and wait until the circuit is CLOSED again")
	}
	return m.showVerdict(list[len(list)-1])
}

// putAway closes the verdict. used says that the key has no other effect.
func (m *Model) putAway(key string) (used bool) {
	p := &m.popup
	if !p.Shown {
		return false
	}
	p.Shown = false
	if key == "t" && p.Verdict.Kind == verdict.Injected && p.Verdict.Sensor < m.sensorsTotal() {
		m.frame.Selected, m.onFaults = p.Verdict.Sensor, true
	}
	return key == "esc"
}

// clickedVerdict presses the key whose word was clicked in the verdict; on is false
// where the click was outside.
func (m *Model) clickedVerdict(x, y int) (on bool, cmd tea.Cmd) {
	box := m.popup.Draw(m.dialogView())
	at := box.Over(m.whole())
	if !at.Contains(x, y) {
		return false, nil
	}
	if _, key := box.Hit(x-at.X, y-at.Y); key != "" {
		return true, m.pressed(keyPress(key))
	}
	return true, nil
}
