package soak

import (
	"fmt"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
)

// maxFound is how many violations are stored with their text.
const maxFound = 20

// Checker is an observer of the hub that records every violation of an invariant.
// It expects simulated sensors with one caller each, and must come after the
// observers that it checks, so that they have counted the event already. Its
// methods are called under the hub's lock, or after the run.
type Checker struct {
	// Aggregator is compared after each batch; it must observe before the Checker.
	Aggregator *stats.Aggregator
	// Breakers returns the breakers of the sensors; nil compares none.
	Breakers func() []*breaker.Breaker
	// History is compared at random batches with what the aggregator showed earlier;
	// it must observe before the Checker, with the same options as Aggregator. Nil
	// compares nothing.
	History *history.History
	scrub   scrubber
	sensors []book
	seq     uint64
	at      time.Duration
	batch   int
	inBatch bool
	calls   int // of the present batch

	found []string
	n     int
	reads uint64
}

// Found is the text of the first violations, and how many there were in all.
func (c *Checker) Found() (first []string, n int) { return c.found, c.n }

// Reads is how many calls have ended.
func (c *Checker) Reads() uint64 { return c.reads }

// Batches is the number of the last batch.
func (c *Checker) Batches() int { return c.batch }

func (c *Checker) violated(e *event.Event, format string, args ...any) {
	c.n++
	if len(c.found) < maxFound {
		c.found = append(c.found, fmt.Sprintf("event %d at %v, batch %d, sensor %d: ", e.Seq, e.At, e.Batch, e.Sensor)+fmt.Sprintf(format, args...))
	}
}

// Observe implements event.Observer.
func (c *Checker) Observe(e *event.Event) {
	if e.Kind == event.RunStarted {
		c.start(e)
	}
	if e.Seq != c.seq+1 {
		c.violated(e, "follows on event %d", c.seq)
	}
	if e.At < c.at {
		c.violated(e, "comes after an event at %v", c.at)
	}
	c.seq, c.at = e.Seq, e.At
	c.scrub.settle(e)
	switch e.Kind {
	case event.BatchStarted:
		c.batchStarted(e)
	case event.BatchEnded:
		c.batchEnded(e)
	case event.CallEnded:
		c.call(e)
	case event.StateChanged:
		c.changed(e)
	case event.PolicyChanged:
		c.tuned(e)
	case event.FaultBegan:
		c.faultBegan(e)
	case event.FaultEnded:
		c.faultEnded(e)
	}
}

func (c *Checker) start(e *event.Event) {
	c.seq, c.at, c.batch, c.inBatch = 0, e.At, 0, false
	c.scrub.moments, c.scrub.fresh = nil, nil // they belong to another run
	c.sensors = make([]book, len(e.Run.Sensors))
	for i, s := range e.Run.Sensors {
		p := s.Policy.Resolved()
		c.sensors[i] = book{
			state: s.Initial.State, maxAttempts: p.Retry.MaxAttempts, keeps: p.Strategy != fallback.NameDrop, maxAge: p.MaxAge,
			faults: map[string]event.Fault{},
		}
	}
}

func (c *Checker) batchStarted(e *event.Event) {
	if c.inBatch || e.Batch != c.batch+1 {
		c.violated(e, "the batch begins after batch %d, which is under way: %t", c.batch, c.inBatch)
	}
	c.batch, c.inBatch, c.calls = e.Batch, true, 0
}

func (c *Checker) batchEnded(e *event.Event) {
	if !c.inBatch || e.Batch != c.batch || c.calls != len(c.sensors) {
		c.violated(e, "the batch ends after %d calls of batch %d, which is under way: %t", c.calls, c.batch, c.inBatch)
	}
	c.inBatch = false
	c.compareAggregator(e)
	if c.Breakers != nil {
		for i, b := range c.Breakers() {
			c.compareBreaker(e, i, b)
		}
	}
	c.goBack(e)
}

// compareAggregator compares the aggregator with the counts of the book.
func (c *Checker) compareAggregator(e *event.Event) {
	s := c.Aggregator.Snapshot(stats.Query{})
	open, faults := 0, 0
	for i := range c.sensors {
		b := &c.sensors[i]
		faults += len(b.faults)
		if b.state == breaker.Open || b.state == breaker.ForcedOpen {
			open++
		}
		v := &s.Sensors[i]
		if v.Counts.Metrics != b.metrics {
			c.violated(e, "sensor %d: the aggregator counts %+v, the events %+v", i, v.Counts.Metrics, b.metrics)
		}
		if v.Calls != b.calls || v.Circuit.State != b.state {
			c.violated(e, "sensor %d: the aggregator has %d calls and %v, the events %d and %v", i, v.Calls, v.Circuit.State, b.calls, b.state)
		}
	}
	if s.Open != open || s.Faults != faults {
		c.violated(e, "the aggregator has %d circuits open and %d faults, the events %d and %d", s.Open, s.Faults, open, faults)
	}
}

// compareBreaker compares a breaker that has no running call with the counts of
// the book.
func (c *Checker) compareBreaker(e *event.Event, i int, b *breaker.Breaker) {
	k, m, s := &c.sensors[i], b.Metrics(), b.Snapshot()
	if m != k.metrics {
		c.violated(e, "sensor %d: the breaker counts %+v, the events %+v", i, m, k.metrics)
	}
	if m.TotalCalls != m.SuccessCalls+m.FailureCalls+m.FastFailCount+m.IgnoredCalls {
		c.violated(e, "sensor %d: the counts of the breaker do not add up: %+v", i, m)
	}
	if s.State != k.state || s.Opens != m.CircuitOpenCount {
		c.violated(e, "sensor %d: the breaker is %v after %d openings, the events say %v and %d", i, s.State, s.Opens, k.state, m.CircuitOpenCount)
	}
}
