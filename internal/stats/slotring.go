package stats

import (
	"math"
	"slices"
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

// blockSlots is how many slots are copied together.
const blockSlots = 16

type slotBlock [blockSlots]slot

// slotRing keeps the newest slots of one length, by their numbers: a slot's number is the
// Unix time of its begin over its length. Its blocks are shared with copies of the ring
// until they are written to, because a copy is made for every moment of the past that can
// be shown again.
type slotRing struct {
	newest int64 // the number of the newest slot
	any    bool
	owned  uint32 // a bit for each block that no copy has
	// blocks hold the slots: number n is in block n/blockSlots, modulo how many there are.
	// Where a block is nil, its slots are blank.
	blocks []*slotBlock
}

// newSlotRing is a ring for so many slots.
func newSlotRing(limit int) slotRing {
	return slotRing{blocks: make([]*slotBlock, (limit+blockSlots-1)/blockSlots+1)}
}

// at is the slot of a number, for a call to be added. It must not be older than what is
// kept.
func (r *slotRing) at(n int64) *slot {
	block := n / blockSlots
	if newest := r.newest / blockSlots; !r.any || block > newest {
		for b := max(newest+1, block-int64(len(r.blocks))+1); b <= block; b++ {
			r.blocks[b%int64(len(r.blocks))] = nil
		}
	}
	r.newest, r.any = max(r.newest, n), true
	return &r.own(int(block % int64(len(r.blocks))))[n%blockSlots]
}

// own is a block that no copy has.
func (r *slotRing) own(i int) *slotBlock {
	if old := r.blocks[i]; old == nil {
		r.blocks[i] = new(slotBlock)
	} else if r.owned&(1<<i) == 0 {
		r.blocks[i] = new(*old)
	}
	r.owned |= 1 << i
	return r.blocks[i]
}

// get is the slot of a number, which is not older than limit slots before the newest; a
// slot that is not kept is blank.
func (r *slotRing) get(n int64, limit int) slot {
	if !r.any || n > r.newest || n <= r.newest-int64(limit) {
		return slot{}
	}
	if b := r.blocks[n/blockSlots%int64(len(r.blocks))]; b != nil {
		return b[n%blockSlots]
	}
	return slot{}
}

// clone copies the ring, so that writing to the copy does not change this one, which must
// not be written to any more.
func (r *slotRing) clone() slotRing {
	out := *r
	out.owned, out.blocks = 0, slices.Clone(r.blocks)
	return out
}
