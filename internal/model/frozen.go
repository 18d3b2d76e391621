package model

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/model/timetravel"
)

// The keys that freeze the screen and go through the past.

// longStep is the long step in time.
const longStep = 10 * time.Second

// toggleFreeze freezes the screen while the run goes on, and unfreezes it.
func (m *Model) toggleFreeze() tea.Cmd {
	if m.past.Frozen {
		return m.thaw()
	}
	return m.freeze(timetravel.Step{})
}

// scrub steps through the past; it freezes a live screen first.
func scrub(s timetravel.Step) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { return m.freeze(s) }
}

// scrubChanges steps through the changes of state; on the detail page only
// through those of its sensor.
func scrubChanges(back bool) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd {
		sensor := event.NoSensor
		if m.frame.Detail {
			sensor = m.frame.Selected
		}
		return m.freeze(timetravel.ByChange(back, sensor))
	}
}

// freezeAt freezes the screen at a time.
func (m *Model) freezeAt(at time.Duration) tea.Cmd { return m.freeze(timetravel.AtTime(at)) }

func (m *Model) freeze(s timetravel.Step) tea.Cmd {
	if m.opts.History == nil || m.frame.Snap.Run == nil {
		return nil
	}
	if m.past.Freeze(m.frame.Now) {
		m.feed.slow.Store(true)
		clear(m.flashes)
	}
	return m.past.Step(s, m.wanted())
}

// thaw returns to the present.
func (m *Model) thaw() tea.Cmd {
	m.past.Thaw()
	m.feed.slow.Store(false)
	m.feed.rush()
	return nil
}

// frozen says whether the screen shows the past.
func (m *Model) frozen() bool { return m.past.Frozen }

// wanted is what the screen needs to show a moment.
func (m *Model) wanted() timetravel.Wanted {
	return timetravel.Wanted{Query: m.layout.Query(), Order: m.ordering()}
}

// takePast shows the moment that was loaded.
func (m *Model) takePast(msg timetravel.Moment) tea.Cmd {
	if !m.past.Take(msg) {
		return nil
	}
	if msg.Snap.Run == nil { // the run was restarted meanwhile
		return tea.Batch(m.thaw(), m.say("there is nothing to look back at yet"))
	}
	m.frame.Snap, m.frame.Now = msg.Snap, msg.At
	if by, ok := msg.Order.(ordering); ok {
		m.takeOrder(ordered{by, msg.Snap.Run, msg.Sorted, msg.Above})
	}
	m.log.GoToTime(msg.At)
	var said tea.Cmd
	if msg.Says != "" {
		said = m.say(msg.Says)
	}
	return tea.Batch(said, m.past.LookBack(m.wanted()))
}
