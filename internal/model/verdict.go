package model

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine"
	"resiltui/internal/stats"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
)

// verdictTime is how long a verdict stays that nobody asked for.
const verdictTime = 12 * time.Second

// popup is the verdict that lies over the screen. It takes no keys: any key but
// Escape puts it away and does what it does.
type popup struct {
	shown bool
	id    int
	// seen is when the newest verdict shown so far became known, in the run
	// that began with the event of this version.
	seen    time.Duration
	run     any
	verdict stats.Verdict
	// window holds the batches of the newest verdict, which became known at held,
	// to be tuned on; tune is true while a key goes on to do that.
	window *engine.Window
	held   time.Duration
	tune   bool
}

// noticeVerdict shows a verdict that has just become known.
func (m *Model) noticeVerdict(s *stats.Snapshot) tea.Cmd {
	p := &m.popup
	m.holdVerdict(s)
	if s.Run == nil || len(s.Verdicts) == 0 {
		return nil
	}
	v := s.Verdicts[len(s.Verdicts)-1]
	if v.Over <= p.seen {
		return nil
	}
	p.seen = v.Over
	if m.top() != nil { // whoever is busy there finds it in the events, and with v
		p.verdict = v
		return nil
	}
	return m.showVerdict(v)
}

// holdVerdict keeps the batches of the newest verdict, to be tuned on: those that
// are there when it becomes known, even behind a frozen screen, and later ones as
// long as they still have the fault's beginning, since with other settings the
// sensor may be back later. There are none in real runs.
func (m *Model) holdVerdict(s *stats.Snapshot) {
	p := &m.popup
	if s.Run == nil {
		return
	}
	if p.run != any(s.Run) {
		p.run, p.seen, p.held, p.shown, p.window = s.Run, -1, -1, false, nil
	}
	if len(s.Verdicts) == 0 {
		return
	}
	v := &s.Verdicts[len(s.Verdicts)-1]
	w, err := m.opts.Engine.Window(views.RehearsedBatches)
	if err == nil && w != nil && (v.Over > p.held || w.From() <= v.Began) {
		p.window, p.held = w, v.Over
	}
}

func (m *Model) showVerdict(v stats.Verdict) tea.Cmd {
	p := &m.popup
	p.shown, p.verdict = true, v
	p.id++
	id := p.id
	return after(m.opts.Context, verdictTime, expiredMsg{what: expiredVerdict, id: id})
}

// lastVerdict shows the newest verdict again.
func (m *Model) lastVerdict() tea.Cmd {
	list := m.frame.Snap.Verdicts
	if len(list) == 0 {
		return m.say("no verdict yet: inject a fault (c), recover (r), and wait until the circuit is CLOSED again")
	}
	return m.showVerdict(list[len(list)-1])
}

// putAway closes the verdict. used is true where the key did no more than that.
func (m *Model) putAway(key string) (used bool) {
	p := &m.popup
	if !p.shown {
		return false
	}
	p.shown = false
	if key == "t" && p.verdict.Sensor < m.sensorsTotal() {
		m.frame.Selected, p.tune = p.verdict.Sensor, true // on these faults
	}
	return key == "esc"
}

// verdictBox is the verdict as it lies over the screen; the zero Box where none
// does.
func (m *Model) verdictBox() draw.Box {
	run := m.frame.Snap.Run
	if !m.popup.shown || run == nil || m.popup.verdict.Sensor >= len(run.Sensors) || m.layout.Kind == views.Line {
		return draw.Box{}
	}
	return views.VerdictBox(m.popup.verdict, run.Sensors[m.popup.verdict.Sensor], m.frame.Width-2, m.look)
}

// drawPopup lays the verdict over the screen.
func (m *Model) drawPopup(content string) string {
	box := m.verdictBox()
	if box.Text == "" {
		return content
	}
	return draw.Overlay(content, box.Text, m.frame.Width, m.frame.Height)
}

// clickedVerdict presses the key whose word was clicked in the verdict; on is
// false where the click was elsewhere.
func (m *Model) clickedVerdict(x, y int) (on bool, cmd tea.Cmd) {
	box := m.verdictBox()
	at := draw.OverlayRect(box.Text, m.frame.Width, m.frame.Height)
	if !at.Contains(x, y) {
		return false, nil
	}
	if _, key := box.Hit(x-at.X, y-at.Y); key != "" {
		return true, m.pressed(keyPress(key))
	}
	return true, nil
}
