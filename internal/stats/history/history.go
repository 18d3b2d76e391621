// Package history keeps the events of the last ten minutes of a run, as far as they fit
// in 10 MiB, so that any moment of them can be shown again exactly as it was.
//
// It counts nothing itself: for a moment of the past it passes the events up to then
// to a separate stats.Aggregator. It is no recording: older events are gone, and nothing
// is kept when the program ends.
package history

import (
	"sync"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// Limits of what a History keeps, whichever is reached first. It trims to these,
// a chunk of events at a time, and grows by a quarter if Trim is not called.
const (
	KeptTime = 10 * time.Minute
	// KeptBytes is some 40,000 events, and up to twice as many ordinary calls.
	KeptBytes = 10 << 20
)

// maxSpare is how many chunks are filled again at most, 0.5 to 2 MB: as many as a frame
// lets go of at a hundred thousand events a second. New memory takes several times as
// long to fill, because it has to be cleared, mapped and looked through for garbage.
const maxSpare = 8

// History keeps the events of the last ten minutes, so that any moment of them
// can be looked at again. It is an observer of the hub, like the aggregator.
//
// Observe only stores the event, so that the engine does not wait while it is
// counted a second time. Events that are too old are counted by one aggregator, the
// base, by Trim, which the code that draws calls once a frame. If it is not
// called, Observe trims by itself a quarter later, so that a stuck reader
// cannot make memory grow.
//
// All methods are safe for concurrent use, within and without Hub.Read. Make one
// with New.
type History struct {
	mu   sync.Mutex // never held while anything is waited for
	opts []stats.Option

	// base is the aggregator before the oldest event that is kept. While a reader
	// may have it (shared), it is not written to.
	base   *stats.Aggregator
	shared bool

	chunks []*chunk // oldest first
	spare  []*chunk // emptied, and part of no span: to be filled again
	bytes  int      // of all events kept, about
	latest time.Duration

	// The values that an aggregator keeps from one run to the next.
	version uint64
	paused  bool
	speed   float64

	limitTime  time.Duration
	limitBytes int
}

// New returns an empty history. The options must be those of the hub's aggregator,
// so that both show the same.
func New(opts ...stats.Option) *History {
	return &History{
		opts: opts, base: stats.New(opts...), speed: 1,
		limitTime: KeptTime, limitBytes: KeptBytes,
	}
}

// Observe keeps the event. The start of a run drops the events of the last one.
func (h *History) Observe(e *event.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if e.Kind == event.RunStarted {
		h.clear()
	}
	h.version++
	if c := e.Taken; c != nil && e.Kind != event.RunEnded {
		h.paused, h.speed = c.Paused, c.Speed
	}
	h.latest = max(h.latest, e.At)
	h.bytes += h.room().add(e)
}

// clear drops all events and starts with a new base.
func (h *History) clear() {
	h.base, h.shared = stats.New(h.opts...), false
	h.base.Continue(h.version, h.paused, h.speed)
	h.chunks, h.bytes, h.latest = nil, 0, 0
}

// room is the chunk that the next event goes to.
func (h *History) room() *chunk {
	if n := len(h.chunks); n > 0 && !h.chunks[n-1].full() {
		return h.chunks[n-1]
	}
	// At most two are counted, so that the engine never waits long for one
	// event. Memory still shrinks, because one new chunk comes for two old
	// ones.
	for range 2 {
		if !h.over(125) {
			break
		}
		h.countOldest()
	}
	c := h.free()
	h.chunks = append(h.chunks, c)
	return c
}

// free is an empty chunk.
func (h *History) free() *chunk {
	last := len(h.spare) - 1
	if last < 0 {
		return newChunk()
	}
	c := h.spare[last]
	h.spare = h.spare[:last]
	return c
}

// over is true where the oldest chunk exceeds so much of the limits. The
// chunk that is being filled always stays.
func (h *History) over(percent int) bool {
	if len(h.chunks) < 2 {
		return false
	}
	return h.bytes > h.limitBytes*percent/100 || h.chunks[0].last < h.latest-h.limitTime*time.Duration(percent)/100
}

func (h *History) countOldest() {
	if h.shared {
		h.base, h.shared = h.base.Clone(), false
	}
	c := h.chunks[0]
	for e := range c.events(len(c.places)) {
		h.base.Observe(e)
	}
	h.bytes -= c.bytes
	h.chunks[0] = nil
	h.chunks = h.chunks[1:]
	if !c.shown && len(h.spare) < maxSpare {
		c.empty()
		h.spare = append(h.spare, c)
	}
}

// Trim counts the events beyond the limits in the base. The engine waits for
// at most one chunk at a time.
func (h *History) Trim() {
	for h.trimOne() {
	}
}

func (h *History) trimOne() bool {
	h.unshare()
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.over(100) {
		return false
	}
	h.countOldest()
	return true
}

// unshare replaces a shared base by a copy, made without holding the lock, because
// copying the aggregator of a thousand sensors takes milliseconds.
func (h *History) unshare() {
	h.mu.Lock()
	base, due := h.base, h.shared && h.over(100)
	h.mu.Unlock()
	if !due {
		return
	}
	own := base.Clone() // nobody writes to it while it is shared
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.base == base && h.shared {
		h.base, h.shared = own, false
	}
}

// Bytes is about how much memory the kept events take, and their number. The base,
// which is as large as the aggregator, is not included.
func (h *History) Bytes() (bytes, events int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.chunks {
		events += len(c.places)
	}
	return h.bytes, events
}

// Span is what can be shown again now. It does not change while the run goes
// on. It keeps its events in memory as long as it is referenced, so a reader
// should keep one only while its screen is frozen.
func (h *History) Span() Span {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shared = true
	r := Span{base: h.base, to: max(h.latest, h.base.At()), parts: make([]chunk, len(h.chunks))}
	for i, c := range h.chunks {
		c.shown = true
		r.parts[i] = *c
	}
	r.verdicts = sync.OnceValue(r.judge)
	return r
}
