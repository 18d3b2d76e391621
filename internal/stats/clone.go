package stats

import "slices"

// Clone copies the aggregator, so that counting with one of the two does not change
// the other. What events point to is shared: nobody writes through it. So are the
// sensors, each until one of the two counts something of it: a copy takes microseconds,
// however many sensors there are. Copies may be cloned at the same time.
func (t *Aggregator) Clone() *Aggregator {
	out := *t
	out.sensors = slices.Clone(t.sensors)
	for _, s := range out.sensors {
		if !s.shared { // what is shared is not written to
			s.shared = true
		}
	}
	out.pipeline.with = t.pipeline.with.Clone()
	out.pipeline.naive = t.pipeline.naive.Clone()
	out.lines, out.verdicts = t.lines.Clone(), t.verdicts.Clone()
	return &out
}

// own is a sensor that no other aggregator has, so that it can be written to.
func (t *Aggregator) own(i int) *sensor {
	s := t.sensors[i]
	if s.shared {
		s = s.clone()
		t.sensors[i] = s
	}
	return s
}

// clone copies the sensor with all that would be written to.
func (s *sensor) clone() *sensor {
	out := *s
	out.shared = false
	out.latency = s.latency.Clone()
	out.columns = s.columns.Clone()
	out.slots, out.endpoint = s.slots.clone(), s.endpoint.clone()
	out.recent = s.recent.Clone()
	out.changes = s.changes.Clone()
	out.spans = slices.Clone(s.spans)
	out.waits.causes = slices.Clone(s.waits.causes)
	out.counterfactual = s.counterfactual.Clone()
	out.episode, out.outage = s.episode.Clone(), s.outage.Clone()
	return &out
}
