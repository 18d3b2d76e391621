package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
)

// The reasons for which nothing can be rehearsed.
var (
	// ErrNotRehearsed is a run that keeps no states: one on the wall clock,
	// whose endpoints cannot be asked again, and one that is not paced.
	ErrNotRehearsed = errors.New("only a simulated run that is paced can be rehearsed")
	// ErrNothingYet is a run that has not begun its first batch.
	ErrNothingYet = errors.New("nothing has run yet")
)

// Rehearse simulates the newest batches again, the present one included and run to
// its end: from where the first of them began, with the same draws, and with the
// commands that were carried out at each of their starts. batches is clamped to
// what is kept: 1 to 1,200, and fewer of more than 64 sensors. The policies in
// change, by the index of the sensor, are in force from the start of the first batch
// on, as if a Tune had come there before all other commands; other Tunes of these
// sensors are left out. An index that does not exist changes nothing.
//
// It returns the events: RunStarted with each circuit and policy as they were
// there, then what happened, for an aggregator of its own. A fault that was active
// already has no FaultBegan among them, and there is no RunEnded.
//
// For a simulated run this is exactly what the run itself would have done: with an
// empty change, what it did do, except for Event.Seq, the pace in Event.Taken and
// the commands that only concern the pace; with a change, what it would have done
// with a Tune at the window's first batch, without the PolicyChanged events of that
// Tune and the StateChanged events of a breaker that it enabled or disabled. That
// holds for any number of sensors and callers, since no call is in flight where a
// batch begins. It does not hold for a sensor that has a state and is not
// sensors.Stateful, nor for one whose reads continue after they were given up.
// Counts of a retry.Registry are not touched.
//
// Rehearse may be called from any goroutine and does its work there, so it should not
// be called on the one that draws the screen. The run itself waits only while a list of
// pointers is copied, one for each batch. Member.New is called again, also while the
// run goes on.
func (s *Session) Rehearse(batches int, change map[int]policy.Policy) ([]event.Event, error) {
	w, err := s.Window(batches)
	if err != nil {
		return nil, err
	}
	return w.Rehearse(change)
}

// rehearse runs the batches again.
func rehearse(config Config, batches []loggedBatch, change map[int]policy.Policy) ([]event.Event, error) {
	var events collector
	last := batches[len(batches)-1].from.batch
	_, err := replay(config, batches, last, change, event.NewHub(&events), func(r *run) {
		events.list = events.list[:0] // the events of the change itself
		r.config.Batches = config.Batches
		r.announce()
		r.config.Batches = last
	})
	if err != nil {
		return nil, fmt.Errorf("rehearsal: %w", err)
	}
	return events.list, nil
}

// replay simulates batches again, from where the first of the batches began to the end of
// the last batch, and returns the run as it is then. begins is called with the run when
// its state is that at the start of the first batch, with the policies in change.
func replay(config Config, batches []loggedBatch, last int, change map[int]policy.Policy, hub *event.Hub, begins func(r *run)) (*run, error) {
	first := batches[0].from
	config.Registry, config.Script = nil, script(batches, change, len(config.Members))
	config.Batches = last
	clk := clock.NewVirtual()
	r, err := newRun(config, clk, hub, unasked{}.pace)
	if err != nil {
		return nil, err
	}
	defer r.close()
	if err := clk.RunTo(first.at); err != nil {
		return nil, err
	}
	if err := r.restore(first, change); err != nil {
		return nil, err
	}
	begins(r)
	clk.Start(func() { r.simulate(context.Background(), first.batch) })
	return r, clk.Run(context.Background())
}

// script returns the commands of the batches, without the Tunes that a change
// replaces.
func script(batches []loggedBatch, change map[int]policy.Policy, members int) (all []Scripted) {
	for _, b := range batches {
		for _, cmd := range b.commands {
			if cmd.Op == event.Tune && len(change) > 0 {
				cmd.Sensors = slices.DeleteFunc(targets(cmd, members), func(i int) bool {
					_, changed := change[i]
					return changed
				})
				if len(cmd.Sensors) == 0 {
					continue // an empty list would be all of them
				}
			}
			all = append(all, Scripted{Batch: b.from.batch, Command: cmd})
		}
	}
	return all
}

// collector keeps all events.
type collector struct{ list []event.Event }

// Observe implements event.Observer.
func (c *collector) Observe(e *event.Event) { c.list = append(c.list, *e) }
