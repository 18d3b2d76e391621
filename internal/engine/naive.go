package engine

import (
	"context"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// naive is the pipeline without policies: one attempt a sensor, no retry, no
// breaker, no fallback, and a batch that fails when any read fails. Its attempts
// are the first attempts of the resilient pipeline: same draws, same faults, same
// limit of time, since without a limit one hanging sensor would end it for
// good. Its sensors are those of the run, with an injector of its own around each, so
// that faults that count how often a sensor was asked count its own attempts alone: it
// is the pipeline as it would be by itself.
//
// Where each sensor has several callers, the naive pipeline has as many. A batch
// makes the calls of the same numbers in both, refused ones included, so each
// call of the one is set beside the very same call of the other.
//
// In virtual time it needs no tasks: simulated reads are known before they are made.
// On the wall clock it is run beside the resilient one, and timed: what is known
// there is what the sensors would do, not what the machine makes of it.
type naive struct {
	sensors  []*fault.Injector // meet every command that those of the run meet
	timeouts []time.Duration
	callers  int
	// wall is nil in virtual time.
	wall clock.Clock
}

// newNaive takes the sensors of a simulated run, without faults. It is nil where a
// sensor's reads are not known before they are made.
func newNaive(config Config, clk clock.Clock, inner []sensors.Sensor) *naive {
	n := &naive{callers: config.callers()}
	if _, ok := clk.(*clock.Wall); ok {
		n.wall = clk
	}
	for i, s := range inner {
		if _, ok := sensors.AsPlanned(s); !ok {
			return nil
		}
		n.sensors = append(n.sensors, fault.Wrap(s, config.Seed, clk.Sleep, clk.Now))
		n.timeouts = append(n.timeouts, config.Members[i].Policy.Timeout)
	}
	return n
}

// also carries out on a sensor of the naive pipeline what was done to that of the run.
func (n *naive) also(i int, do func(f *fault.Injector)) {
	if n != nil {
		do(n.sensors[i])
	}
}

// start begins a batch at the given time and returns what waits for its end and tells
// what came of it: whether every read succeeded, and how long the longest took. It
// must be called. On the wall clock, reads end early with ctx.
func (n *naive) start(ctx context.Context, batch int, at time.Duration) (end func() (delivered bool, took time.Duration)) {
	if n.wall == nil {
		return func() (bool, time.Duration) { return n.batch(batch, at) }
	}
	timed := &timedReads{clock: n.wall, at: at, group: n.wall.Group()}
	n.meet(batch, at, func(plan sensors.Plan, limit time.Duration) { timed.start(ctx, plan, limit) })
	return timed.end
}

// batch is what the naive pipeline makes of a batch without spending the time.
func (n *naive) batch(batch int, at time.Duration) (delivered bool, took time.Duration) {
	delivered = true
	n.meet(batch, at, func(plan sensors.Plan, limit time.Duration) {
		ok, d := outcome(plan, limit)
		delivered = delivered && ok
		took = max(took, d)
	})
	return delivered, took
}

// meet asks for the reads of a batch, which count from then on.
func (n *naive) meet(batch int, at time.Duration, read func(plan sensors.Plan, limit time.Duration)) {
	first := uint64(batch-1)*uint64(n.callers) + 1
	for i, s := range n.sensors {
		for call := first; call < first+uint64(n.callers); call++ {
			read(s.Meet(sensors.Request{Call: call, Attempt: 1, At: at}), n.timeouts[i])
		}
	}
}

// outcome of one planned read under a limit of time; 0 is no limit, and then a
// read that hangs takes for ever, which is written as 0.
func outcome(p sensors.Plan, limit time.Duration) (ok bool, took time.Duration) {
	if limit > 0 && (p.Hang || p.Latency > limit) {
		return false, limit
	}
	if p.Hang {
		return false, 0
	}
	return p.Err == nil, p.Latency
}
