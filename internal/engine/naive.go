package engine

import (
	"context"
	"time"

	"resiltui/internal/engine/clock"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// naive is the pipeline without policies: one attempt per sensor, no retry, no
// breaker, no fallback. A batch fails when any read fails. Its attempts are the first
// attempts of the resilient pipeline: same draws, same faults, same timeout, since
// without one a single hanging sensor would stop it for good. It uses the sensors of
// the run, each with a separate injector around it, so that faults that count reads
// count only the naive attempts: the pipeline behaves as if it ran alone.
//
// Where each sensor has several callers, the naive pipeline has as many. A batch
// makes the calls of the same numbers in both, refused ones included, so each
// call of the one is compared with the same call of the other.
//
// In virtual time it needs no tasks: simulated reads are known before they are made.
// On the wall clock it really runs alongside the resilient one and is timed, because
// the plans do not include the delays of the machine.
type naive struct {
	sensors  []*fault.Injector // get every fault command that those of the run get
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

// also does to a sensor of the naive pipeline what was done to that of the run.
func (n *naive) also(i int, do func(f *fault.Injector)) {
	if n != nil {
		do(n.sensors[i])
	}
}

// start begins a batch at the given time. The function end, which must be called,
// waits for the end of the batch and returns whether every read succeeded and how
// long the longest took. On the wall clock, reads end early with ctx.
func (n *naive) start(ctx context.Context, batch int, at time.Duration) (end func() (delivered bool, took time.Duration)) {
	if n.wall == nil {
		return func() (bool, time.Duration) { return n.batch(batch, at) }
	}
	timed := &timedReads{clock: n.wall, at: at, group: n.wall.Group()}
	n.meet(batch, at, func(plan sensors.Plan, limit time.Duration) { timed.start(ctx, plan, limit) })
	return timed.end
}

// batch computes the result of a batch without waiting.
func (n *naive) batch(batch int, at time.Duration) (delivered bool, took time.Duration) {
	delivered = true
	n.meet(batch, at, func(plan sensors.Plan, limit time.Duration) {
		ok, d := outcome(plan, limit)
		delivered = delivered && ok
		took = max(took, d)
	})
	return delivered, took
}

// meet gets the plans of the reads of a batch; faults that count reads count
// these.
func (n *naive) meet(batch int, at time.Duration, read func(plan sensors.Plan, limit time.Duration)) {
	first := uint64(batch-1)*uint64(n.callers) + 1
	for i, s := range n.sensors {
		for call := first; call < first+uint64(n.callers); call++ {
			read(s.Meet(sensors.Request{Call: call, Attempt: 1, At: at}), n.timeouts[i])
		}
	}
}

// outcome returns the result of one planned read with a timeout; 0 is none. A
// read that hangs without a timeout takes for ever, which is written as 0.
func outcome(p sensors.Plan, limit time.Duration) (ok bool, took time.Duration) {
	if limit > 0 && (p.Hang || p.Latency > limit) {
		return false, limit
	}
	if p.Hang {
		return false, 0
	}
	return p.Err == nil, p.Latency
}
