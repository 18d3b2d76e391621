package engine

import (
	"strings"
	"sync/atomic"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/engine/timeout"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// layers is the stack that a call goes through. It is replaced as a whole and
// never changed, so a call keeps one from its start to its end.
type layers struct {
	fallback fallback.Strategy
	breaker  *breaker.Breaker
	timeout  timeout.Policy
	retry    retry.Policy
	policy   policy.Policy // complete
}

// draw is a stream of random draws for one purpose, with its position. It is
// safe for concurrent use.
type draw struct {
	stream sensors.Stream
	n      atomic.Uint64
}

func newDraw(seed uint64, id, purpose string) *draw {
	return &draw{stream: sensors.NewStream(seed, id, purpose)}
}

func (d *draw) next() float64 { return d.stream.Uniform(d.n.Add(1), 0) }

// retryPolicy returns the retry part of a policy, with the client's clock and
// draws.
func (c *Client) retryPolicy(p policy.Policy, budget *retry.Budget) retry.Policy {
	r := p.Resolved().Retry
	r.Stats, r.Budget = c.stats, budget
	r.Sleep, r.Now = c.clock.Sleep, c.clock.Now
	r.Rand = c.retryDraw.next
	r.Never = append([]error{breaker.ErrOpen, clock.ErrStopped, fault.ErrCallerGone}, p.Retry.Never...)
	return r
}

// breakerSettings returns the breaker part of a policy, with the client's clock
// and draws.
func (c *Client) breakerSettings(p policy.Policy) breaker.Settings {
	s := p.Breaker
	s.Now, s.Rand = c.clock.Now, c.openDraw.next
	s.Classify, s.OnTransition = classify, c.changed
	return s
}

// assemble builds the layers. The breaker is made by build; kept is what the
// previous strategy kept.
func (c *Client) assemble(
	p policy.Policy, budget *retry.Budget, kept []fallback.State, build func(breaker.Settings) (*breaker.Breaker, error),
) (*layers, error) {
	if err := p.Validate(); err != nil {
		return nil, err
	}
	p = p.Complete()
	strategy, err := p.Fallback(c.clock.Now)
	if err != nil {
		return nil, err
	}
	b, err := build(c.breakerSettings(p))
	if err != nil {
		return nil, err
	}
	fallback.Load(strategy, kept)
	retries := c.retryPolicy(p, budget)
	return &layers{
		policy: p, fallback: strategy, breaker: b, retry: retries,
		timeout: timeout.Policy{After: p.Timeout, WithTimeout: c.clock.WithTimeout},
	}, nil
}

// tune replaces the client's policy from the next call on. Calls in flight end in
// the layers that they began in, and no longer change the state of a breaker. It
// is called by one goroutine at a time.
//
// The new layers take over what the strategy kept and the breaker's state (see
// breaker.Restore for counts that have already reached a new threshold). The
// retry counts and the positions in the streams of draws continue.
func (c *Client) tune(p policy.Policy, by string, batch int) error {
	if err := p.Validate(); err != nil {
		return err
	}
	p = p.Complete()
	old := c.layers.Load()
	budget, err := nextBudget(old, p)
	if err != nil {
		return err
	}
	next, err := c.assemble(p, budget, fallback.Save(old.fallback), old.breaker.Successor)
	if err != nil {
		return err
	}
	c.layers.Store(next)
	if p.BreakerOff != old.policy.BreakerOff {
		c.operate(by, batch, func(b *breaker.Breaker) {
			if p.BreakerOff {
				b.Disable()
			} else {
				b.Enable()
			}
		})
	}
	return nil
}

// nextBudget returns the retry budget for a policy that replaces that of old: the
// same budget where its settings are the same, else a new one that takes over its
// state.
func nextBudget(old *layers, p policy.Policy) (*retry.Budget, error) {
	if p.BudgetTokens == old.policy.BudgetTokens && p.BudgetRatio == old.policy.BudgetRatio {
		return old.retry.Budget, nil
	}
	budget, err := p.Budget()
	if err == nil && budget != nil && old.retry.Budget != nil {
		budget.TakeOver(old.retry.Budget)
	}
	return budget, err
}

// Policy is the policy in force, complete.
func (c *Client) Policy() policy.Policy { return c.layers.Load().policy }

// tune carries a Tune out for one sensor. It reports false where there was nothing
// to change.
func (r *run) tune(i int, cmd event.Command, batch int) bool {
	c := r.clients[i]
	differences := policy.Differences(c.Policy(), cmd.Policy)
	if err := c.tune(cmd.Policy, cmd.By, batch); err != nil {
		r.publishText(batch, i, cmd.By+": "+err.Error())
		return true
	}
	if len(differences) == 0 {
		return false
	}
	now := c.Policy()
	r.hub.Publish(event.Event{
		At: r.clock.Now(), Batch: batch, Sensor: i, Kind: event.PolicyChanged,
		Tuned: &event.Tuned{
			Policy: now, Text: strings.Join(differences, ", "), By: cmd.By,
			Differs: len(policy.Differences(r.config.Members[i].Policy, now)) > 0,
		},
	})
	return true
}
