package event

import "sync"

// MaxBacklog is how many events a Backlog keeps for a reader that is behind:
// about 60 MB, or a day of five sensors.
const MaxBacklog = 1 << 17

// Backlog keeps every event until it is read. It is an Observer, so unlike a
// Subscription it misses nothing, even when thousands of batches run faster than
// its reader can follow. Events are lost, and counted, only when more than
// MaxBacklog wait. A RunStarted is never lost, because the events after it
// cannot be read without it. Observe never waits for the reader. Make one with
// NewBacklog.
type Backlog struct {
	signal chan struct{}

	mu     sync.Mutex
	events []Event // guarded by mu
	lost   uint64  // guarded by mu
}

// NewBacklog returns an empty backlog.
func NewBacklog() *Backlog { return &Backlog{signal: make(chan struct{}, 1)} }

// Observe keeps the event.
func (b *Backlog) Observe(e *Event) {
	b.mu.Lock()
	if len(b.events) < MaxBacklog || e.Kind == RunStarted {
		b.events = append(b.events, *e)
	} else {
		b.lost++
	}
	b.mu.Unlock()
	select {
	case b.signal <- struct{}{}:
	default: // a signal is already waiting
	}
}

// C receives a value when something is new since the last Drain.
func (b *Backlog) C() <-chan struct{} { return b.signal }

// Drain returns the waiting events, appended to dst, and how many more came after
// them and were lost.
func (b *Backlog) Drain(dst []Event) (events []Event, lost uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(dst) == 0 {
		// The reader's slice becomes the next backlog, and nothing is copied.
		events, b.events = b.events, dst
	} else {
		events = append(dst, b.events...)
		b.events = b.events[:0]
	}
	lost, b.lost = b.lost, 0
	return events, lost
}
