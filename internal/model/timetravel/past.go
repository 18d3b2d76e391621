// Package timetravel freezes the screen at a moment while the run goes on, and steps
// through the past.
//
// It decides which moment is shown, loads it from internal/stats/history in a Cmd, one at
// a time, and reports what it did not find. What the screen needs of a moment it is given
// by the model (Wanted). It draws nothing, and it never changes the run: the past is only
// looked at.
package timetravel

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// Past is the screen frozen at a moment of the run, while the run goes on.
// Every pane shows that moment, because all of it is one snapshot of a tally
// that was folded up to it. Make it with [New]; it is live at first. Its fields are set
// by its methods.
type Past struct {
	// Frozen is true where the screen shows the past.
	Frozen bool
	// At is the moment shown; from and now frame what can be shown: how far back
	// it reaches, and when the screen was frozen.
	At, from, now time.Duration
	// Reach keeps what was within reach when the screen was frozen, so that
	// nothing of it goes away while somebody looks at it.
	Reach history.Reach

	history *history.History // nil where none is kept
	// steps wait to be taken; busy says that a Cmd is on its way, which takes
	// no more than one step's time however many are waiting.
	steps []Step
	busy  bool
	// id is that of the freeze; an answer for an older one comes too late.
	id int
	// wanted is what the snapshot shown was asked for.
	wanted Wanted
}

// Wanted is what the screen shows of a moment.
type Wanted struct {
	// Query is what the snapshot must hold; Order is what its sensors are in order of.
	Query stats.Query
	Order Order
}

// Order is what sensors are put in order by. Two orders are the same where they are
// equal by ==.
type Order interface {
	// Of puts the sensors in order that a snapshot has, as read takes it: by their
	// indexes; nil is the order of the run.
	Of(read func(stats.Query) stats.Snapshot) []int
}

// same is true where both show the same.
func (w Wanted) same(other Wanted) bool {
	return w.Query.Same(other.Query) && w.Order == other.Order
}

// Step is a move through the past. The zero value stays where it is.
type Step struct {
	// by is a time; batches are batches and changes are changes of state, back
	// where negative. to is a moment, where jump.
	by               time.Duration
	batches, changes int
	jump             bool
	to               time.Duration
	// sensor is whose changes of state are meant; event.NoSensor is anyone's.
	sensor int
}

// ByTime is a step of a time, back where it is negative.
func ByTime(d time.Duration) Step { return Step{by: d} }

// ByBatches is a step to the next batch's end, or to the one before where n is
// negative.
func ByBatches(n int) Step { return Step{batches: n} }

// ByChange is a step to the next change of state, or where back to the one before; of
// a sensor, or of anyone where that is event.NoSensor.
func ByChange(back bool, sensor int) Step {
	if back {
		return Step{changes: -1, sensor: sensor}
	}
	return Step{changes: 1, sensor: sensor}
}

// AtTime is a step to a moment.
func AtTime(at time.Duration) Step { return Step{jump: true, to: at} }

// Moment is a moment of the past, looked up.
type Moment struct {
	id    int
	reach history.Reach
	Wanted
	// At is the moment; Snap is what was known then, its Run nil where the run was
	// started anew meanwhile; Sorted are its sensors in order.
	At     time.Duration
	Snap   stats.Snapshot
	Sorted []int
	// Says is what was looked for and is not within reach, or whose state changed
	// then where that was looked for; empty is nothing.
	Says string
}

// New is a live screen that can go back to what a history keeps.
func New(h *history.History) Past { return Past{history: h} }

// Freeze holds the screen at a moment, the present; false where it is held already.
func (p *Past) Freeze(now time.Duration) bool {
	if p.Frozen {
		return false
	}
	*p = Past{history: p.history, Frozen: true, id: p.id + 1, At: now, now: now}
	return true
}

// Thaw goes back to the present.
func (p *Past) Thaw() { *p = Past{history: p.history, id: p.id} }

// Step takes a step on a frozen screen. The Cmd brings a [Moment]; it is nil where the
// step waits for one that is on its way.
func (p *Past) Step(s Step, w Wanted) tea.Cmd {
	p.steps = append(p.steps, s)
	return p.LookBack(w)
}

// LookBack is the Cmd that takes the waiting steps and looks the moment up; nil
// where one is under way already. It folds thousands of events, which is nothing
// that Update may wait for.
func (p *Past) LookBack(w Wanted) tea.Cmd {
	if p.busy || len(p.steps) == 0 {
		return nil
	}
	p.busy = true
	steps, id, at, now, reach, known := p.steps, p.id, p.At, p.now, p.Reach, p.history
	p.steps = nil
	return func() tea.Msg {
		if reach.Empty() {
			reach = known.Reach()
		}
		msg := Moment{id: id, reach: reach, At: at, Wanted: w}
		for _, s := range steps {
			msg.At, msg.Says = s.from(reach, msg.At, now)
		}
		then := reach.At(msg.At)
		if last := steps[len(steps)-1]; last.changes != 0 && msg.Says == "" {
			all := then.Snapshot(stats.Query{}) // also those that are not on the screen
			msg.Says = views.ChangedThen(&all, msg.At)
		}
		msg.Sorted = w.Order.Of(then.Snapshot)
		msg.Snap = then.Snapshot(w.Query)
		return msg
	}
}

// from is where a step leads.
func (s Step) from(r history.Reach, at, now time.Duration) (to time.Duration, missing string) {
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

// Take goes to a moment that was looked up; false where it comes too late. More steps
// may wait by then, for [Past.LookBack].
func (p *Past) Take(msg Moment) bool {
	if msg.id != p.id || !p.Frozen {
		return false
	}
	p.busy = false
	if msg.Snap.Run != nil {
		p.Reach, p.At, p.from, p.wanted = msg.reach, msg.At, msg.reach.From(), msg.Wanted
	}
	return true
}

// Relook looks the moment up again where what the screen can show has changed.
func (p *Past) Relook(w Wanted) tea.Cmd {
	if !p.Frozen || p.busy || p.Reach.Empty() || p.wanted.same(w) {
		return nil
	}
	return p.Step(Step{}, w)
}

// Status is the header's word for it: how far back the moment is, which the
// header's clock shows, and how far back one can go.
func (p *Past) Status() string {
	return fmt.Sprintf("FROZEN %s back (%s kept)", words.Seconds(p.now-p.At), words.Seconds(p.now-p.from))
}
