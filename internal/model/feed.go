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

// gaugeEvery is how often gauges and ages move between events.
const gaugeEvery = 100 * time.Millisecond

// slowFrame is how often a screen that is frozen looks at what is new.
const slowFrame = time.Second

// FrameMsg is the message that brings what is new, once a frame at most. Only this
// package makes one; who watches the program's messages from outside, such as a
// benchmark, knows it by this interface whatever its type is called.
type FrameMsg interface{ bringsFrame() }

// frameMsg is everything that is new.
type frameMsg struct {
	snap   stats.Snapshot
	now    time.Duration
	events []event.Event
	lost   uint64
	order  ordered
	taken  time.Time // by the clock on the wall
}

func (frameMsg) bringsFrame() {}

var _ FrameMsg = frameMsg{}

// feed turns the engine's events into one message a frame: wait for something
// new, wait for the frame's turn, take everything, return. There is exactly one
// such wait at any time, so a hundred thousand events a second cost one Update
// and one View a frame.
type feed struct {
	ctx    context.Context
	hub    *event.Hub
	tally  *stats.Tally
	engine Engine
	sub    *event.Subscription
	frame  time.Duration

	// query is what the next snapshot must hold. The Cmd reads it while Update
	// writes it.
	query   atomic.Pointer[stats.Query]
	history *history.History // nil where none is kept
	orders  orders
	// slow is true while nothing new is shown, so that looking at what is new
	// costs next to nothing.
	slow atomic.Bool
	// hurry asks for a frame at once, because a key waits for its answer.
	hurry chan struct{}
	// last is when the last frame was handed over. Only the Cmd that waits
	// touches it, and there is one at a time.
	last time.Time
}

func newFeed(o Options) *feed {
	return &feed{
		ctx: o.Context, hub: o.Hub, tally: o.Tally, engine: o.Engine, history: o.History,
		sub: o.Hub.Subscribe(), frame: time.Second / time.Duration(o.FPS),
		hurry: make(chan struct{}, 1),
	}
}

// want sets what snapshots hold, and hurries the next one where that changed
// what can be seen.
func (f *feed) want(q stats.Query) {
	old := f.query.Swap(&q)
	if old != nil && !old.Same(q) {
		f.rush()
	}
}

// rush has the next frame come at once.
func (f *feed) rush() {
	select {
	case f.hurry <- struct{}{}:
	default:
	}
}

func (f *feed) snapshot(q stats.Query) (s stats.Snapshot) {
	f.hub.Read(func() { s = f.tally.Snapshot(q) })
	return s
}

// episode is the episode of faults of a sensor that is under way, as far as it is known.
func (f *feed) episode(sensor int) (v verdict.Verdict, ok bool) {
	f.hub.Read(func() { v, ok = f.tally.Episode(sensor) })
	return v, ok
}

// wait is the Cmd that returns the next frame. gauges says that time passes, so
// that a frame is due even if nothing happens; so is one at the given time, unless
// that is zero.
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
		msg.snap = f.snapshot(q)
		msg.now = max(f.engine.Now(), msg.snap.At)
		if f.history != nil {
			f.history.Trim()
		}
		f.last = time.Now()
		msg.taken = f.last
		return msg
	}
}

// idle is how long to wait where nothing happens.
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

// await returns when a frame is due, or false when the program has ended.
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
