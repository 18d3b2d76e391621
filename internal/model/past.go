package model

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// past is the screen frozen at a moment of the run, while the run goes on.
// Every pane shows that moment, because all of it is one snapshot of a tally
// that was folded up to it. Make it with newPast; it is live at first.
type past struct {
	history *history.History // nil where none is kept
	frozen  bool
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
	// wanted is what the snapshot shown was asked for.
	wanted wanted
}

// wanted is what the screen shows of a moment.
type wanted struct {
	query stats.Query
	order order
}

// order is what sensors are put in order by. Two orders are the same where they are
// equal by ==.
type order interface {
	// Of puts the sensors in order that a snapshot has, as read takes it: by their
	// indexes; nil is the order of the run.
	Of(read func(stats.Query) stats.Snapshot) []int
}

// same is true where both show the same.
func (w wanted) same(other wanted) bool {
	return w.query.Same(other.query) && w.order == other.order
}

// step is a move through the past. The zero value stays where it is.
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

// byTime is a step of a time, byBatches one of so many batches; both go back where
// that is negative.
func byTime(d time.Duration) step { return step{by: d} }
func byBatches(n int) step        { return step{batches: n} }

// byChange is a step to the next change of state, or where back to the one before; of
// a sensor, or of anyone where that is event.NoSensor.
func byChange(back bool, sensor int) step {
	if back {
		return step{changes: -1, sensor: sensor}
	}
	return step{changes: 1, sensor: sensor}
}

// atTime is a step to a moment.
func atTime(at time.Duration) step { return step{jump: true, to: at} }

// pastMsg is a moment of the past, looked up.
type pastMsg struct {
	id    int
	reach history.Reach
	wanted
	// at is the moment; snap is what was known then, its Run nil where the run was
	// started anew meanwhile; sorted are its sensors in order.
	at     time.Duration
	snap   stats.Snapshot
	sorted []int
	// says is what was looked for and is not within reach, or whose state changed
	// then where that was looked for; empty is nothing.
	says string
}

// newPast is a live screen that can go back to what a history keeps.
func newPast(h *history.History) past { return past{history: h} }

// freeze holds the screen at a moment, the present; false where it is held already.
func (p *past) freeze(now time.Duration) bool {
	if p.frozen {
		return false
	}
	*p = past{history: p.history, frozen: true, id: p.id + 1, at: now, now: now}
	return true
}

// thaw goes back to the present.
func (p *past) thaw() { *p = past{history: p.history, id: p.id} }

// step takes a step on a frozen screen.
func (p *past) step(s step, w wanted) tea.Cmd {
	p.steps = append(p.steps, s)
	return p.lookBack(w)
}

// lookBack is the Cmd that takes the waiting steps and looks the moment up; nil
// where one is under way already. It folds thousands of events, which is nothing
// that Update may wait for.
func (p *past) lookBack(w wanted) tea.Cmd {
	if p.busy || len(p.steps) == 0 {
		return nil
	}
	p.busy = true
	steps, id, at, now, reach, known := p.steps, p.id, p.at, p.now, p.reach, p.history
	p.steps = nil
	return func() tea.Msg {
		if reach.Empty() {
			reach = known.Reach()
		}
		msg := pastMsg{id: id, reach: reach, at: at, wanted: w}
		for _, s := range steps {
			msg.at, msg.says = s.from(reach, msg.at, now)
		}
		then := reach.At(msg.at)
		if last := steps[len(steps)-1]; last.changes != 0 && msg.says == "" {
			all := then.Snapshot(stats.Query{}) // also those that are not on the screen
			msg.says = views.ChangedThen(&all, msg.at)
		}
		msg.sorted = w.order.Of(then.Snapshot)
		msg.snap = then.Snapshot(w.query)
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

// take goes to a moment that was looked up; false where it comes too late. More steps
// may wait by then, for lookBack.
func (p *past) take(msg pastMsg) bool {
	if msg.id != p.id || !p.frozen {
		return false
	}
	p.busy = false
	if msg.snap.Run != nil {
		p.reach, p.at, p.from, p.wanted = msg.reach, msg.at, msg.reach.From(), msg.wanted
	}
	return true
}

// relook looks the moment up again where what the screen can show has changed.
func (p *past) relook(w wanted) tea.Cmd {
	if !p.frozen || p.busy || p.reach.Empty() || p.wanted.same(w) {
		return nil
	}
	return p.step(step{}, w)
}

// status is the header's word for it: how far back the moment is, which the
// header's clock shows, and how far back one can go.
func (p *past) status() string {
	return fmt.Sprintf("FROZEN %s back (%s kept)", words.Seconds(p.now-p.at), words.Seconds(p.now-p.from))
}
