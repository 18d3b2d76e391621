package history

import (
	"iter"
	"time"
	"unsafe"

	"resiltui/internal/engine/event"
	"resiltui/internal/stats"
)

// chunkSize is how many events a chunk holds: few enough to be counted in well
// under a millisecond.
const chunkSize = 512

// chunk is a piece of the history. Its events are only ever appended to, so a
// copy of the struct is a view that does not change.
type chunk struct {
	// before is the aggregator before the first event, where a stretch begins with it.
	before *stats.Aggregator
	places []place
	others []event.Event // those that are no ordinary calls
	bytes  int           // of its events, about
	// first is the earliest and last the latest time of its events. Those of
	// endpoints that are read at once may come a little out of order.
	first, last time.Duration
	shown       bool // a span may use the events for as long as it likes
}

// place is one event of a chunk: an ordinary call, or where in others it is.
type place struct {
	call  event.Ordinary // of any other event only the time
	other int32          // the index in others + 1; 0 is the ordinary call
}

func newChunk() *chunk { return &chunk{places: make([]place, 0, chunkSize)} }

// empty is the chunk with its memory for other events. What the old ones point to is
// let go of as they are overwritten.
func (c *chunk) empty() { *c = chunk{places: c.places[:0], others: c.others[:0]} }

func (c *chunk) full() bool { return len(c.places) == chunkSize }

// add keeps the event and returns its size.
func (c *chunk) add(e *event.Event) int {
	n := len(c.places)
	if n == 0 {
		c.first, c.last = e.At, e.At
	}
	c.first, c.last = min(c.first, e.At), max(c.last, e.At)
	c.places = c.places[:n+1]
	p, size := &c.places[n], int(unsafe.Sizeof(place{}))
	if p.other = 0; !p.call.Set(e) {
		c.others = append(c.others, *e)
		p.call.At, p.other = e.At, int32(len(c.others))
		size += sizeOf(e)
	}
	c.bytes += size
	return size
}

// after is the aggregator after the last event, which was that before the first one.
func (c *chunk) after() *stats.Aggregator {
	for e := range c.events(len(c.places)) {
		c.before.Observe(e)
	}
	return c.before
}

// events goes through the first n events, oldest first. An event may be used only until
// the next one.
func (c *chunk) events(n int) iter.Seq[*event.Event] {
	return func(yield func(*event.Event) bool) {
		var ordinary event.Event
		for i := range c.places[:n] {
			p, e := &c.places[i], &ordinary
			if p.other > 0 {
				e = &c.others[p.other-1]
			} else {
				p.call.Event(e)
			}
			if !yield(e) {
				return
			}
		}
	}
}

// sizeOf is the memory that an event holds, about. What several events share is
// counted for each of them.
func sizeOf(e *event.Event) int {
	size := int(unsafe.Sizeof(*e)) + len(e.Call.Err)
	size += len(e.Call.Tries) * int(unsafe.Sizeof(event.Try{}))
	for i := range e.Call.Tries {
		size += len(e.Call.Tries[i].Err)
		if p := e.Call.Tries[i].Phases; p != nil {
			size += int(unsafe.Sizeof(*p))
		}
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
	if h := e.Health; h != nil {
		size += int(unsafe.Sizeof(*h)) + len(h.Cause)
	}
	if r := e.Run; r != nil {
		size += int(unsafe.Sizeof(*r)) + len(r.Sensors)*int(unsafe.Sizeof(event.Sensor{}))
	}
	return size
}
