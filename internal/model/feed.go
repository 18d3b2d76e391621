package model

import (
	"context"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/stats/verdict"
)

// gaugeEvery is how often gauges and ages are redrawn between events.
const gaugeEvery = 100 * time.Millisecond

// slowFrame is how often new events are read while the screen is frozen.
const slowFrame = time.Second

// FrameMsg is the message with new data, at most one per frame. Only this package makes
// it. Code that observes the program's messages, such as a benchmark, can recognize it
// by this interface.
type FrameMsg interface{ bringsFrame() }

// frameMsg holds all new data.
type frameMsg struct {
	snap   stats.Snapshot
	now    time.Duration
	events []event.Event
	lost   uint64
	order  ordered
	taken  time.Time // wall-clock time
}

func (frameMsg) bringsFrame() {}

var _ FrameMsg = frameMsg{}

// feed turns the engine's events into one message per frame: it waits for something new,
// waits until the frame is due, reads everything, and returns. There is always exactly
// one such wait, so even 100,000 events per second cost one Update and one View per
// frame.
type feed struct {
	ctx        context.Context
	hub        *event.Hub
	aggregator *stats.Aggregator
	engine     Engine
	sub        *event.Subscription
	frame      time.Duration

	// query is what the next snapshot must hold. It is atomic because Update writes it
	// while the Cmd reads it.
	query   atomic.Pointer[stats.Query]
	history *history.History // nil without a history
	orders  orders
	// slow is true while nothing new is shown; new data is then read only rarely, to
	// save time.
	slow atomic.Bool
	// hurry asks for a frame at once, because the user waits for the effect of a key.
	hurry chan struct{}
	// last is when the last frame was returned. Only the waiting Cmd uses it, and there
	// is one at a time.
	last time.Time
}

func newFeed(o Options) *feed {
	return &feed{
		ctx: o.Context, hub: o.Hub, aggregator: o.Aggregator, engine: o.Engine, history: o.History,
		sub: o.Hub.SubscribeTo(event.Special), frame: time.Second / time.Duration(o.FPS),
		hurry: make(chan struct{}, 1),
	}
}

// want sets what snapshots hold. Where that changes what is visible, the next frame
// comes at once.
func (f *feed) want(q stats.Query) {
	old := f.query.Swap(&q)
	if old != nil && !old.Same(q) {
		f.rush()
	}
}

// rush makes the next frame come at once.
func (f *feed) rush() {
	select {
	case f.hurry <- struct{}{}:
	default:
	}
}

func (f *feed) snapshot(q stats.Query) (s stats.Snapshot) {
	f.hub.Read(func() { s = f.aggregator.Snapshot(q) })
	return s
}

// episode is the current episode of faults of a sensor, as far as it is known.
func (f *feed) episode(sensor int) (v verdict.Verdict, ok bool) {
	f.hub.Read(func() { v, ok = f.aggregator.Episode(sensor) })
	return v, ok
}

// wait is the Cmd that returns the next frame. With gauges a frame is due even without
// events, because time passes. One is also due at the time at, unless that is zero.
func (f *feed) wait(gauges bool, at time.Time) tea.Cmd {
	return func() tea.Msg {
		if !f.await(gauges, at) {
			return nil
		}
		var msg frameMsg
		msg.events, msg.lost = f.sub.Drain(nil)
		q := stats.Query{}
		if p := f.query.Load(); p != nil {
			q = *p
		}
		msg.order, q = f.orders.next(q, f.snapshot)
		msg.now = f.engine.Now()
		q.Until = msg.now
		msg.snap = f.snapshot(q)
		msg.now = max(msg.now, msg.snap.At)
		f.last = time.Now()
		msg.taken = f.last
		return msg
	}
}

// idle is how long to wait for the next frame without events.
func (f *feed) idle(gauges bool, at time.Time) time.Duration {
	switch {
	case at.IsZero():
		return gaugeEvery
	case gauges:
		return min(gaugeEvery, time.Until(at))
	default:
		return time.Until(at)
	}
}

// await returns true when a frame is due, and false when the program has ended.
func (f *feed) await(gauges bool, at time.Time) bool {
	var tick <-chan time.Time
	if gauges || !at.IsZero() {
		t := time.NewTimer(f.idle(gauges, at))
		defer t.Stop()
		tick = t.C
	}
	select {
	case <-f.ctx.Done():
		return false
	case <-f.hurry:
		return f.ctx.Err() == nil
	case <-f.sub.C():
	case <-tick:
	}
	rest := f.frame - time.Since(f.last)
	if f.slow.Load() {
		rest = slowFrame - time.Since(f.last)
	}
	if rest <= 0 {
		return f.ctx.Err() == nil
	}
	t := time.NewTimer(rest)
	defer t.Stop()
	select {
	case <-f.ctx.Done():
		return false
	case <-f.hurry:
	case <-t.C:
	}
	return f.ctx.Err() == nil
}
