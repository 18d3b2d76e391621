package engine

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// run is one run from its start to its end: the clients, their sensors and
// commands.
type run struct {
	config  Config
	clock   clock.Clock
	hub     *event.Hub
	clients []*Client
	reads   []func() // a call of each client in the current round
	round   round
	group   clock.Group
	sensors []*fault.Injector // with faults around them; then those of the naive pipeline
	inner   []sensors.Sensor  // without
	naive   *naive            // nil in a real run
	pace    func() (paused bool, speed float64)

	// script is the config's, by batch.
	script map[int][]event.Command
	// pending are the commands that wait for the next batch. It is used only on
	// the goroutine that the clock runs its tasks on.
	pending []event.Command
	// commandLog is what Rehearse starts from; nil where none is kept.
	commandLog *commandLog
	// begun is the number of the newest batch, batches how many have ended, and
	// changes how many changes of state there were.
	begun   atomic.Int64
	batches atomic.Int64
	changes atomic.Uint64
}

// newRun builds sensors and clients on the clock.
func newRun(config Config, clk clock.Clock, hub *event.Hub, pace func() (bool, float64)) (*run, error) {
	if err := config.Validate(); err != nil {
		return nil, err
	}
	r := &run{config: config, clock: clk, hub: hub, pace: pace, group: clk.Group(), script: make(map[int][]event.Command)}
	for _, s := range config.Script {
		r.script[s.Batch] = append(r.script[s.Batch], s.Command)
	}
	for i, m := range config.Members {
		ahead, clk := newAhead(clk, config.callers())
		inner, err := m.New(config.Seed, clk)
		if err != nil {
			return nil, fmt.Errorf("sensor %s: %w", m.Info.ID, err)
		}
		sensor := fault.Wrap(inner, config.Seed, clk.Sleep, clk.Now)
		client, err := NewClient(ClientConfig{
			Index: i, Clock: clk, Sensor: sensor, Hub: hub, Seed: config.Seed, Draws: m.Draws, Policy: m.Policy,
			Changes: &r.changes, Stats: config.stats(m.Info.ID), Beside: config.Real && config.Beside, Health: config.health(),
		})
		if err != nil {
			return nil, fmt.Errorf("sensor %s: %w", m.Info.ID, err)
		}
		ahead.serve(client)
		r.inner = append(r.inner, inner)
		r.sensors = append(r.sensors, sensor)
		r.clients = append(r.clients, client)
		r.reads = append(r.reads, func() { r.round.read(client) })
	}
	if config.Compare && !config.Real {
		r.naive = newNaive(config, clk, r.inner)
	}
	if r.naive != nil {
		r.sensors = append(r.sensors, r.naive.sensors...)
	}
	return r, nil
}

// close releases what the sensors hold, such as idle connections.
func (r *run) close() {
	for _, s := range r.inner {
		if c, ok := s.(interface{ Close() }); ok {
			c.Close()
		}
	}
}

// announce publishes the start of the run.
func (r *run) announce() {
	paused, speed := r.pace()
	described := r.config.describe(r.clients, r.naive != nil)
	if wall, ok := r.clock.(*clock.Wall); ok {
		described.Start = wall.Start()
		if r.config.UTC {
			described.Start = described.Start.UTC()
		}
	}
	r.hub.Publish(event.Event{
		At: r.clock.Now(), Sensor: event.NoSensor, Kind: event.RunStarted, Run: described,
		Taken: &event.Taken{Paused: paused, Speed: speed},
	})
}

// end publishes the end of the run.
func (r *run) end(text string) {
	paused, speed := r.pace()
	r.hub.Publish(event.Event{
		At: r.clock.Now(), Batch: int(r.batches.Load()), Sensor: event.NoSensor, Kind: event.RunEnded,
		Taken: &event.Taken{Text: text, Paused: paused, Speed: speed},
	})
}

// simulate is the root task of a simulated run: batch after batch, each
// reading all sensors concurrently and waiting for all. A batch starts one
// interval after the last one started, or at once if that took longer.
func (r *run) simulate(ctx context.Context, first int) {
	for batch := first; ; batch++ {
		start := r.clock.Now()
		r.begin(batch)
		without := r.startNaive(ctx, batch, start)
		delivered, ok := r.readAll(ctx, batch)
		ended := r.clock.Now()
		round := event.Round{Took: ended - start, Delivered: delivered}
		round.NaiveDelivered, round.NaiveTook = without()
		if !ok {
			return
		}
		r.finish(batch, ended, round)
		if batch == r.config.Batches {
			return
		}
		rest := start + r.config.Interval - r.clock.Now()
		if err := r.clock.Sleep(ctx, rest); err != nil {
			return
		}
	}
}

// begin carries out the commands that waited for the batch, and announces it.
func (r *run) begin(batch int) {
	if r.commandLog != nil {
		r.commandLog.begin(r.startState(batch))
	}
	r.begun.Store(int64(batch))
	for i := range r.clients {
		r.expire(i, batch)
	}
	for _, cmd := range r.script[batch] {
		r.apply(cmd, batch)
	}
	for _, cmd := range r.pending {
		r.apply(cmd, batch)
	}
	r.pending = r.pending[:0]
	r.hub.Publish(event.Event{
		At: r.clock.Now(), Batch: batch, Sensor: event.NoSensor, Kind: event.BatchStarted,
	})
}

// round is the calls of a batch. It changes only between two batches, when no call
// is in flight; the counts are of those that have ended.
type round struct {
	ctx          context.Context
	batch        int
	missing, cut atomic.Int32
}

// read makes one of the calls.
func (r *round) read(c *Client) {
	served, ok := c.read(r.ctx, r.batch, schedule{}, nil)
	if !ok {
		r.cut.Add(1)
	}
	if !served {
		r.missing.Add(1)
	}
}

// readAll makes the calls of a batch, of every client at once, and waits for all
// of them. delivered is true where every call gave a value; ok is false where the
// run ended meanwhile.
func (r *run) readAll(ctx context.Context, batch int) (delivered, ok bool) {
	round := &r.round
	round.ctx, round.batch = ctx, batch
	round.missing.Store(0)
	round.cut.Store(0)
	for i, c := range r.clients {
		for range r.config.callers() {
			c.goRead(r.group, r.reads[i])
		}
	}
	err := r.group.Wait(ctx)
	return round.missing.Load() == 0, err == nil && round.cut.Load() == 0
}

// startNaive begins the batch of the naive pipeline, where there is one, and returns
// what waits for its end.
func (r *run) startNaive(ctx context.Context, batch int, start time.Duration) (end func() (delivered bool, took time.Duration)) {
	if r.naive == nil {
		return func() (bool, time.Duration) { return false, 0 }
	}
	return r.naive.start(ctx, batch, start)
}

// finish publishes the end of a batch at the time ended: the wait for the naive
// pipeline after it does not count.
func (r *run) finish(batch int, ended time.Duration, round event.Round) {
	r.hub.Publish(event.Event{
		At: ended, Batch: batch, Sensor: event.NoSensor, Kind: event.BatchEnded, Round: round,
	})
	r.batches.Store(int64(batch))
}
