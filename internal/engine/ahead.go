package engine

import (
	"sync/atomic"

	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
)

// ahead is a client's lane on the virtual clock, with the events of a call that
// runs ahead on it. The events are published when the clock reaches their time.
// Between two batches a call of a planned sensor depends only on its own
// client, so it need not be a coroutine.
type ahead struct {
	lane     clock.Lane
	hub      *event.Hub
	changes  *atomic.Uint64
	released int            // how many of held are published
	held     []*event.Event // not changed until they are published; in few while they fit
	few      [2]*event.Event
}

// newAhead returns what a client needs to run ahead, and the clock that it and
// its sensor are on. Only a virtual clock has lanes, and only with one caller can
// no other call of the client interfere. Otherwise the result is nil and the
// unchanged clock.
func newAhead(clk clock.Clock, callers int) (*ahead, clock.Clock) {
	v, ok := clk.(*clock.Virtual)
	if !ok || callers > 1 {
		return nil, clk
	}
	a := &ahead{}
	a.lane.Begin(v, a)
	a.held = a.few[:0]
	return a, &a.lane
}

// serve makes the calls of a client run ahead. On a nil ahead it does nothing.
func (a *ahead) serve(c *Client) {
	if a != nil {
		c.ahead, a.hub, a.changes = a, c.hub, c.changes
	}
}

// Release publishes the oldest event that was held back.
func (a *ahead) Release() {
	e := a.held[a.released]
	a.released++
	publishNow(a.hub, a.changes, e)
	if a.released == len(a.held) {
		clear(a.held) // so that what the events point to can be freed
		a.held, a.released = a.held[:0], 0
	}
}

// goRead starts a read of the client as a task of g: ahead of the clock where
// nothing can interfere and a timeout ends every read, and as a coroutine
// otherwise.
func (c *Client) goRead(g clock.Group, read func()) {
	if c.ahead != nil && !c.isolate && c.layers.Load().timeout.After > 0 {
		c.ahead.lane.Go(g, read)
		return
	}
	g.Go(read)
}

// publish publishes an event when the clock reaches its time. The event must not
// be changed until the next call of the client.
func (c *Client) publish(e *event.Event) {
	if c.ahead != nil && c.ahead.lane.Hold() {
		c.ahead.held = append(c.ahead.held, e)
		return
	}
	publishNow(c.hub, c.changes, e)
}

// publishNow publishes an event and counts it, if it is a change of state.
func publishNow(hub *event.Hub, changes *atomic.Uint64, e *event.Event) {
	if e.Kind == event.StateChanged {
		changes.Add(1)
	}
	hub.PublishInPlace(e)
}
