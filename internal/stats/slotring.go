package stats

import (
	"math"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
)

// maxSlots is how many slots of a length are kept of a real endpoint, fewer where there
// are many (Columns): more than a track of the widest usual terminal has columns.
const maxSlots = 256

// slot is one slot of time of one sensor. Its 16 bytes times the lengths of Slots are most
// of what is kept of many real endpoints. The zero value is a slot without a call.
type slot struct {
	// value is the newest that was read in it, where there was one.
	value float64
	// micros is Column.Took in microseconds; 71 minutes are the longest that it holds.
	micros uint32
	mark   event.Mark
	state  breaker.State
	flags  slotFlags
}

type slotFlags uint8

const (
	slotProbe slotFlags = 1 << iota
	slotFault
	slotValue
)

// touch adds a call to the slot. state is the breaker's at the slot's end, as far as it is
// known after this call.
func (s *slot) touch(c *event.Call, state breaker.State) {
	mark, micros := event.MarkOf(c), uint32(min(max(c.Took, 0)/time.Microsecond, math.MaxUint32))
	switch have, class := classOf(s.mark), classOf(mark); {
	case class > have:
		s.mark, s.micros = mark, micros
	case class == have:
		// Within a class, the marks are in order.
		s.mark, s.micros = max(s.mark, mark), max(s.micros, micros)
	}
	s.state = state
	if c.Probe {
		s.flags |= slotProbe
	}
	if c.Faulted {
		s.flags |= slotFault
	}
}

// class is what came of a call, as far as a slot of several calls is concerned.
type class uint8

// The classes, each worse than the one before. A failed call hides a refused one, also
// where a substitute was served: that the endpoint was asked and failed says more.
const (
	classNone class = iota
	classAnswered
	classRefused
	classFailed
)

func classOf(m event.Mark) class {
	switch m {
	case event.MarkNone:
		return classNone
	case event.MarkLive, event.MarkRetried:
		return classAnswered
	case event.MarkFastFail:
		return classRefused
	default:
		return classFailed
	}
}

// slotRing keeps the newest slots of one length, by their numbers: a slot's number is the
// Unix time of its begin over its length. The zero value is empty.
type slotRing struct {
	items  []slot // slot number n is at n modulo the length, which doubles up to a limit
	newest int64  // the number of the newest slot
	kept   int    // how many up to the newest are kept
}

// at is the slot of a number, for a call to be added; nil where it is too old.
func (r *slotRing) at(n int64, limit int) *slot {
	switch {
	case r.kept == 0:
		r.newest, r.kept = n, 1
		r.items = make([]slot, min(4, limit))
	case n > r.newest:
		r.advance(n, limit)
	case n <= r.newest-int64(r.kept):
		// Before the first call that ended. A call that lasted long began before it.
		if older := r.newest - n + 1; older <= int64(limit) {
			r.grow(int(older), limit)
			r.kept = int(older)
			break
		}
		return nil
	}
	return &r.items[r.place(n)]
}

// advance makes n the newest slot. The slots between are blank.
func (r *slotRing) advance(n int64, limit int) {
	kept := min(int64(r.kept)+n-r.newest, int64(limit))
	r.grow(int(kept), limit)
	for k := max(r.newest+1, n-int64(len(r.items))+1); k <= n; k++ {
		r.items[r.place(k)] = slot{}
	}
	r.newest, r.kept = n, int(kept)
}

// grow makes room for so many slots.
func (r *slotRing) grow(kept, limit int) {
	if kept <= len(r.items) {
		return
	}
	old := *r
	r.items = make([]slot, min(max(2*len(r.items), kept), limit))
	for n := old.newest - int64(old.kept) + 1; n <= old.newest; n++ {
		r.items[r.place(n)] = old.items[old.place(n)]
	}
}

// place is where the slot of a number is. Numbers before 1970 do not occur.
func (r *slotRing) place(n int64) int { return int(n % int64(len(r.items))) }

// get is the slot of a number; a slot that is not kept is blank.
func (r *slotRing) get(n int64) slot {
	if n > r.newest || n <= r.newest-int64(r.kept) {
		return slot{}
	}
	return r.items[r.place(n)]
}
