package history

import (
	"time"
	"unsafe"

	"resiltui/internal/engine/event"
)

// chunkSize is how many events a chunk holds: few enough to be counted in well
// under a millisecond.
const chunkSize = 512

// chunk is a piece of the history. Its events are only ever appended to, so a
// copy of the struct is a view that does not change.
type chunk struct {
	events []event.Event
	bytes  int // of its events, about
	// first is the earliest and last the latest time of its events. Those of
	// endpoints that are read at once may come a little out of order.
	first, last time.Duration
	shown       bool // a reach may look at the events for as long as it likes
}

func newChunk() *chunk { return &chunk{events: make([]event.Event, 0, chunkSize)} }

// empty is the chunk with its memory for other events. What the old ones point to is
// let go of as they are overwritten.
func (c *chunk) empty() { *c = chunk{events: c.events[:0]} }

func (c *chunk) full() bool { return len(c.events) == chunkSize }

// add keeps the event and returns its size.
func (c *chunk) add(e *event.Event) int {
	if len(c.events) == 0 {
		c.first, c.last = e.At, e.At
	}
	c.first, c.last = min(c.first, e.At), max(c.last, e.At)
	c.events = append(c.events, *e)
	size := sizeOf(e)
	c.bytes += size
	return size
}

// sizeOf is the memory that an event holds, about. What several events share is
// counted for each of them.
func sizeOf(e *event.Event) int {
	size := int(unsafe.Sizeof(*e)) + len(e.Call.Err)
	size += len(e.Call.Tries) * int(unsafe.Sizeof(event.Try{}))
	for i := range e.Call.Tries {
		size += len(e.Call.Tries[i].Err)
	}
	if c := e.Change; c != nil {
		size += int(unsafe.Sizeof(*c)) + len(c.Cause) + len(c.By)
	}
	if f := e.Fault; f != nil {
		size += int(unsafe.Sizeof(*f)) + len(f.Label) + len(f.By)
	}
	if c := e.Taken; c != nil {
		size += int(unsafe.Sizeof(*c)) + len(c.Text)
	}
	if t := e.Tuned; t != nil {
		size += int(unsafe.Sizeof(*t)) + len(t.Text) + len(t.By)
	}
	if r := e.Run; r != nil {
		size += int(unsafe.Sizeof(*r)) + len(r.Sensors)*int(unsafe.Sizeof(event.Sensor{}))
	}
	return size
}
