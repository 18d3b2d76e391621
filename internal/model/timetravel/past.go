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

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
	"resiltui/internal/words"
)

// Past is the screen frozen at a time of the run, while the run goes on. Every part of
// the screen shows the same time, because it is drawn from one snapshot of an aggregator that
// has counted all events up to that time. Make it with [New]; it is live at first. Only
// its methods set its fields.
type Past struct {
	// Frozen is true where the screen shows the past.
	Frozen bool
	// At is the time shown. from and now are the limits: the oldest time that is kept,
	// and the time at which the screen was frozen.
	At, from, now time.Duration
	// Span holds the history as it was when the screen was frozen, so that nothing of it
	// is dropped while the user looks at it.
	Span history.Span

	history *history.History // nil without a history
	// steps are waiting; busy says that a Cmd is running. A Cmd takes all waiting steps,
	// so many steps need no longer than one.
	steps []Step
	busy  bool
	// id is the number of the freeze; the result for an older one is ignored.
	id int
	// wanted is what the present snapshot was requested for.
	wanted Wanted
}

// Wanted is what the screen needs to show a moment.
type Wanted struct {
	// Query is what the snapshot must hold; Order is what determines the order of its
	// sensors.
	Query stats.Query
	Order Order
}

// Order determines the order of sensors. Two orders are the same if they are equal by ==.
type Order interface {
	// Of returns the indexes of the sensors in order, from snapshots that read takes, and
	// how many of the first need attention; nil is the order of the run.
	Of(read func(stats.Query) stats.Snapshot) (order []int, above int)
}

// same says whether both need the same data.
func (w Wanted) same(other Wanted) bool {
	return w.Query.Same(other.Query) && w.Order == other.Order
}

// Step is a step through the past. The zero value stays at the same time.
type Step struct {
	// by is a time difference; batches and changes are numbers of batches and of changes
	// of state; negative values go back. to is a time, used where jump is true.
	by               time.Duration
	batches, changes int
	jump             bool
	to               time.Duration
	// sensor is the sensor whose changes of state count; event.NoSensor is all sensors.
	sensor int
}

// ByTime is a step by a time, back where it is negative.
func ByTime(d time.Duration) Step { return Step{by: d} }

// ByBatches is a step to the end of the next batch, or of the previous one where n is
// negative.
func ByBatches(n int) Step { return Step{batches: n} }

// ByChange is a step to the next change of state, or with back to the previous one; of a
// sensor, or of all where sensor is event.NoSensor.
func ByChange(back bool, sensor int) Step {
	if back {
		return Step{changes: -1, sensor: sensor}
	}
	return Step{changes: 1, sensor: sensor}
}

// AtTime is a step to a time of the run.
func AtTime(at time.Duration) Step { return Step{jump: true, to: at} }

// Moment is a time of the past with its data.
type Moment struct {
	id   int
	span history.Span
	Wanted
	// At is the time; Snap is the state then, with a nil Run where the run was restarted
	// meanwhile; Sorted are its sensors in order, of which the first Above need attention.
	At     time.Duration
	Snap   stats.Snapshot
	Sorted []int
	Above  int
	// Says is what was not found, or after a step by changes of state whose state
	// changed; empty is nothing.
	Says string
}

// New is a live screen that can go back to what a history keeps.
func New(h *history.History) Past { return Past{history: h} }

// Freeze freezes the screen at the present time; it returns false where it is frozen
// already.
func (p *Past) Freeze(now time.Duration) bool {
	if p.Frozen {
		return false
	}
	*p = Past{history: p.history, Frozen: true, id: p.id + 1, At: now, now: now}
	return true
}

// Thaw returns to the present.
func (p *Past) Thaw() { *p = Past{history: p.history, id: p.id} }

// Step takes a step on a frozen screen. The Cmd returns a [Moment]; it is nil where the
// step must wait for another one.
func (p *Past) Step(s Step, w Wanted) tea.Cmd {
	p.steps = append(p.steps, s)
	return p.LookBack(w)
}

// LookBack is the Cmd that takes the waiting steps and loads the moment; nil where one is
// already running. It replays thousands of events, which takes too long for Update.
func (p *Past) LookBack(w Wanted) tea.Cmd {
	if p.busy || len(p.steps) == 0 {
		return nil
	}
	p.busy = true
	steps, id, at, now, span, known := p.steps, p.id, p.At, p.now, p.Span, p.history
	p.steps = nil
	return func() tea.Msg {
		if span.Empty() {
			span = known.Span()
		}
		msg := Moment{id: id, span: span, At: at, Wanted: w}
		for _, s := range steps {
			msg.At, msg.Says = s.from(span, msg.At, now)
		}
		then := span.At(msg.At)
		if last := steps[len(steps)-1]; last.changes != 0 && msg.Says == "" {
			all := then.Snapshot(stats.Query{}) // also sensors that are not on the screen
			msg.Says = views.ChangedThen(&all, msg.At)
		}
		msg.Sorted, msg.Above = w.Order.Of(then.Snapshot)
		q := w.Query
		q.Until = msg.At
		msg.Snap = then.Snapshot(q)
		return msg
	}
}

// from returns the time to which a step leads, and what was not found.
func (s Step) from(r history.Span, at, now time.Duration) (to time.Duration, missing string) {
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

// Take goes to the moment that was loaded; it returns false for a result that comes too
// late. Further steps may be waiting then: call [Past.LookBack].
func (p *Past) Take(msg Moment) bool {
	if msg.id != p.id || !p.Frozen {
		return false
	}
	p.busy = false
	if msg.Snap.Run != nil {
		p.Span, p.At, p.from, p.wanted = msg.span, msg.At, msg.span.From(), msg.Wanted
	}
	return true
}

// Relook loads the moment again where the screen needs other data for it.
func (p *Past) Relook(w Wanted) tea.Cmd {
	if !p.Frozen || p.busy || p.Span.Empty() || p.wanted.same(w) {
		return nil
	}
	return p.Step(Step{}, w)
}

// Status is the text for the header: how far back the moment is from the time of the
// freeze, and how far back the user can go, in a run with a date as the clock time of that.
// The run may be nil.
func (p *Past) Status(run *event.Run) string {
	if _, ok := run.Date(p.from); ok {
		return "FROZEN " + words.Lasting(p.now-p.At) + " back (kept from " + sentence.Moment(run, p.from) + ")"
	}
	return fmt.Sprintf("FROZEN %s back (%s kept)", words.Seconds(p.now-p.At), words.Seconds(p.now-p.from))
}
