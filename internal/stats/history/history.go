// Package history keeps the events of the last ten minutes of a run, as far as they fit
// in 16 MiB, so that any moment of them can be shown again exactly as it was.
//
// It counts nothing itself: from time to time it copies the aggregator, and for a moment
// of the past it passes the events from the last copy up to then to another copy of that.
// It is no recording: older events are gone, and nothing is kept when the program ends.
package history

import (
	"slices"
	"sync"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// Limits of what a History keeps for certain, whichever is reached first. It keeps up to
// a stretch more, which is a quarter of that.
const (
	KeptTime = 10 * time.Minute
	// KeptBytes is some 60,000 events, and up to 140,000 ordinary calls.
	KeptBytes = 16 << 20
)

// The events are kept in stretchesKept stretches, which begin with a copy of the aggregator
// and are let go of as a whole. With more than manySensors a copy, of some 8 KB a sensor,
// takes more memory than the events of a stretch. Then there is one stretch, and what is let
// go of is counted by its copy.
const (
	stretchesKept = 4
	manySensors   = 256
)

// History keeps the events of the last ten minutes, so that any moment of them
// can be looked at again. It is an observer of the hub, in the place of the aggregator, to
// which it passes every event.
//
// All methods are safe for concurrent use, within and without Hub.Read. Make one
// with New.
type History struct {
	counts *stats.Aggregator // guarded by the hub

	mu     sync.Mutex // never held while anything is waited for
	chunks []*chunk   // oldest first; the first one begins a stretch
	spare  []*chunk   // emptied, and part of no span: to be filled again
	bytes  int        // of all events kept, about
	latest time.Duration
	single bool // one stretch, because there are many sensors

	limitTime  time.Duration
	limitBytes int
	many       int // how many sensors have more than one stretch, at most
}

// New returns an empty history of what the aggregator counts. Events reach the aggregator
// through the history alone.
func New(counts *stats.Aggregator) *History {
	return &History{counts: counts, limitTime: KeptTime, limitBytes: KeptBytes, many: manySensors}
}

// Observe keeps the event, and passes it on to the aggregator. The start of a run drops the
// events of the last one.
func (h *History) Observe(e *event.Event) {
	h.keep(e)
	h.counts.Observe(e)
}

func (h *History) keep(e *event.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if e.Kind == event.RunStarted {
		h.chunks, h.bytes, h.latest = nil, 0, 0
		h.single = len(e.Run.Sensors) > h.many
	}
	h.latest = max(h.latest, e.At)
	h.bytes += h.room(e).add(e)
}

// room is the chunk that an event goes to, which is the next one.
func (h *History) room(e *event.Event) *chunk {
	if n := len(h.chunks); n > 0 && !h.chunks[n-1].full() {
		return h.chunks[n-1]
	}
	h.trim()
	c := h.free()
	switch {
	case e.Kind == event.RunStarted:
		c.before = h.counts.Empty()
	case h.due():
		c.before = h.counts.Clone()
	}
	h.chunks = append(h.chunks, c)
	return c
}

// free is an empty chunk. New memory takes several times as long to fill as old, because it
// has to be cleared and mapped.
func (h *History) free() *chunk {
	last := len(h.spare) - 1
	if last < 0 {
		return newChunk()
	}
	c := h.spare[last]
	h.spare = h.spare[:last]
	return c
}

// due is true where the newest stretch is long enough.
func (h *History) due() bool {
	if h.single && len(h.chunks) > 0 {
		return false
	}
	bytes := 0
	for i := len(h.chunks) - 1; i >= 0; i-- {
		c := h.chunks[i]
		bytes += c.bytes
		if c.before != nil {
			return bytes >= h.limitBytes/stretchesKept || h.latest-c.first >= h.limitTime/stretchesKept
		}
	}
	return true
}

// trim lets go of the oldest stretch, or of the oldest chunk of the only one, where the
// others reach the limits.
func (h *History) trim() {
	n := 1
	if !h.single {
		n = slices.IndexFunc(h.chunks, func(c *chunk) bool { return c.before != nil && c != h.chunks[0] })
	}
	if n < 0 || n >= len(h.chunks) {
		return
	}
	rest := h.bytes
	for _, c := range h.chunks[:n] {
		rest -= c.bytes
	}
	if rest < h.limitBytes && h.latest-h.chunks[n].first < h.limitTime {
		return
	}
	if h.single {
		h.chunks[n].before = h.chunks[0].after()
	}
	for i, c := range h.chunks[:n] {
		if h.chunks[i] = nil; !c.shown {
			c.empty()
			h.spare = append(h.spare, c)
		}
	}
	h.chunks, h.bytes = h.chunks[n:], rest
}

// Bytes is about how much memory the kept events take, and their number. The copies of
// the aggregator are not included.
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
	s := Span{to: h.latest, parts: make([]chunk, len(h.chunks))}
	for i, c := range h.chunks {
		c.shown = true
		s.parts[i] = *c
	}
	if h.single && len(s.parts) > 0 {
		s.parts[0].before = s.parts[0].before.Clone() // with the other one it is counted on
	}
	s.verdicts = sync.OnceValue(s.judge)
	return s
}
