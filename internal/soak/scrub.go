package soak

import (
	"math/rand/v2"
	"reflect"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// Limits of the comparison with the history.
const (
	// scrubEvery is the average number of batches between two stored moments,
	// and between two comparisons.
	scrubEvery = 50
	// maxMoments is how many moments are stored at most.
	maxMoments = 8
)

// scrubber stores snapshots at random times of the run, and later compares them
// with what the history shows for those times. The zero value is ready.
type scrubber struct {
	rng     *rand.Rand
	moments []moment
	// fresh is the snapshot at the end of the present batch. It is stored only
	// when it is known that nothing else happens at the same time.
	fresh *moment
	n     uint64
}

// moment is the aggregator's snapshot at a time of the run.
type moment struct {
	at   time.Duration
	snap stats.Snapshot
}

// query asks for everything that a screen can show.
func query() stats.Query {
	return stats.Query{Columns: 64, Batches: 64, Lines: 64, Verdicts: stats.MaxVerdicts, Detail: true, Retries: true}
}

// Scrubs is how many comparisons were made.
func (c *Checker) Scrubs() uint64 { return c.scrub.n }

// settle stores the snapshot of the last batch's end, unless this event is from
// the same time.
func (s *scrubber) settle(e *event.Event) {
	if m := s.fresh; m != nil && e.At > m.at {
		if len(s.moments) == maxMoments {
			s.moments = s.moments[1:]
		}
		s.moments = append(s.moments, *m)
	}
	s.fresh = nil
}

// goBack stores snapshots and compares them. It is called at the end of a batch.
func (c *Checker) goBack(e *event.Event) {
	s := &c.scrub
	if c.History == nil {
		return
	}
	if s.rng == nil {
		s.rng = rand.New(rand.NewPCG(1, 2))
	}
	if s.rng.IntN(scrubEvery) == 0 {
		s.fresh = &moment{at: e.At, snap: c.Aggregator.Snapshot(query())}
	}
	if len(s.moments) == 0 || s.rng.IntN(scrubEvery) > 0 {
		return
	}
	i := s.rng.IntN(len(s.moments))
	m, span := s.moments[i], c.History.Span()
	if m.at <= span.From() { // not in the history any more
		s.moments = append(s.moments[:i:i], s.moments[i+1:]...)
		return
	}
	s.n++
	if got := span.At(m.at).Snapshot(query()); !reflect.DeepEqual(got, m.snap) {
		c.violated(e, "going back to %v shows version %d of the aggregator, or other figures than version %d", m.at, got.Version, m.snap.Version)
	}
}
