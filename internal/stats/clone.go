package stats

import "slices"

// Clone copies the tally, so that folding into one of the two does not change
// the other. What events point to is shared: nobody writes through it.
func (t *Tally) Clone() *Tally {
	out := *t
	out.sensors = slices.Clone(t.sensors)
	for i := range out.sensors {
		out.sensors[i].unshare()
	}
	out.pipeline.with = t.pipeline.with.clone()
	out.pipeline.naive = t.pipeline.naive.clone()
	out.lines, out.verdicts = t.lines.clone(), t.verdicts.clone()
	return &out
}

// unshare gives a sensor that was copied by assignment parts of its own.
func (s *sensor) unshare() {
	s.columns = s.columns.clone()
	s.recent = s.recent.clone()
	s.changes = s.changes.clone()
	s.spans = slices.Clone(s.spans)
	s.waits.causes = slices.Clone(s.waits.causes)
	s.shadow = s.shadow.clone()
	s.episode = s.episode.clone()
}
