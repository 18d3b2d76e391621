package report

import (
	"context"
	"fmt"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/retry"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
)

// record is a run that has ended: the counts of the aggregator, and the events for the
// tables.
type record struct {
	run *event.Run
	// calls are the ended calls of each sensor, in order; changes its
	// transitions.
	calls   [][]event.Event
	changes [][]event.Event
	rounds  []event.Round
	// faults are the events of injected faults that began.
	faults []event.Event
	// statuses are the states of each sensor at the end of its calls, in each batch
	// whose number is a multiple of every; with 0 none is stored.
	every    int
	statuses [][]status
	final    stats.Snapshot

	counts *stats.Aggregator
}

// status is the state of a sensor at the end of a call.
type status struct {
	at   time.Duration
	view stats.SensorView
}

// Observe is called after the aggregator's Observe, so the aggregator already includes the event.
func (r *record) Observe(e *event.Event) {
	switch e.Kind {
	case event.RunStarted:
		r.run = e.Run
		r.calls = make([][]event.Event, len(e.Run.Sensors))
		r.changes = make([][]event.Event, len(e.Run.Sensors))
		r.statuses = make([][]status, len(e.Run.Sensors))
	case event.CallEnded:
		r.calls[e.Sensor] = append(r.calls[e.Sensor], *e)
		if r.every > 0 && e.Batch%r.every == 0 { // no later: the call of another sensor may still be running
			view := r.counts.Snapshot(stats.Query{Sensors: []int{e.Sensor}}).Sensors[0]
			r.statuses[e.Sensor] = append(r.statuses[e.Sensor], status{e.At, view})
		}
	case event.StateChanged:
		r.changes[e.Sensor] = append(r.changes[e.Sensor], *e)
	case event.FaultBegan:
		r.faults = append(r.faults, *e)
	case event.BatchEnded:
		r.rounds = append(r.rounds, e.Round)
	}
}

// setUp finds a scenario and applies the settings to it.
func setUp(name string, o Options) (scenario.Scenario, error) {
	sc, err := scenario.Find(name)
	if err != nil {
		return sc, err
	}
	for _, assignment := range o.Set {
		if err := sc.Set(assignment); err != nil {
			return sc, err
		}
	}
	if o.Batches < 0 || o.Batches > MaxBatches {
		return sc, fmt.Errorf("%d batches: must be 0 (as many as it has by itself) or up to %d", o.Batches, MaxBatches)
	}
	if o.Batches > 0 {
		sc.Batches = o.Batches
	}
	return sc, nil
}

// play runs a scenario to its end. A status is stored in each batch whose number is a
// multiple of every; registry may be nil.
func play(ctx context.Context, sc scenario.Scenario, o Options, every int, registry *retry.Registry) (*record, error) {
	r := &record{counts: stats.New(stats.WithoutTracks()), every: every}
	hub := event.NewHub(r.counts, r)
	config := configOf(sc, o, o.Seed)
	config.Registry, config.Realtime = registry, o.Realtime
	if err := engine.Play(ctx, hub, config); err != nil {
		return nil, err
	}
	hub.Read(func() {
		r.final = r.counts.Snapshot(stats.Query{Batches: stats.MaxBatches, Verdicts: stats.MaxVerdicts})
	})
	return r, nil
}

// configOf is the configuration of a run with a seed.
func configOf(sc scenario.Scenario, o Options, seed uint64) engine.Config {
	config := sc.Config(seed)
	config.Batches, config.Script = sc.Batches, o.Script
	return config
}

// seconds is a duration for JSON. Durations are whole nanoseconds, so equal
// runs give equal numbers.
func seconds(d time.Duration) float64 { return d.Seconds() }

// share is n / of as a fraction rounded to 1e-6; ok is false where of is 0.
func share(n, of uint64) (fraction float64, ok bool) {
	if of == 0 {
		return 0, false
	}
	return micro(float64(n) / float64(of)), true
}

// shareOf is share for JSON: nil where there is no denominator.
func shareOf(n, of uint64) *float64 {
	f, ok := share(n, of)
	if !ok {
		return nil
	}
	return &f
}

// micro rounds to 1e-6; all numbers of reports are rounded in this way.
func micro(x float64) float64 { return sensors.Round6(x) }
