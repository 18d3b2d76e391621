package engine

import (
	"time"

	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// naive is the pipeline without policies: one attempt a sensor, no retry, no
// breaker, no fallback, and a batch that fails when any read fails. Its attempts
// are the first attempts of the resilient pipeline: same draws, same faults, same
// limit of time, since without a limit one hanging sensor would end it for
// good. Faults that count how often a sensor was asked count its own attempts
// alone: it is the pipeline as it would be by itself.
//
// Where each sensor has several callers, the naive pipeline has as many. A batch
// makes the calls of the same numbers in both, refused ones included, so each
// call of the one is set beside the very same call of the other.
//
// It needs no tasks: simulated reads are known before they are made.
type naive struct {
	sensors  []fault.Twin
	timeouts []time.Duration
	callers  int
}

// newNaive takes the sensors of a simulated run. It is nil where a sensor's
// reads are not known before they are made.
func newNaive(config Config, all []*fault.Injector) *naive {
	n := &naive{callers: config.callers()}
	for i, s := range all {
		p, ok := s.Twin()
		if !ok {
			return nil
		}
		n.sensors = append(n.sensors, p)
		n.timeouts = append(n.timeouts, config.Members[i].Policy.Timeout)
	}
	return n
}

// batch is what the naive pipeline makes of a batch that starts at the given
// time: whether every read succeeded, and how long the longest took.
func (n *naive) batch(batch int, start time.Duration) (delivered bool, took time.Duration) {
	delivered = true
	first := uint64(batch-1)*uint64(n.callers) + 1
	for i, s := range n.sensors {
		for call := first; call < first+uint64(n.callers); call++ {
			ok, d := outcome(s.MeetOutcome(sensors.Request{Call: call, Attempt: 1, At: start}), n.timeouts[i])
			delivered = delivered && ok
			took = max(took, d)
		}
	}
	return delivered, took
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
