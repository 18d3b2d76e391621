package engine

import (
	"fmt"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/words"
)

// Window is a range of batches of a run, kept to be simulated again any number of
// times while the run itself goes on. It is immutable and safe for concurrent use. It
// keeps what it needs in memory as long as it is referenced.
type Window struct {
	config  Config
	batches []loggedBatch // at least one
}

// Window holds the newest batches, as many as Rehearse would take. Its errors are
// those of Rehearse. It copies a list of as many pointers and may be called from
// anywhere.
func (s *Session) Window(batches int) (*Window, error) {
	l, err := s.commandLog()
	if err != nil {
		return nil, err
	}
	return windowOf(l, l.last(max(1, batches)))
}

// WindowAt holds the batch that was in progress at a time of the run, with so many
// batches before and after it. Near the newest and the oldest one that are kept, there
// are more on the other side in place of those that are missing. Its errors are those
// of Window, and a [ForgottenError] where that batch is no longer kept. It may be
// called from anywhere, like Window.
func (s *Session) WindowAt(at time.Duration, before, after int) (*Window, error) {
	l, err := s.commandLog()
	if err != nil {
		return nil, err
	}
	batches := l.around(at, max(before, 0), max(after, 0))
	if oldest := l.oldest(); batches == nil && oldest != nil {
		return nil, &ForgottenError{Batch: oldest.batch, At: oldest.at}
	}
	return windowOf(l, batches)
}

// ForgottenError is the error where a batch is wanted that is no longer kept.
type ForgottenError struct {
	// Batch is the oldest one that is kept, and At when it began.
	Batch int
	At    time.Duration
}

// Error says how far back it reaches.
func (e *ForgottenError) Error() string {
	return fmt.Sprintf("batches before %d, at %s, are no longer kept", e.Batch, words.Clock(e.At))
}

// commandLog returns the command log of the current run.
func (s *Session) commandLog() (*commandLog, error) {
	st := s.stageNow()
	if st == nil {
		return nil, ErrNothingYet
	}
	if st.run.commandLog == nil {
		return nil, ErrNotRehearsed
	}
	return st.run.commandLog, nil
}

func windowOf(l *commandLog, batches []loggedBatch) (*Window, error) {
	if len(batches) == 0 {
		return nil, ErrNothingYet
	}
	batches[0].from = batches[0].from.held()
	return &Window{config: l.config, batches: batches}, nil
}

// Batches are the first and the last batch of the window.
func (w *Window) Batches() (first, last int) {
	return w.batches[0].from.batch, w.batches[len(w.batches)-1].from.batch
}

// From is when the first batch began.
func (w *Window) From() time.Duration { return w.batches[0].from.at }

// Until is when the last batch began.
func (w *Window) Until() time.Duration { return w.batches[len(w.batches)-1].from.at }

// Rehearse simulates the window again, as Session.Rehearse says: with an empty
// change it returns what happened.
func (w *Window) Rehearse(change map[int]policy.Policy) ([]event.Event, error) {
	return rehearse(w.config, w.batches, change)
}
