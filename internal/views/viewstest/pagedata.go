package viewstest

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/stats"
	"resiltui/internal/stats/counterfactual"
)

// AddPageData fills in what the pages show of a sensor's retries, so that it agrees with the
// sensor's counts.
func AddPageData(v *stats.SensorView, states stats.StateTime) {
	v.States = states
	c, r := &v.Counts, &v.Retries
	tried := c.Calls() - c.FastFail
	failed := min(tried-c.Live, c.Retries/2)
	saved := min(c.Retries-2*failed, c.Live)
	r.Calls = [stats.MaxTries]uint64{tried - failed - saved, saved, failed}
	r.RanOut = failed
	r.After = [stats.MaxTries]time.Duration{time.Duration(saved+failed) * MS(50), time.Duration(failed) * MS(100)}
	c.SavedCalls, c.Attempts = saved, tried+c.Retries
	c.Waited = r.After[0] + r.After[1]
	if c.Waited > 0 {
		r.Causes = []stats.WaitCause{
			{Err: "bad frame", Waits: c.Retries, Waited: c.Waited * 2 / 3},
			{Err: "read timeout", Waits: 2, Waited: c.Waited / 3},
		}
	}
}

// AddTotals fills in what the pages show of all sensors together, and what each strategy
// would have served for the calls that were not live.
func AddTotals(s *stats.Snapshot) {
	for _, name := range fallback.Names() {
		s.Strategies = append(s.Strategies, counterfactual.Strategy{Name: name})
	}
	for i := range s.Sensors {
		v := &s.Sensors[i]
		s.Pipeline.Attempts += v.Counts.Attempts
		s.Pipeline.SavedCalls += v.Counts.SavedCalls
		s.Retries.RanOut += v.Retries.RanOut
		for k := range v.Retries.Calls {
			s.Retries.Calls[k] += v.Retries.Calls[k]
			s.Retries.After[k] += v.Retries.After[k]
		}
		for k := range s.Strategies {
			own := strategySensorOf(v, k)
			all := &s.Strategies[k]
			all.Sensors = append(all.Sensors, own)
			all.Counts.Live += own.Counts.Live
			all.Counts.Stale += own.Counts.Stale
			all.Counts.Interpolated += own.Counts.Interpolated
			all.Counts.Dropped += own.Counts.Dropped
			all.Counts.OffBy += own.Counts.OffBy
			all.Counts.Judged += own.Counts.Judged
			all.Counts.MaxOff = max(all.Counts.MaxOff, own.Counts.MaxOff)
			all.Counts.OldestAge = max(all.Counts.OldestAge, own.Counts.OldestAge)
		}
	}
	s.Retries.Causes = []stats.WaitCause{{Err: "bad frame", Waits: 90, Waited: MS(4100)}, {Err: "connection refused by the device", Waits: 20, Waited: MS(2000)}}
	s.Retries.Other = stats.WaitCause{Waits: 3, Waited: MS(200)}
}

// strategySensorOf is what a strategy would have served for a sensor's calls.
func strategySensorOf(v *stats.SensorView, strategy int) counterfactual.OfSensor {
	own := counterfactual.OfSensor{Index: v.Index, Counts: counterfactual.Counts{Live: v.Counts.Live}}
	missed := v.Counts.Calls() - v.Counts.Live
	served := [...]event.Mark{event.MarkMissing, event.MarkStale, event.MarkInterpolated}[strategy]
	for _, c := range v.Columns {
		m := c.Mark
		if !c.Answered() {
			m = served
		}
		own.Marks = append(own.Marks, m)
	}
	n := &own.Counts
	switch strategy {
	case 0:
		n.Dropped = missed
	case 1:
		n.Stale, n.Judged, n.OffBy, n.MaxOff = missed, missed, int64(missed)*152000, 1965000
	case 2:
		n.Interpolated, n.Judged, n.OffBy, n.MaxOff = missed, missed, int64(missed)*296000, 2015000
	}
	if strategy > 0 && missed > 0 {
		n.OldestAge = MS(5100)
	}
	return own
}
