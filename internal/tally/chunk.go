package tally

import (
	"time"
	"unsafe"

	"resiltui/internal/engine/event"
)

// chunkSize is how many events a chunk holds: as many as are folded in well
// under a millisecond.
const chunkSize = 512

// chunk is a piece of the history. Its slices are only ever appended to, so a
// copy of the struct is a view that does not change.
type chunk struct {
	events []event.Event
	bytes  int
	// first is the earliest and last the latest time of its events. Those of
	// endpoints that are read at once may come a little out of order.
	first, last time.Duration
	virtual     bool

	// Where in events the interesting ones are.
	begins  []uint16 // batches that began
	ends    []uint16 // batches that ended, or calls of real endpoints
	changes []uint16
	notable []uint16
}

func newChunk(virtual bool) *chunk {
	return &chunk{events: make([]event.Event, 0, chunkSize), virtual: virtual}
}

func (c *chunk) full() bool { return len(c.events) == chunkSize }

// add keeps the event and returns how many bytes that took, about.
func (c *chunk) add(e *event.Event) int {
	if e.Run != nil {
		c.virtual = e.Run.Virtual
	}
	i := uint16(len(c.events))
	if i == 0 {
		c.first, c.last = e.At, e.At
	}
	c.events = append(c.events, *e)
	c.first, c.last = min(c.first, e.At), max(c.last, e.At)
	switch e.Kind {
	case event.BatchStarted:
		c.begins = append(c.begins, i)
	case event.BatchEnded:
		c.ends = append(c.ends, i)
	case event.CallEnded:
		if !c.virtual {
			c.ends = append(c.ends, i)
		}
	case event.StateChanged:
		c.changes = append(c.changes, i)
	}
	if notable(e) {
		c.notable = append(c.notable, i)
	}
	size := sizeOf(e)
	c.bytes += size
	return size
}

// sizeOf is the memory that an event holds, about. A text that events share
// counts for each of them.
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
	if c := e.Command; c != nil {
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
