package history

import (
	"encoding/binary"
	"math"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/scenario"
	"resiltui/internal/words"
)

// source is where the parts of any event come from.
type source interface {
	word() uint64
	yes() bool
	pick(n int) int // below n
}

// anyInt is small most of the time, and anything else.
func anyInt(s source) int {
	switch s.pick(8) {
	case 0:
		return int(s.word())
	case 1:
		return -1 - s.pick(1000)
	case 2, 3:
		return s.pick(100_000)
	case 4:
		return 0
	default:
		return s.pick(8)
	}
}

func anyTime(s source) time.Duration {
	switch s.pick(8) {
	case 0:
		return time.Duration(s.word())
	case 1:
		return []time.Duration{math.MaxInt64, math.MinInt64, 1<<60 - 1, 1 << 60, -1<<60 + 1, -1 << 60}[s.pick(6)]
	case 2:
		return -time.Duration(s.pick(1 << 20))
	case 3:
		return time.Duration(s.pick(1 << 40))
	case 4:
		return 0
	default:
		return time.Duration(s.pick(1<<20)) * time.Microsecond
	}
}

func anyFloat(s source) float64 {
	switch s.pick(6) {
	case 0:
		return math.Float64frombits(s.word())
	case 1:
		return []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.Copysign(0, -1), 1e9, -1e9, math.MaxFloat64, 5e-324}[s.pick(8)]
	case 2:
		return 0
	case 3:
		return -math.Round(float64(s.pick(1<<40))) / 1e6
	default:
		return math.Round(float64(s.pick(1<<30))) / 1e6
	}
}

func anyText(s source) string {
	return []string{"", "", "connection refused", "timeout after 1 s", "bad frame", string(rune('a' + s.pick(26)))}[s.pick(6)]
}

func anyCircuit(s source) event.Circuit {
	c := event.Circuit{State: breaker.State(s.pick(5)), Failures: anyInt(s), Threshold: 5, Needed: 2, FailuresToTrip: s.pick(6)}
	if s.yes() {
		return c
	}
	return event.Circuit{
		State: breaker.State(s.pick(256)), Since: anyTime(s), Failures: anyInt(s), Threshold: anyInt(s), Good: anyInt(s),
		Needed: anyInt(s), ProbeAt: anyTime(s), OpenFor: anyTime(s), Opens: uint64(anyInt(s)), FailuresToTrip: anyInt(s), SlowToTrip: anyInt(s),
		Sample:    breaker.Sample{Calls: anyInt(s), Failures: anyInt(s), Slow: anyInt(s)},
		MinVolume: anyInt(s), FailureRate: anyFloat(s), SlowRate: anyFloat(s), SlowCall: anyTime(s),
	}
}

func anyCall(s source, e *event.Event) event.Call {
	c := event.Call{
		Number: uint64(e.Batch), Took: anyTime(s), Result: event.Live, Served: true, Value: anyFloat(s), SourceAt: e.At,
		Truth: anyFloat(s), HasTruth: true, Attempts: 1, MaxAttempts: 3, Admitted: true, InFlight: 1, Circuit: anyCircuit(s),
	}
	c.Start = e.At - c.Took
	if s.yes() {
		return c
	}
	c = event.Call{
		Number: s.word(), Start: anyTime(s), Took: anyTime(s), Result: event.Result(s.pick(256)), Served: s.yes(),
		Quality: fallback.Quality(s.pick(256)), Value: anyFloat(s), SourceAt: anyTime(s), Truth: anyFloat(s), HasTruth: s.yes(),
		Unsent: anyInt(s), UnsentAtMost: s.yes(), Attempts: anyInt(s), MaxAttempts: anyInt(s), Waited: anyTime(s),
		Err: anyText(s), Admitted: s.yes(), Outcome: breaker.Outcome(s.pick(256)), Probe: s.yes(), InFlight: anyInt(s),
		Faulted: s.yes(), Circuit: anyCircuit(s),
	}
	if s.yes() {
		c.Tries = make([]event.Try, s.pick(5)) // none is not nil
		for i := range c.Tries {
			c.Tries[i] = event.Try{Start: anyTime(s), Took: anyTime(s), Wait: anyTime(s), Err: anyText(s)}
		}
	}
	return c
}

// anyEvent is an event that follows another: one as runs have them, or one in
// which anything stands anywhere.
func anyEvent(s source, last *event.Event) event.Event {
	e := event.Event{
		Seq: last.Seq + 1, At: last.At + time.Duration(s.pick(1<<20))*time.Microsecond,
		Batch: last.Batch, Sensor: s.pick(1000), Kind: event.CallEnded,
	}
	wild := s.pick(3) == 0
	if wild {
		e.Seq, e.At, e.Batch, e.Sensor, e.Kind = s.word(), anyTime(s), anyInt(s), anyInt(s), event.Kind(s.pick(256))
	} else if s.yes() {
		e.Kind = event.RunStarted + event.Kind(s.pick(int(event.PolicyChanged)))
	}
	is := func(k event.Kind) bool { return e.Kind == k || wild && s.yes() }
	if is(event.CallEnded) {
		e.Call = anyCall(s, &e)
	}
	if is(event.BatchEnded) {
		e.Round = event.Round{Took: anyTime(s), Delivered: s.yes(), NaiveDelivered: s.yes(), NaiveTook: anyTime(s)}
	}
	if is(event.StateChanged) {
		e.Change = &event.Change{Reason: breaker.Forced, Circuit: anyCircuit(s)}
	}
	if is(event.FaultBegan) || is(event.FaultEnded) {
		e.Fault = &event.Fault{Label: anyText(s)}
	}
	if is(event.CommandTaken) || is(event.RunEnded) {
		e.Taken = &event.Taken{Text: anyText(s)}
	}
	if is(event.RunStarted) {
		e.Run = eventtest.Run(3)
	}
	if is(event.PolicyChanged) {
		e.Tuned = &event.Tuned{Text: anyText(s)}
	}
	return e
}

// same is true where two events are the same bit by bit, and share what they
// point to. A number that is none equals itself here.
func same(a, b event.Event) bool {
	for _, x := range []*event.Event{&a, &b} {
		c := &x.Call
		for _, f := range []*float64{&c.Value, &c.Truth, &c.Circuit.FailureRate, &c.Circuit.SlowRate} {
			// Moved to a place where all bits count.
			c.Tries = append(c.Tries, event.Try{Start: time.Duration(math.Float64bits(*f))})
			*f = 0
		}
	}
	empty := (a.Call.Tries == nil) == (b.Call.Tries == nil)
	shared := a.Change == b.Change && a.Fault == b.Fault && a.Taken == b.Taken && a.Run == b.Run && a.Tuned == b.Tuned
	a.Change, b.Change = nil, nil // may hold such numbers
	return empty && shared && reflect.DeepEqual(a, b)
}

func checkPacked(t interface {
	Helper()
	Fatalf(format string, args ...any)
}, events []event.Event,
) {
	t.Helper()
	var p packed
	var last carried
	var views []packed // as readers took them on the way
	for i := range events {
		e := events[i]
		e.Call.Tries = append([]event.Try(nil), e.Call.Tries...)
		if events[i].Call.Tries != nil && e.Call.Tries == nil {
			e.Call.Tries = []event.Try{}
		}
		p.add(&e, &last)
		e = event.Event{} // it was only lent
		views = append(views, p)
	}
	for n, v := range views {
		if n%(len(views)/8+1) > 0 && n < len(views)-1 {
			continue
		}
		i := 0
		for got := range v.all() {
			if want := events[i]; !same(want, *got) {
				t.Fatalf("event %d of %d is\n%+v\nwant\n%+v", i, n+1, *got, want)
			}
			i++
		}
		if i != n+1 {
			t.Fatalf("%d events come out of %d", i, n+1)
		}
	}
}

type drawn struct{ *rapid.T }

func (d drawn) word() uint64   { return rapid.Uint64().Draw(d.T, "word") }
func (d drawn) yes() bool      { return rapid.Bool().Draw(d.T, "yes") }
func (d drawn) pick(n int) int { return rapid.IntRange(0, n-1).Draw(d.T, "pick") }

func TestWhatIsPackedComesOutExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		last := &event.Event{}
		var events []event.Event
		for range rapid.IntRange(0, 12).Draw(t, "events") {
			events = append(events, anyEvent(drawn{t}, last))
			last = &events[len(events)-1]
		}
		checkPacked(t, events)
	})
}

// read is a source whose parts are bytes, and zeros after them.
type read struct{ bytes []byte }

func (r *read) word() uint64 {
	var b [8]byte
	r.bytes = r.bytes[copy(b[:], r.bytes):]
	return binary.LittleEndian.Uint64(b[:])
}

func (r *read) yes() bool { return r.pick(2) == 1 }

func (r *read) pick(n int) int {
	if n > 256 {
		return int(r.word() % uint64(n))
	}
	if len(r.bytes) == 0 {
		return 0
	}
	b := r.bytes[0]
	r.bytes = r.bytes[1:]
	return int(b) % n
}

func FuzzPacked(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("0123456789abcdefghijklmnopqrstuvwxyz"))
	f.Add([]byte{0, 255, 0, 255, 3, 2, 1, 1, 1, 1, 0, 0, 0, 0, 9, 9, 9, 9, 1, 0, 1, 0, 1, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		r := &read{data}
		last := &event.Event{}
		var events []event.Event
		for len(r.bytes) > 0 && len(events) < 200 {
			events = append(events, anyEvent(r, last))
			last = &events[len(events)-1]
		}
		checkPacked(t, events)
	})
}

// packRecorder keeps all events.
type packRecorder struct{ events []event.Event }

func (k *packRecorder) Fold(e *event.Event) { k.events = append(k.events, *e) }

func TestTheEventsOfARunPackIntoATwelfthOfTheirSize(t *testing.T) {
	k := &packRecorder{}
	h := New()
	playInto(t, event.NewHub(k, h), scenario.DefaultSeed, 500)
	checkPacked(t, k.events)
	size, n := h.Bytes()
	if n != len(k.events) || size > h.bytes/12 {
		t.Errorf("%d events of %d take %d bytes, unpacked %d", n, len(k.events), size, h.bytes)
	}
}

func TestErrorsThatNeverComeAgainArePackedToo(t *testing.T) {
	var events []event.Event
	for i := range 3 * lookBack {
		c := eventtest.Failed(1)
		c.Err = "try again in " + words.Seconds(time.Duration(i%(2*lookBack))*time.Second)
		events = append(events, event.Event{Seq: uint64(i + 1), Kind: event.CallEnded, Call: c})
	}
	checkPacked(t, events)
}

func BenchmarkPack(b *testing.B) {
	k := &packRecorder{}
	playInto(b, event.NewHub(k), scenario.DefaultSeed, 100)
	events := k.events[:chunkSize]
	var carry carried
	c := newChunk(true, chunkSize*bytesAnEvent)
	b.Run("add", func(b *testing.B) {
		i := 0
		for b.Loop() {
			if i == 0 {
				carry = carried{}
				*c = chunk{packed: packed{data: c.data[:0], texts: c.texts[:0], notes: c.notes[:0]}}
			}
			c.add(&events[i], &carry)
			i = (i + 1) % chunkSize
		}
	})
	carry, c = carried{}, newChunk(true, chunkSize*bytesAnEvent)
	for i := range events {
		c.add(&events[i], &carry)
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			for range c.all() { // what is measured is the unpacking
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/chunkSize, "ns/event")
	})
}
