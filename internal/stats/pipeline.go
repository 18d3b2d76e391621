package stats

import (
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats/ring"
)

// pipeline compares batches with policies and without.
type pipeline struct {
	totals PipelineView // its slices stay nil
	with   ring.Of[bool]
	naive  ring.Of[bool]
	// served is how many values were delivered in the batch in progress.
	served uint64
}

func (p *pipeline) batch(r *event.Round, run *event.Run) {
	p.totals.Batches++
	p.totals.Took += r.Took
	p.totals.NaiveTook += r.NaiveTook
	var calls uint64
	if run != nil {
		calls = uint64(len(run.Sensors) * max(run.Callers, 1))
	}
	p.totals.Asked += calls
	p.totals.Readings += p.served
	p.served = 0
	if run != nil && run.Naive {
		p.totals.NaiveAttempts += calls // always one per call
	}
	if r.NaiveDelivered {
		p.totals.NaiveReadings += calls
	}
	if r.Delivered {
		p.totals.Delivered++
	}
	if r.NaiveDelivered {
		p.totals.NaiveDelivered++
	}
	p.with.Push(r.Delivered, MaxBatches)
	p.naive.Push(r.NaiveDelivered, MaxBatches)
}

func (p *pipeline) call(c *event.Call, at time.Duration) {
	p.totals.Attempts += uint64(c.Attempts)
	if c.Attempts > 1 {
		p.totals.RetriedCalls++
		if c.Result == event.Live {
			p.totals.SavedCalls++
		}
	}
	if c.Served {
		p.served++
	}
	refused := !c.Admitted && !c.Held
	if refused {
		p.totals.FastFail++
	}
	if event.Substituted(c) {
		p.totals.Served++
		if refused {
			p.totals.FastFailServed++
		}
		p.totals.OldestServed = max(p.totals.OldestServed, at-c.SourceAt)
	}
}

func (p *pipeline) view(batches int) PipelineView {
	v := p.totals
	v.With, v.Naive = p.with.Last(batches), p.naive.Last(batches)
	return v
}
