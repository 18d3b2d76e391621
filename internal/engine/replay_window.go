package engine

import (
	"time"

	"resiltui/internal/engine/event"
)

// Window is the newest batches of a run, held to be simulated again as often as
// one likes, while the run itself goes on. It is immutable and safe for concurrent
// use; it keeps what it needs in memory until it is let go of.
type Window struct {
	config Config
	pages  []page // at least one
}

// Window holds the newest batches, as many as Rehearse would take. Its errors are
// those of Rehearse. It copies a list of at most 33 pointers and may be called from
// anywhere.
func (s *Session) Window(batches int) (*Window, error) {
	st := s.stageNow()
	if st == nil {
		return nil, ErrNothingYet
	}
	if st.run.journal == nil {
		return nil, ErrNotRehearsed
	}
	pages := st.run.journal.last(max(1, batches))
	if len(pages) == 0 {
		return nil, ErrNothingYet
	}
	return &Window{config: st.run.config, pages: pages}, nil
}

// Batches are the first and the last batch of the window.
func (w *Window) Batches() (first, last int) {
	return w.pages[0].from.batch, w.pages[len(w.pages)-1].from.batch
}

// From is when the first batch began.
func (w *Window) From() time.Duration { return w.pages[0].from.at }

// Rehearse simulates the window again, as Session.Rehearse says: with an empty
// change it gives what was.
func (w *Window) Rehearse(change map[int]Policy) ([]event.Event, error) {
	return rehearse(w.config, w.pages, change)
}
