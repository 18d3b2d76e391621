package model

import (
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/stats"
)

// requested are the policies that were requested but take effect with the next
// batch only: until then the aggregator has the old ones. The zero value is none.
type requested struct {
	run *event.Run
	of  map[int]request // by sensor
}

// request is a policy with the last batch in which it is not in force.
type request struct {
	policy policy.Policy
	batch  int
}

// request stores the policy of a command.
func (m *Model) request(cmd event.Command) {
	// The batch number comes from the feed, as in policies: the frame may be one
	// batch behind, and a frozen frame is from the past.
	s := m.feed.snapshot(stats.Query{})
	if m.requested.run != s.Run {
		m.requested = requested{run: s.Run, of: map[int]request{}}
	}
	for _, sensor := range cmd.Sensors {
		m.requested.of[sensor] = request{cmd.Policy.Complete(), s.Batch}
	}
}

// policies are the policies of all sensors, with the requested ones in place of
// those in force.
func (m *Model) policies() []policy.Policy {
	s := m.feed.snapshot(stats.Query{})
	out := make([]policy.Policy, len(s.Sensors))
	for i := range s.Sensors {
		out[i] = s.Sensors[i].Policy.Complete()
		if r, ok := m.requested.of[i]; ok && m.requested.run == s.Run && s.Batch <= r.batch {
			out[i] = r.policy
		}
	}
	return out
}
