package engine

import (
	"fmt"
	"sync"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors/fault"
)

// startState is a simulated run right before what happens at a batch's start. It is
// immutable once taken.
//
// The state of the run takes half a kilobyte per sensor. With many sensors only the
// startState of every eighth batch holds it, and among older batches only one in 32.
// Those in between hold the commands of the batch before, and their state is
// simulated from there when it is needed.
type startState struct {
	batch int
	at    time.Duration
	// before is the batch before, and gap how many batches ago the
	// state was saved. whole returns the state, simulated again if gap is not
	// 0.
	before loggedBatch
	gap    int
	whole  func() (*runState, error)
}

const (
	// denseSensors is up to how many sensors every recent startState holds the
	// state of the run.
	denseSensors = 64
	// sparseEvery is, for more sensors, the number of batches from one recent
	// startState that holds the state to the next.
	sparseEvery = 8
)

// runState is the state of a run between two batches.
type runState struct {
	clients []clientState
	sensors []fault.State // with faults around them; then those of the naive pipeline
}

// clientState is what a client carries from call to call.
type clientState struct {
	policy              *policy.Policy // that of the layers, never changed
	breaker             breaker.SavedState
	fallback            []fallback.State
	budget              *retry.Budget // a copy that nobody uses; nil for none
	calls               uint64
	batch               int64
	openFor             time.Duration
	heldUntil           int64
	openDraw, retryDraw uint64
}

// startState returns the present one, with the state of the run, or with the way to
// compute it again. No call is in flight, and the command log's newest batch is that
// of the batch before.
func (r *run) startState(batch int) *startState {
	at := r.clock.Now()
	if batches := r.commandLog.last(1); len(batches) == 1 && len(r.clients) > denseSensors && batches[0].from.gap+1 < sparseEvery {
		return between(batches[0], batch, at, &r.commandLog.config)
	}
	s := r.save()
	return &startState{batch: batch, at: at, whole: func() (*runState, error) { return s, nil }}
}

// between is a startState that does not hold the state.
func between(before loggedBatch, batch int, at time.Duration, config *Config) *startState {
	c := &startState{batch: batch, at: at, before: before, gap: before.from.gap + 1}
	c.whole = func() (*runState, error) { return c.again(*config) }
	return c
}

// held is c for repeated use: the state is computed only once.
func (c *startState) held() *startState {
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

// again computes the state: it simulates the batches from the last startState that
// holds it, with the commands that were carried out.
func (c *startState) again(config Config) (*runState, error) {
	batches := make([]loggedBatch, c.gap)
	for at := c; at.gap > 0; at = at.before.from {
		batches[at.gap-1] = at.before
	}
	r, err := replay(config, batches, c.batch-1, nil, event.NewHub(), func(*run) {})
	if err != nil {
		return nil, err
	}
	return r.save(), nil
}

// restore sets a run that was just made from the same configuration to the
// state of c. The clock is at that time already. Policies in change, by sensor,
// replace those that were in force.
func (r *run) restore(c *startState, change map[int]policy.Policy) error {
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
		openDraw: c.openDraw.n.Load(), retryDraw: c.retryDraw.n.Load(), heldUntil: c.hold.until.Load(),
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
	c.hold.until.Store(saved.heldUntil)
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
