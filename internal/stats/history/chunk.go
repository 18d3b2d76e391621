package history

import (
	"slices"
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
	packed
	bytes int // of its events, unpacked
	// first is the earliest and last the latest time of its events. Those of
	// endpoints that are read at once may come a little out of order.
	first, last time.Duration
	virtual     bool
	run         *event.Run // that one of its events starts; nil for none

	// What is looked for without unpacking the events.
	begins  []batchStart    // of batches
	ends    []time.Duration // of batches, or of calls of real endpoints
	changes []stateChange
	notable int  // how many events are
	faults  bool // whether one of them begins
}

type batchStart struct {
	batch int
	at    time.Duration
}

// stateChange is a sensor's circuit that went from one state to another.
type stateChange struct {
	sensor int
	at     time.Duration
}

// newChunk has room for so many bytes of events without growing.
func newChunk(virtual bool, room int) *chunk {
	return &chunk{packed: packed{data: make([]byte, 0, room)}, virtual: virtual}
}

func (c *chunk) full() bool { return c.count == chunkSize }

// add keeps the event and returns its size unpacked, about.
func (c *chunk) add(e *event.Event, last *carried) int {
	if e.Run != nil {
		c.virtual, c.run = e.Run.Virtual, e.Run
	}
	if c.count == 0 {
		c.first, c.last = e.At, e.At
	}
	c.packed.add(e, last)
	c.first, c.last = min(c.first, e.At), max(c.last, e.At)
	switch e.Kind {
	case event.BatchStarted:
		c.begins = append(c.begins, batchStart{e.Batch, e.At})
	case event.BatchEnded:
		c.ends = append(c.ends, e.At)
	case event.CallEnded:
		if !c.virtual {
			c.ends = append(c.ends, e.At)
		}
	case event.StateChanged:
		c.changes = append(c.changes, stateChange{e.Sensor, e.At})
	case event.FaultBegan:
		c.faults = true
	}
	if event.Notable(e) {
		c.notable++
	}
	size := sizeOf(e)
	c.bytes += size
	return size
}

// seal gives back the room that is left in a full chunk, where it is worth a copy.
func (c *chunk) seal() {
	if cap(c.data)-len(c.data) > len(c.data)/4 {
		c.data = slices.Clone(c.data)
	}
	c.texts = slices.Clip(c.texts)
}

// size is the memory of the packed events, about: what they share with other
// readers is not in it.
func (c *chunk) size() int {
	size := cap(c.data) + cap(c.notes)*int(unsafe.Sizeof(note{})) + cap(c.ends)*int(unsafe.Sizeof(c.first))
	for _, t := range c.texts {
		size += int(unsafe.Sizeof(t)) + len(t)
	}
	return size
}

// notables unpacks the events that deserve a line of words.
func (c *chunk) notables() []event.Event {
	if c.notable == 0 {
		return nil
	}
	out := make([]event.Event, 0, c.notable)
	for e := range c.all() {
		if event.Notable(e) {
			out = append(out, *e)
		}
	}
	return out
}

// sizeOf is the memory that an event holds while it is not packed, about. A text
// that events share counts for each of them.
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
