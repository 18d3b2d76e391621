package engine

import (
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
)

// checkpoint is a simulated run right before what happens at a batch's start. It is
// immutable once taken.
type checkpoint struct {
	batch   int
	at      time.Duration
	clients []clientMemory
	sensors []any // of the run's sensors, faults around them; nil for one without memory
}

// clientMemory is what a client carries from call to call.
type clientMemory struct {
	policy              *Policy // that of the layers, never changed
	breaker             breaker.Memento
	fallback            []fallback.Memory
	budget              *retry.Budget // a copy that nobody uses; nil for none
	calls               uint64
	batch               int64
	openFor             time.Duration
	openDraw, retryDraw uint64
}

// checkpoint copies what the run knows. No call is in flight.
func (r *run) checkpoint(batch int) *checkpoint {
	c := &checkpoint{
		batch: batch, at: r.clock.Now(),
		clients: make([]clientMemory, len(r.clients)), sensors: make([]any, len(r.sensors)),
	}
	for i, client := range r.clients {
		c.clients[i] = client.save()
	}
	for i, s := range r.sensors {
		c.sensors[i] = s.Save()
	}
	return c
}

// restore puts a run that was just made from the same configuration where the
// checkpoint was taken. The clock stands there already. Policies in change, by
// sensor, take the place of those that were in force.
func (r *run) restore(c *checkpoint, change map[int]Policy) error {
	for i, s := range r.sensors {
		s.Load(c.sensors[i])
	}
	for i, client := range r.clients {
		if err := client.restore(&c.clients[i]); err != nil {
			return err
		}
		if p, ok := change[i]; ok {
			if err := client.tune(p, "", c.batch); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Client) save() clientMemory {
	l := c.layers.Load()
	m := clientMemory{
		policy: &l.policy, breaker: l.breaker.Save(), fallback: fallback.Save(l.fallback),
		calls: c.calls.Load(), batch: c.batch.Load(),
		openDraw: c.openDraw.n.Load(), retryDraw: c.retryDraw.n.Load(),
	}
	c.mu.Lock()
	m.openFor = c.openFor
	c.mu.Unlock()
	if l.retry.Budget != nil {
		m.budget = l.retry.Budget.Copy()
	}
	return m
}

func (c *Client) restore(m *clientMemory) error {
	c.calls.Store(m.calls)
	c.batch.Store(m.batch)
	c.openFor = m.openFor
	c.openDraw.n.Store(m.openDraw)
	c.retryDraw.n.Store(m.retryDraw)
	budget := m.budget
	if budget != nil {
		budget = budget.Copy()
	}
	l, err := c.assemble(*m.policy, budget, m.fallback, func(s breaker.Settings) (*breaker.Breaker, error) {
		return breaker.Restore(s, m.breaker)
	})
	if err == nil {
		c.layers.Store(l)
	}
	return err
}
