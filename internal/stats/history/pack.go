package history

import (
	"encoding/binary"
	"math"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
)

// packed is events in their order, each in some 20 bytes instead of 416: most of
// an event is what the one before it said, or follows from the rest of it. What
// comes out is exactly what was put in.
//
// It is only ever appended to, so a copy of the struct is a view that does not
// change. The bytes hold no pointers, so the collector of garbage does not read
// them.
type packed struct {
	data  []byte
	texts []string // those of errors, which data names by their places
	notes []note   // of the events that have one, in their order
	count int
}

// note is what of an event is shared with other readers, and kept as it is.
type note struct {
	change  *event.Change
	fault   *event.Fault
	command *event.Taken
	run     *event.Run
	tuned   *event.Tuned
}

// carried is what an event's bytes leave out because the event before it was the
// same there, or the last call of its sensor. Its zero value is that of the first
// one.
type carried struct {
	seq   uint64
	at    time.Duration
	batch int
	calls [8]common // by the last bits of the sensor's index
}

func (c *carried) of(sensor int) *common { return &c.calls[sensor&7] }

// common is what a call often has in common with the one before it.
type common struct {
	answer   answer
	effort   effort
	progress progress
	limits   limits
}

type (
	answer struct {
		result  event.Result
		quality fallback.Quality
		outcome breaker.Outcome
		flags   uint8
	}
	effort   struct{ attempts, most, inFlight int }
	progress struct {
		state                              breaker.State
		failures, good, toTrip, slowToTrip int
	}
	limits struct {
		threshold, needed, volume int
		failureRate, slowRate     uint64 // the bits of the numbers
		slowCall                  time.Duration
	}
)

// Bits of the first byte of an event.
const (
	otherSeq   = 1 << iota // not the next number
	otherBatch             // not the last event's
	hasCall
	hasRound
	hasNote
)

// Bits that say what of a call follows. Those of an ordinary one fit in a byte.
const (
	hasValue = 1 << iota
	hasTruth
	hasTook
	otherAnswer
	otherEffort
	otherProgress
	hasOpens

	otherNumber // not the batch's
	otherStart  // it did not end when the event came
	otherSource // the value was not true at the end
	hasWaited
	hasTries
	hasErr
	hasUnsent
	otherLimits
	hasSince
	hasOpening
	hasSample

	// ordinary are those that may be set where nothing rare follows.
	ordinary = otherNumber - 1
)

// Bits of answer.flags.
const (
	flagServed = 1 << iota
	flagTruth
	flagAtMost
	flagAdmitted
	flagProbe
	flagFaulted
)

// lookBack is how many texts are looked through for one that is there already.
const lookBack = 16

// add puts an event in. last is what the events before it have left there.
func (p *packed) add(e *event.Event, last *carried) {
	n := note{e.Change, e.Fault, e.Taken, e.Run, e.Tuned}
	head := bit(e.Seq != last.seq+1, otherSeq) | bit(e.Batch != last.batch, otherBatch) |
		bit(e.Kind == event.CallEnded || !blank(&e.Call), hasCall) |
		bit(e.Round != event.Round{}, hasRound) | bit(n != note{}, hasNote)
	b := append(p.data, byte(head), byte(e.Kind))
	if head&otherSeq != 0 {
		b = appendUint(b, e.Seq)
	}
	if head&otherBatch != 0 {
		b = appendInt(b, e.Batch-last.batch)
	}
	b = appendTime(b, e.At-last.at)
	b = appendInt(b, e.Sensor)
	last.seq, last.at, last.batch = e.Seq, e.At, e.Batch
	if head&hasRound != 0 {
		r := &e.Round
		b = append(b, byte(bit(r.Delivered, 1)|bit(r.NaiveDelivered, 2)))
		b = appendTime(appendTime(b, r.Took), r.NaiveTook)
	}
	if head&hasNote != 0 {
		p.notes = append(p.notes, n)
	}
	if head&hasCall != 0 {
		b = p.appendCall(b, e, last.of(e.Sensor))
	}
	p.data = b
	p.count++
}

func (p *packed) appendCall(b []byte, e *event.Event, last *common) []byte {
	c := &e.Call
	o := &c.Circuit
	a := answer{c.Result, c.Quality, c.Outcome, uint8(bit(c.Served, flagServed) | bit(c.HasTruth, flagTruth) |
		bit(c.UnsentAtMost, flagAtMost) | bit(c.Admitted, flagAdmitted) | bit(c.Probe, flagProbe) | bit(c.Faulted, flagFaulted))}
	f := effort{c.Attempts, c.MaxAttempts, c.InFlight}
	g := progress{o.State, o.Failures, o.Good, o.FailuresToTrip, o.SlowToTrip}
	l := limits{o.Threshold, o.Needed, o.MinVolume, math.Float64bits(o.FailureRate), math.Float64bits(o.SlowRate), o.SlowCall}
	mask := bit(math.Float64bits(c.Value) != 0, hasValue) | bit(math.Float64bits(c.Truth) != 0, hasTruth) | bit(c.Took != 0, hasTook) |
		bit(o.Opens != 0, hasOpens) | bit(c.Number != uint64(e.Batch), otherNumber) | bit(c.Start != e.At-c.Took, otherStart) |
		bit(c.SourceAt != e.At, otherSource) | bit(c.Waited != 0, hasWaited) | bit(c.Tries != nil, hasTries) |
		bit(c.Err != "", hasErr) | bit(c.Unsent != 0, hasUnsent) |
		bit(o.Since != 0, hasSince) | bit(o.ProbeAt != 0 || o.OpenFor != 0, hasOpening) | bit(o.Sample != breaker.Sample{}, hasSample)
	if now := (common{a, f, g, l}); now != *last {
		mask |= bit(a != last.answer, otherAnswer) | bit(f != last.effort, otherEffort) |
			bit(g != last.progress, otherProgress) | bit(l != last.limits, otherLimits)
		*last = now
	}
	b = appendUint(b, mask)
	var value int64
	if mask&hasValue != 0 {
		b, value = appendFloat(b, c.Value, 0)
	}
	if mask&hasTruth != 0 {
		b, _ = appendFloat(b, c.Truth, value)
	}
	if mask&hasTook != 0 {
		b = appendTime(b, c.Took)
	}
	if mask&otherAnswer != 0 {
		b = append(b, byte(a.result), byte(a.quality), byte(a.outcome), a.flags)
	}
	if mask&otherEffort != 0 {
		b = appendInt(appendInt(appendInt(b, f.attempts), f.most), f.inFlight)
	}
	if mask&otherProgress != 0 {
		b = appendInt(appendInt(appendInt(appendInt(append(b, byte(g.state)), g.failures), g.good), g.toTrip), g.slowToTrip)
	}
	if mask&hasOpens != 0 {
		b = appendUint(b, o.Opens)
	}
	if mask&^ordinary == 0 {
		return b
	}
	return p.appendRest(b, e, mask, l)
}

// appendRest is what of a call is rare.
func (p *packed) appendRest(b []byte, e *event.Event, mask uint64, l limits) []byte {
	c := &e.Call
	o := &c.Circuit
	if mask&otherNumber != 0 {
		b = appendUint(b, c.Number)
	}
	if mask&otherStart != 0 {
		b = appendTime(b, e.At-c.Start)
	}
	if mask&otherSource != 0 {
		b = appendTime(b, e.At-c.SourceAt)
	}
	if mask&hasWaited != 0 {
		b = appendTime(b, c.Waited)
	}
	if mask&hasTries != 0 {
		b = appendUint(b, uint64(len(c.Tries)))
		at := c.Start
		for i := range c.Tries {
			t := &c.Tries[i]
			b = appendTime(appendTime(appendTime(b, t.Start-at), t.Took), t.Wait)
			b = p.appendText(b, t.Err)
			at = t.Start + t.Took + t.Wait
		}
	}
	if mask&hasErr != 0 {
		b = p.appendText(b, c.Err)
	}
	if mask&hasUnsent != 0 {
		b = appendInt(b, c.Unsent)
	}
	if mask&otherLimits != 0 {
		b = appendInt(appendInt(appendInt(b, l.threshold), l.needed), l.volume)
		b = binary.LittleEndian.AppendUint64(b, l.failureRate)
		b = binary.LittleEndian.AppendUint64(b, l.slowRate)
		b = appendTime(b, l.slowCall)
	}
	if mask&hasSince != 0 {
		b = appendTime(b, e.At-o.Since)
	}
	if mask&hasOpening != 0 {
		b = appendTime(appendTime(b, o.ProbeAt-o.Since), o.OpenFor)
	}
	if mask&hasSample != 0 {
		b = appendInt(appendInt(appendInt(b, o.Sample.Calls), o.Sample.Failures), o.Sample.Slow)
	}
	return b
}

// appendText writes the place of a text, from 1; 0 is no text. Where callers
// cannot be told apart by their errors, few texts take turns.
func (p *packed) appendText(b []byte, s string) []byte {
	if s == "" {
		return append(b, 0)
	}
	n := len(p.texts)
	for i := n - 1; i >= max(0, n-lookBack); i-- {
		if p.texts[i] == s {
			return appendUint(b, uint64(i+1))
		}
	}
	p.texts = append(p.texts, s)
	return appendUint(b, uint64(n+1))
}

// blank is true where there is nothing in a call.
func blank(c *event.Call) bool {
	numbers := math.Float64bits(c.Value) | math.Float64bits(c.Truth) |
		math.Float64bits(c.Circuit.FailureRate) | math.Float64bits(c.Circuit.SlowRate) // a zero with a sign is not nothing
	times := c.Start | c.Took | c.SourceAt | c.Waited
	counts := c.Unsent | c.Attempts | c.MaxAttempts | c.InFlight
	small := uint8(c.Result) | uint8(c.Quality) | uint8(c.Outcome)
	yes := c.Served || c.HasTruth || c.UnsentAtMost || c.Admitted || c.Probe || c.Faulted
	return numbers == 0 && times == 0 && counts == 0 && small == 0 && !yes && c.Number == 0 &&
		c.Tries == nil && c.Err == "" && c.Circuit == event.Circuit{}
}

func bit(yes bool, mask uint64) uint64 {
	if yes {
		return mask
	}
	return 0
}

func appendInt(b []byte, n int) []byte { return appendUint(b, zigzag(int64(n))) }

// appendUint is binary.AppendUvarint, faster where few bytes do.
func appendUint(b []byte, n uint64) []byte {
	switch {
	case n < 1<<7:
		return append(b, byte(n))
	case n < 1<<14:
		return append(b, byte(n)|0x80, byte(n>>7))
	case n < 1<<21:
		return append(b, byte(n)|0x80, byte(n>>7)|0x80, byte(n>>14))
	case n < 1<<28:
		return append(b, byte(n)|0x80, byte(n>>7)|0x80, byte(n>>14)|0x80, byte(n>>21))
	default:
		return binary.AppendUvarint(b, n)
	}
}

// Kinds of a time's or a number's first bits.
const (
	nanoseconds = 0b01
	wholeWord   = 0b11
)

// appendTime writes a time in microseconds where it is whole ones, as simulated
// latencies are, and in nanoseconds otherwise.
func appendTime(b []byte, d time.Duration) []byte {
	switch {
	case d%time.Microsecond == 0:
		return appendUint(b, zigzag(int64(d/time.Microsecond))<<1)
	case d > -1<<60 && d < 1<<60:
		return appendUint(b, zigzag(int64(d))<<2|nanoseconds)
	default:
		return binary.LittleEndian.AppendUint64(append(b, wholeWord), uint64(d))
	}
}

// appendFloat writes a number that has at most six decimals, as those of sensors
// have, as how many millionths it differs from another, and any other one as it
// is. It returns the millionths, 0 where they are not exact.
func appendFloat(b []byte, x float64, than int64) (bytes []byte, millionths int64) {
	if n := int64(float64(x*1e6) + math.Copysign(0.5, x)); math.Abs(x) < 1e9 && math.Float64bits(float64(n)/1e6) == math.Float64bits(x) {
		return appendUint(b, zigzag(n-than)<<1), n
	}
	return binary.LittleEndian.AppendUint64(append(b, wholeWord), math.Float64bits(x)), 0
}

func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

func unzigzag(n uint64) int64 { return int64(n>>1) ^ -int64(n&1) }
