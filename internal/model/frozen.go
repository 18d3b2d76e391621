package model

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
)

// The keys that freeze the screen and go through the past.

// longStep is the long step.
const longStep = 10 * time.Second

// toggleFreeze stops the screen while the run goes on, and lets it go on.
func (m *Model) toggleFreeze() tea.Cmd {
	if m.past.frozen {
		return m.thaw()
	}
	return m.freeze(step{})
}

// scrub steps through the past; on a live screen it freezes first.
func scrub(s step) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { return m.freeze(s) }
}

// scrubChanges steps through the changes of state: on the page about one sensor
// through those of this one alone.
func scrubChanges(back bool) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		sensor := event.NoSensor
		if m.frame.Detail {
			sensor = m.frame.Selected
		}
		return m.freeze(byChange(back, sensor))
	}
}

// freezeAt shows a moment.
func (m *Model) freezeAt(at time.Duration) tea.Cmd { return m.freeze(atTime(at)) }

func (m *Model) freeze(s step) tea.Cmd {
	if m.opts.History == nil || m.frame.Snap.Run == nil {
		return nil
	}
	if m.past.freeze(m.frame.Now) {
		m.feed.slow.Store(true)
		clear(m.flashes)
	}
	return m.past.step(s, m.wanted())
}

// thaw goes back to the present.
func (m *Model) thaw() tea.Cmd {
	m.past.thaw()
	m.feed.slow.Store(false)
	m.feed.rush()
	return nil
}

// frozen is true where the screen shows the past.
func (m *Model) frozen() bool { return m.past.frozen }

// wanted is what the screen shows of a moment.
func (m *Model) wanted() wanted { return wanted{m.layout.Query(), m.ordering()} }

// takePast shows the moment that was looked up.
func (m *Model) takePast(msg pastMsg) tea.Cmd {
	if !m.past.take(msg) {
		return nil
	}
	if msg.snap.Run == nil { // the run was started anew meanwhile
		return tea.Batch(m.thaw(), m.say("there is nothing to look back at yet"))
	}
	m.frame.Snap, m.frame.Now = msg.snap, msg.at
	if by, ok := msg.order.(ordering); ok {
		m.takeOrder(ordered{by, msg.snap.Run, msg.sorted})
	}
	m.log.GoToTime(msg.at)
	var said tea.Cmd
	if msg.says != "" {
		said = m.say(msg.says)
	}
	return tea.Batch(said, m.past.lookBack(m.wanted()))
}
