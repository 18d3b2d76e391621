package engine

import (
	"fmt"
	"sync"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors/fault"
)

// checkpoint is a simulated run right before what happens at a batch's start. It is
// immutable once taken.
//
// The state of the run takes half a kilobyte per sensor. With many sensors only the
// checkpoint of every eighth batch holds it, and among older batches only one in 32.
// The checkpoints in between hold the commands of the batch before, and their state is
// simulated from there when it is needed.
type checkpoint struct {
	batch int
	at    time.Duration
	// before is the page of the batch before, and gap how many batches ago the
	// state was saved. whole returns the state, simulated again if gap is not
	// 0.
	before page
	gap    int
	whole  func() (*runState, error)
}

const (
	// denseSensors is up to how many sensors every recent checkpoint holds the
	// state of the run.
	denseSensors = 64
	// sparseEvery is, for more sensors, the number of batches from one recent
	// checkpoint with a state to the next.
	sparseEvery = 8
)

// runState is the state of a run between two batches.
type runState struct {
	clients []clientState
	sensors []fault.State // with faults around them; then those of the naive pipeline
}

// clientState is what a client carries from call to call.
type clientState struct {
	policy              *Policy // that of the layers, never changed
	breaker             breaker.SavedState
	fallback            []fallback.State
	budget              *retry.Budget // a copy that nobody uses; nil for none
	calls               uint64
	batch               int64
	openFor             time.Duration
	openDraw, retryDraw uint64
}

// checkpoint returns a checkpoint with the state of the run, or with the way to
// compute it again. No call is in flight, and the journal's newest page is that
// of the batch before.
func (r *run) checkpoint(batch int) *checkpoint {
	at := r.clock.Now()
	if pages := r.journal.last(1); len(pages) == 1 && len(r.clients) > denseSensors && pages[0].from.gap+1 < sparseEvery {
		return between(pages[0], batch, at, &r.journal.config)
	}
	s := r.save()
	return &checkpoint{batch: batch, at: at, whole: func() (*runState, error) { return s, nil }}
}

// between is a checkpoint without a state of its own.
func between(before page, batch int, at time.Duration, config *Config) *checkpoint {
	c := &checkpoint{batch: batch, at: at, before: before, gap: before.from.gap + 1}
	c.whole = func() (*runState, error) { return c.again(*config) }
	return c
}

// held is the checkpoint for repeated use: its state is computed only once.
func (c *checkpoint) held() *checkpoint {
	once := *c
	once.whole = sync.OnceValues(c.whole)
	return &once
}

// save copies the state of the run.
func (r *run) save() *runState {
	s := &runState{clients: make([]clientState, len(r.clients)), sensors: make([]fault.State, len(r.sensors))}
	for i, client := range r.clients {
		s.clients[i] = client.save()
	}
	for i, sensor := range r.sensors {
		s.sensors[i] = sensor.Save()
	}
	return s
}

// again computes the state at the checkpoint: it simulates the batches from the
// last checkpoint that holds a state, with the commands that were carried out.
func (c *checkpoint) again(config Config) (*runState, error) {
	pages := make([]page, c.gap)
	for at := c; at.gap > 0; at = at.before.from {
		pages[at.gap-1] = at.before
	}
	r, err := replay(config, pages, c.batch-1, nil, event.NewHub(), func(*run) {})
	if err != nil {
		return nil, err
	}
	return r.save(), nil
}

// restore sets a run that was just made from the same configuration to the
// state of the checkpoint. The clock is at that time already. Policies in
// change, by sensor, replace those that were in force.
func (r *run) restore(c *checkpoint, change map[int]Policy) error {
	saved, err := c.whole()
	if err != nil {
		return err
	}
	for i, s := range r.sensors {
		if err := s.Load(saved.sensors[i]); err != nil {
			return fmt.Errorf("sensor %s: %w", s.Info().ID, err)
		}
	}
	for i, client := range r.clients {
		if err := client.restore(&saved.clients[i]); err != nil {
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

func (c *Client) save() clientState {
	l := c.layers.Load()
	s := clientState{
		policy: &l.policy, breaker: l.breaker.Save(), fallback: fallback.Save(l.fallback),
		calls: c.calls.Load(), batch: c.batch.Load(),
		openDraw: c.openDraw.n.Load(), retryDraw: c.retryDraw.n.Load(),
	}
	c.mu.Lock()
	s.openFor = c.openFor
	c.mu.Unlock()
	if l.retry.Budget != nil {
		s.budget = l.retry.Budget.Copy()
	}
	return s
}

func (c *Client) restore(saved *clientState) error {
	c.calls.Store(saved.calls)
	c.batch.Store(saved.batch)
	c.openFor = saved.openFor
	c.openDraw.n.Store(saved.openDraw)
	c.retryDraw.n.Store(saved.retryDraw)
	budget := saved.budget
	if budget != nil {
		budget = budget.Copy()
	}
	l, err := c.assemble(*saved.policy, budget, saved.fallback, func(s breaker.Settings) (*breaker.Breaker, error) {
		return breaker.Restore(s, saved.breaker)
	})
	if err == nil {
		c.layers.Store(l)
	}
	return err
}
