package model

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// past is the screen frozen at a moment of the run, while the run goes on.
// Every pane shows that moment, because all of it is one snapshot of a tally
// that was folded up to it.
type past struct {
	frozen bool
	// at is the moment shown; from and now frame what can be shown: how far back
	// it reaches, and when the screen was frozen.
	at, from, now time.Duration
	// reach keeps what was within reach when the screen was frozen, so that
	// nothing of it goes away while somebody looks at it.
	reach history.Reach

	// steps wait to be taken; busy says that a Cmd is on its way, which takes
	// no more than one step's time however many are waiting.
	steps []step
	busy  bool
	// id is that of the freeze; an answer for an older one comes too late.
	id int
	// query is what the snapshot shown was asked for, by what its sensors are in
	// order.
	query stats.Query
	by    ordering
}

// step is a move through the past.
type step struct {
	// by is a time; batches are batches and changes are changes of state, back
	// where negative. to is a moment, where jump.
	by               time.Duration
	batches, changes int
	jump             bool
	to               time.Duration
	// sensor is whose changes of state are meant; event.NoSensor is anyone's.
	sensor int
}

// pastMsg is a moment of the past, looked up.
type pastMsg struct {
	id    int
	reach history.Reach
	at    time.Duration
	snap  stats.Snapshot
	query stats.Query
	order ordered
	// missing says what was looked for and is not within reach; empty where it
	// was found. changed says whose state changed then, where that was looked for.
	missing, changed string
}

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
	return func(m *Model) tea.Cmd {
		s := s
		if s.sensor = event.NoSensor; m.frame.Detail {
			s.sensor = m.frame.Selected // the page is about this one alone
		}
		return m.freeze(s)
	}
}

// freezeAt shows a moment.
func (m *Model) freezeAt(at time.Duration) tea.Cmd { return m.freeze(step{jump: true, to: at}) }

func (m *Model) freeze(s step) tea.Cmd {
	p := &m.past
	if m.opts.History == nil || m.frame.Snap.Run == nil {
		return nil
	}
	if !p.frozen {
		*p = past{frozen: true, id: p.id + 1, at: m.frame.Now, from: 0, now: m.frame.Now}
		m.feed.slow.Store(true)
		clear(m.flashes)
	}
	p.steps = append(p.steps, s)
	return m.lookBack()
}

// thaw goes back to the present.
func (m *Model) thaw() tea.Cmd {
	m.past = past{id: m.past.id}
	m.feed.slow.Store(false)
	m.feed.rush()
	return nil
}

// frozen is true where the screen shows the past.
func (m *Model) frozen() bool { return m.past.frozen }

// lookBack is the Cmd that takes the waiting steps and looks the moment up; nil
// where one is under way already. It folds thousands of events, which is nothing
// that Update may wait for.
func (m *Model) lookBack() tea.Cmd {
	p := &m.past
	if p.busy || len(p.steps) == 0 {
		return nil
	}
	p.busy = true
	steps, id, at, now, reach := p.steps, p.id, p.at, p.now, p.reach
	p.steps = nil
	query, past := m.layout.Query(), m.opts.History
	by := m.ordering()
	return func() tea.Msg {
		if reach.Empty() {
			reach = past.Reach()
		}
		msg := pastMsg{id: id, reach: reach, at: at, query: query}
		for _, s := range steps {
			msg.at, msg.missing = s.from(reach, msg.at, now)
		}
		then := reach.At(msg.at)
		if last := steps[len(steps)-1]; last.changes != 0 && msg.missing == "" {
			all := then.Snapshot(stats.Query{}) // also those that are not on the screen
			msg.changed = views.ChangedThen(&all, msg.at)
		}
		msg.order.by = by
		if !by.plain() {
			msg.order.order = views.Order(then.Snapshot(orderQuery(by.page)).Sensors, by.page, by.sort, by.filter)
		}
		msg.snap = then.Snapshot(query)
		msg.order.run = msg.snap.Run
		return msg
	}
}

// from is where a step leads.
func (s step) from(r history.Reach, at, now time.Duration) (to time.Duration, missing string) {
	to = at
	switch {
	case s.jump:
		if to = s.to; to < r.From() {
			missing = "this is as far back as it reaches"
		}
	case s.changes != 0:
		found, ok := r.Change(at, s.sensor, s.changes > 0)
		switch {
		case ok:
			to = found
		case s.changes > 0:
			missing = "no later change of state"
		default:
			missing = "no earlier change of state within reach"
		}
	case s.batches < 0:
		if found, ok := r.Previous(at); ok {
			to = found
		} else {
			missing = "this is as far back as it reaches"
		}
	case s.batches > 0:
		if found, ok := r.Next(at); ok {
			to = found
		} else {
			to = now
		}
	default:
		to += s.by
	}
	return min(max(to, r.From()), now), missing
}

// takePast shows the moment that was looked up.
func (m *Model) takePast(msg pastMsg) tea.Cmd {
	p := &m.past
	if msg.id != p.id || !p.frozen {
		return nil
	}
	p.busy = false
	if msg.snap.Run == nil { // the run was started anew meanwhile
		return tea.Batch(m.thaw(), m.say("there is nothing to look back at yet"))
	}
	p.reach, p.at, p.from, p.query = msg.reach, msg.at, msg.reach.From(), msg.query
	m.frame.Snap, m.frame.Now = msg.snap, msg.at
	p.by = msg.order.by
	m.takeOrder(msg.order)
	m.log.GoToTime(msg.at)
	var said tea.Cmd
	switch {
	case msg.missing != "":
		said = m.say(msg.missing)
	case msg.changed != "":
		said = m.say(msg.changed)
	}
	return tea.Batch(said, m.lookBack())
}

// relook looks the moment up again where what the screen can show has changed.
func (m *Model) relook() tea.Cmd {
	p := &m.past
	if !p.frozen || p.busy || p.reach.Empty() || (sameQuery(p.query, m.layout.Query()) && p.by == m.ordering()) {
		return nil
	}
	p.steps = append(p.steps, step{})
	return m.lookBack()
}

// status is the header's word for it: how far back the moment is, which the
// header's clock shows, and how far back one can go.
func (p *past) status() string {
	return fmt.Sprintf("FROZEN %s back (%s kept)", words.Seconds(p.now-p.at), words.Seconds(p.now-p.from))
}
