package model

import (
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/stats"
)

// requested are the policies that were asked for and take effect with the next
// batch: until then the tally knows the old ones only. The zero value is none.
type requested struct {
	run *event.Run
	of  map[int]request // by sensor
}

// request is a policy and the last batch without it.
type request struct {
	policy policy.Policy
	batch  int
}

// request remembers what a command tunes.
func (m *Model) request(cmd event.Command) {
	// The batch is the feed's, as in policies: the frame's may be one behind, and
	// frozen it is one of long ago.
	s := m.feed.snapshot(stats.Query{})
	if m.requested.run != s.Run {
		m.requested = requested{run: s.Run, of: map[int]request{}}
	}
	for _, sensor := range cmd.Sensors {
		m.requested.of[sensor] = request{cmd.Policy.Complete(), s.Batch}
	}
}

// policies are those in force of all sensors, or asked for.
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
