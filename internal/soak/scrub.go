package soak

import (
	"math/rand/v2"
	"reflect"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// Limits of what is scrubbed.
const (
	// scrubEvery is every how many batches, on average, a moment is kept, and
	// every how many one of those kept is gone back to.
	scrubEvery = 50
	// maxMoments is how many moments are kept at most.
	maxMoments = 8
)

// scrubber goes back to moments of the run, chosen at random, and compares what
// the history shows of them with what was seen then. The zero value is ready.
type scrubber struct {
	rng     *rand.Rand
	moments []moment
	// fresh is the end of the present batch, until it is known that nothing
	// else happens at that time.
	fresh *moment
	n     uint64
}

// moment is what the tally showed at a time of the run.
type moment struct {
	at   time.Duration
	snap stats.Snapshot
}

// query asks for all that a screen can show.
func query() stats.Query {
	return stats.Query{Columns: 64, Batches: 64, Lines: 64, Verdicts: stats.MaxVerdicts, Detail: true, Retries: true}
}

// Scrubs is how many moments were gone back to.
func (c *Checker) Scrubs() uint64 { return c.scrub.n }

// settle keeps the end of the last batch, unless this event is of the same time.
func (s *scrubber) settle(e *event.Event) {
	if m := s.fresh; m != nil && e.At > m.at {
		if len(s.moments) == maxMoments {
			s.moments = s.moments[1:]
		}
		s.moments = append(s.moments, *m)
	}
	s.fresh = nil
}

// goBack is called at the end of a batch.
func (c *Checker) goBack(e *event.Event) {
	s := &c.scrub
	if c.History == nil {
		return
	}
	c.History.Trim() // as a screen does
	if s.rng == nil {
		s.rng = rand.New(rand.NewPCG(1, 2))
	}
	if s.rng.IntN(scrubEvery) == 0 {
		s.fresh = &moment{at: e.At, snap: c.Tally.Snapshot(query())}
	}
	if len(s.moments) == 0 || s.rng.IntN(scrubEvery) > 0 {
		return
	}
	i := s.rng.IntN(len(s.moments))
	m, reach := s.moments[i], c.History.Reach()
	if m.at <= reach.From() { // too long ago
		s.moments = append(s.moments[:i:i], s.moments[i+1:]...)
		return
	}
	s.n++
	if got := reach.At(m.at).Snapshot(query()); !reflect.DeepEqual(got, m.snap) {
		c.violated(e, "going back to %v shows version %d of the tally, or other figures than version %d", m.at, got.Version, m.snap.Version)
	}
}
