package stats

import "slices"

// Clone copies the aggregator, so that counting with one of the two does not change
// the other. What events point to is shared: nobody writes through it.
func (t *Aggregator) Clone() *Aggregator {
	out := *t
	out.sensors = slices.Clone(t.sensors)
	for i := range out.sensors {
		out.sensors[i].unshare()
	}
	out.pipeline.with = t.pipeline.with.Clone()
	out.pipeline.naive = t.pipeline.naive.Clone()
	out.lines, out.verdicts = t.lines.Clone(), t.verdicts.Clone()
	return &out
}

// unshare gives a sensor that was copied by assignment its own copies of what
// is shared.
func (s *sensor) unshare() {
	s.latency = s.latency.Clone()
	s.columns = s.columns.Clone()
	s.slots, s.endpoint = s.slots.clone(), s.endpoint.clone()
	s.recent = s.recent.Clone()
	s.changes = s.changes.Clone()
	s.spans = slices.Clone(s.spans)
	s.waits.causes = slices.Clone(s.waits.causes)
	s.counterfactual = s.counterfactual.Clone()
	s.episode = s.episode.Clone()
}
