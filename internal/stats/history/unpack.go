package history

import (
	"encoding/binary"
	"iter"
	"math"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
)

// all goes through the events in their order. Each is lent until the next one; the
// attempts of its call may be kept.
func (p *packed) all() iter.Seq[*event.Event] {
	return func(yield func(*event.Event) bool) {
		r := unpacker{data: p.data, texts: p.texts, notes: p.notes}
		var e event.Event
		for range p.count {
			e = event.Event{}
			r.next(&e)
			if !yield(&e) {
				return
			}
		}
	}
}

// unpacker reads what packed.add wrote, and is at any time where that was.
type unpacker struct {
	data  []byte
	pos   int // of the next byte
	texts []string
	notes []note // what is left
	last  carried
}

func (r *unpacker) next(e *event.Event) {
	last := &r.last
	head := uint64(r.byte())
	e.Kind = event.Kind(r.byte())
	e.Seq = last.seq + 1
	if head&otherSeq != 0 {
		e.Seq = r.uvarint()
	}
	e.Batch = last.batch
	if head&otherBatch != 0 {
		e.Batch += r.int()
	}
	e.At = last.at + r.time()
	e.Sensor = r.int()
	last.seq, last.at, last.batch = e.Seq, e.At, e.Batch
	if head&hasRound != 0 {
		flags := r.byte()
		e.Round = event.Round{Delivered: flags&1 != 0, NaiveDelivered: flags&2 != 0, Took: r.time(), NaiveTook: r.time()}
	}
	if head&hasNote != 0 {
		n := r.notes[0]
		r.notes = r.notes[1:]
		e.Change, e.Fault, e.Taken, e.Run, e.Tuned = n.change, n.fault, n.command, n.run, n.tuned
	}
	if head&hasCall != 0 {
		r.call(e)
	}
}

func (r *unpacker) call(e *event.Event) {
	c, last := &e.Call, r.last.of(e.Sensor)
	mask := r.uvarint()
	var value int64
	if mask&hasValue != 0 {
		c.Value, value = r.float(0)
	}
	if mask&hasTruth != 0 {
		c.Truth, _ = r.float(value)
	}
	if mask&hasTook != 0 {
		c.Took = r.time()
	}
	if mask&otherAnswer != 0 {
		last.answer = answer{event.Result(r.byte()), fallback.Quality(r.byte()), breaker.Outcome(r.byte()), r.byte()}
	}
	if mask&otherEffort != 0 {
		last.effort = effort{r.int(), r.int(), r.int()}
	}
	if mask&otherProgress != 0 {
		last.progress = progress{breaker.State(r.byte()), r.int(), r.int(), r.int(), r.int()}
	}
	if mask&hasOpens != 0 {
		c.Circuit.Opens = r.uvarint()
	}
	c.Number, c.Start, c.SourceAt = uint64(e.Batch), e.At-c.Took, e.At
	if mask&^ordinary != 0 {
		r.rest(e, mask, last)
	}
	c.Result, c.Quality, c.Outcome = last.answer.result, last.answer.quality, last.answer.outcome
	flags := last.answer.flags
	c.Served, c.HasTruth, c.UnsentAtMost = flags&flagServed != 0, flags&flagTruth != 0, flags&flagAtMost != 0
	c.Admitted, c.Probe, c.Faulted = flags&flagAdmitted != 0, flags&flagProbe != 0, flags&flagFaulted != 0
	c.Attempts, c.MaxAttempts, c.InFlight = last.effort.attempts, last.effort.most, last.effort.inFlight
	o, g, l := &c.Circuit, &last.progress, &last.limits
	o.State, o.Failures, o.Good, o.FailuresToTrip, o.SlowToTrip = g.state, g.failures, g.good, g.toTrip, g.slowToTrip
	o.Threshold, o.Needed, o.MinVolume, o.SlowCall = l.threshold, l.needed, l.volume, l.slowCall
	o.FailureRate, o.SlowRate = math.Float64frombits(l.failureRate), math.Float64frombits(l.slowRate)
}

// rest is what of a call is rare.
func (r *unpacker) rest(e *event.Event, mask uint64, last *common) {
	c := &e.Call
	o := &c.Circuit
	if mask&otherNumber != 0 {
		c.Number = r.uvarint()
	}
	if mask&otherStart != 0 {
		c.Start = e.At - r.time()
	}
	if mask&otherSource != 0 {
		c.SourceAt = e.At - r.time()
	}
	if mask&hasWaited != 0 {
		c.Waited = r.time()
	}
	if mask&hasTries != 0 {
		c.Tries = make([]event.Try, r.uvarint())
		at := c.Start
		for i := range c.Tries {
			t := &c.Tries[i]
			t.Start, t.Took, t.Wait = at+r.time(), r.time(), r.time()
			t.Err = r.text()
			at = t.Start + t.Took + t.Wait
		}
	}
	if mask&hasErr != 0 {
		c.Err = r.text()
	}
	if mask&hasUnsent != 0 {
		c.Unsent = r.int()
	}
	if mask&otherLimits != 0 {
		last.limits = limits{r.int(), r.int(), r.int(), r.word(), r.word(), r.time()}
	}
	if mask&hasSince != 0 {
		o.Since = e.At - r.time()
	}
	if mask&hasOpening != 0 {
		o.ProbeAt, o.OpenFor = o.Since+r.time(), r.time()
	}
	if mask&hasSample != 0 {
		o.Sample = breaker.Sample{Calls: r.int(), Failures: r.int(), Slow: r.int()}
	}
}

func (r *unpacker) byte() byte {
	b := r.data[r.pos]
	r.pos++
	return b
}

func (r *unpacker) uvarint() uint64 {
	if b := r.data[r.pos]; b < 0x80 {
		r.pos++
		return uint64(b)
	}
	n, size := binary.Uvarint(r.data[r.pos:])
	r.pos += size
	return n
}

func (r *unpacker) word() uint64 {
	n := binary.LittleEndian.Uint64(r.data[r.pos:])
	r.pos += 8
	return n
}

func (r *unpacker) int() int { return int(unzigzag(r.uvarint())) }

func (r *unpacker) text() string {
	if place := r.uvarint(); place > 0 {
		return r.texts[place-1]
	}
	return ""
}

func (r *unpacker) time() time.Duration {
	switch n := r.uvarint(); {
	case n&1 == 0:
		return time.Duration(unzigzag(n>>1)) * time.Microsecond
	case n == wholeWord:
		return time.Duration(r.word())
	default:
		return time.Duration(unzigzag(n >> 2))
	}
}

func (r *unpacker) float(than int64) (x float64, millionths int64) {
	n := r.uvarint()
	if n == wholeWord {
		return math.Float64frombits(r.word()), 0
	}
	millionths = than + unzigzag(n>>1)
	return float64(millionths) / 1e6, millionths
}
