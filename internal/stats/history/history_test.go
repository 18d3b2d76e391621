package history

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
)

// small returns a history that trims early, so that short runs reach its limits.
func small(limit time.Duration, bytes int) *History {
	h := New(stats.New(stats.WithCounterfactuals()))
	h.limitTime, h.limitBytes = limit, bytes
	return h
}

// drawEvent is anything that may happen to a run of three sensors.
func drawEvent(t *rapid.T, at time.Duration) event.Event {
	e := event.Event{At: at, Batch: int(at/(500*milli)) + 1, Sensor: event.NoSensor}
	sensor := func() { e.Sensor = rapid.IntRange(0, 2).Draw(t, "sensor") }
	switch rapid.IntRange(0, 11).Draw(t, "what") {
	case 0:
		e.Kind = event.BatchStarted
	case 1:
		e.Kind, e.Round = event.BatchEnded, event.Round{Delivered: rapid.Bool().Draw(t, "delivered")}
	case 2:
		sensor()
		c := &event.Change{From: eventtest.DrawState(t, "from"), To: eventtest.DrawState(t, "to")}
		c.Circuit.State = c.To
		e.Kind, e.Change = event.StateChanged, c
	case 3:
		sensor()
		e.Kind, e.Fault = event.FaultBegan, &event.Fault{Label: "crash"}
	case 4:
		sensor()
		e.Kind, e.Fault = event.FaultEnded, &event.Fault{Label: "crash", Lasted: time.Second}
	case 5:
		e.Kind, e.Taken = event.CommandTaken, &event.Taken{Text: "paused", Paused: rapid.Bool().Draw(t, "paused"), Speed: 2}
	case 6:
		e.Kind, e.Taken = event.RunEnded, &event.Taken{Text: "the run has ended"}
	default:
		sensor()
		e.Kind, e.Call = event.CallEnded, eventtest.DrawCall(t, at)
	}
	return e
}

// moment is an aggregator's snapshot with the time it was taken.
type moment struct {
	at   time.Duration
	snap stats.Snapshot
}

// Any moment of any run, looked at again, is what was seen live.
func TestAMomentLookedAtAgainIsWhatWasSeenLive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := small(time.Duration(rapid.IntRange(1, 600).Draw(t, "limit"))*time.Second,
			rapid.IntRange(1, 2000).Draw(t, "kilobytes")<<10)
		h.many = rapid.SampledFrom([]int{1, manySensors}).Draw(t, "many")
		live := h.counts
		hub := event.NewHub(h)
		start := func() {
			e := event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(3)}
			if rapid.Bool().Draw(t, "pace") {
				e.Taken = &event.Taken{Paused: true, Speed: 4}
			}
			hub.Publish(e)
		}
		var at time.Duration
		var seen []moment
		check := func() {
			r := h.Span()
			for i, m := range seen {
				if m.at < r.From() || i%3 > 0 && i < len(seen)-1 {
					continue
				}
				if diff := unlike(m.snap, r.At(m.at).Snapshot(whole())); diff != "" {
					t.Fatalf("at %v of %v to %v, live, again:\n%s", m.at, r.From(), r.To(), diff)
				}
			}
		}
		for range rapid.IntRange(1, 2).Draw(t, "runs") {
			start()
			at, seen = 0, nil
			for range rapid.IntRange(0, 60).Draw(t, "steps") {
				at += time.Duration(rapid.IntRange(1, 3000).Draw(t, "wait")) * milli
				e := drawEvent(t, at)
				for range rapid.SampledFrom([]int{1, 1, 1, 200}).Draw(t, "times") {
					hub.Publish(e)
				}
				seen = append(seen, moment{at, live.Snapshot(whole())})
			}
			check()
		}
	})
}

// unlike tells what differs, if anything does. Most often nothing does, and that
// is quickly seen.
func unlike(want, got stats.Snapshot) string {
	if reflect.DeepEqual(want, got) {
		return ""
	}
	return cmp.Diff(want, got)
}

// keeper takes a snapshot after every batch.
type keeper struct {
	aggregator *stats.Aggregator
	seen       []moment
}

func (k *keeper) Observe(e *event.Event) {
	if e.Kind == event.BatchEnded {
		k.seen = append(k.seen, moment{e.At, k.aggregator.Snapshot(whole())})
	}
}

func TestEveryBatchOfARealRunCanBeLookedAtAgain(t *testing.T) {
	for _, c := range []struct {
		limit time.Duration
		many  int
	}{{KeptTime, manySensors}, {20 * time.Second, manySensors}, {20 * time.Second, 1}} {
		limit, h := c.limit, small(c.limit, KeptBytes)
		h.many = c.many
		k := &keeper{aggregator: h.counts}
		playInto(t, event.NewHub(h, k), scenario.DefaultSeed, 400)
		r := h.Span()
		if last := r.At(r.To()).Snapshot(stats.Query{}).Batch; last != 400 {
			t.Fatalf("at its end it shows batch %d", last)
		}
		n := 0
		for _, m := range k.seen {
			if m.at < r.From() {
				continue
			}
			if n++; n%4 > 0 {
				continue
			}
			// The next batch may begin at the moment that this one ends.
			if m.snap.Version != r.At(m.at).Snapshot(stats.Query{}).Version {
				continue
			}
			if diff := unlike(m.snap, r.At(m.at).Snapshot(whole())); diff != "" {
				t.Fatalf("at %v, live, again:\n%s", m.at, diff)
			}
		}
		if n < 35 {
			t.Errorf("only %d batches within the span", n)
		}
		if kept := r.To() - r.From(); limit < KeptTime && (kept < limit || kept > 90*time.Second) {
			t.Errorf("from %v to %v is within the span", r.From(), r.To())
		}
	}
}

func TestASpanDoesNotChangeWhileTheRunGoesOn(t *testing.T) {
	for _, many := range []int{0, manySensors} {
		h := small(10*time.Second, KeptBytes)
		h.many = many
		spanWhileTheRunGoesOn(t, h)
	}
}

func spanWhileTheRunGoesOn(t *testing.T, h *History) {
	t.Helper()
	r := eventtest.Publisher{Hub: event.NewHub(h)}
	r.Start(1)
	r.Churn(0, 200)
	old := h.Span()
	var want []string
	stops := old.stops()
	for _, at := range stops {
		want = append(want, written(t, old.At(at).Snapshot(whole())))
	}
	r.Churn(200, 2000)
	if now := h.Span(); now.From() <= old.To() {
		t.Fatalf("nothing was trimmed: from %v", now.From())
	}
	r.Start(2)
	for i, at := range stops {
		if got := written(t, old.At(at).Snapshot(whole())); got != want[i] {
			t.Fatalf("at %v it was\n%s\nis\n%s", at, want[i], got)
		}
	}
}

func TestAFreezeOfAMinuteUnderLoadLosesNothing(t *testing.T) {
	for _, many := range []int{0, manySensors} {
		h := New(stats.New())
		h.many = many
		freezeUnderLoad(t, h)
	}
}

func freezeUnderLoad(t *testing.T, h *History) {
	t.Helper()
	live := h.counts
	hub := event.NewHub(h)
	at := frozenUnderLoad(t, hub, h)
	r := h.Span()
	if r.To() != at || r.From() != 0 {
		t.Errorf("span from %v to %v, want 0 to %v", r.From(), r.To(), at)
	}
	var want stats.Snapshot
	hub.Read(func() { want = live.Snapshot(whole()) })
	if diff := cmp.Diff(want, r.At(at).Snapshot(whole())); diff != "" {
		t.Errorf("live, from the events kept:\n%s", diff)
	}
	if _, events := h.Bytes(); uint64(events) != want.Version {
		t.Errorf("%d events kept of %d", events, want.Version)
	}
}

// frozenUnderLoad publishes a minute of six hundred calls a second, nearly as much as is
// kept, while a reader looks back, and returns when it ended.
func frozenUnderLoad(t *testing.T, hub *event.Hub, h *History) time.Duration {
	rig := eventtest.Publisher{Hub: hub}
	rig.Start(1)
	rig.Call(time.Second, eventtest.Failed(1))
	frozen := h.Span()
	want := written(t, frozen.At(frozen.To()).Snapshot(whole()))
	at := time.Second
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 36_000 {
			at += time.Second / 600
			rig.Call(at, eventtest.Live(milli))
		}
	})
	for range 50 {
		if got := written(t, frozen.At(frozen.To()).Snapshot(whole())); got != want {
			t.Fatalf("frozen, it was\n%s\nis\n%s", want, got)
		}
		h.Span().At(time.Minute)
	}
	wg.Wait()
	return at
}

// The race detector shows whether a reader and the engine use the same counts.
func TestReadersLookBackWhileTheOldestEventsGo(t *testing.T) {
	for _, many := range []int{0, manySensors} {
		h := small(time.Hour, 1<<18)
		h.many = many
		rig := eventtest.Publisher{Hub: event.NewHub(h)}
		rig.Start(1)
		var wg sync.WaitGroup
		wg.Go(func() {
			for i := range 10_000 {
				rig.Call(time.Duration(i)*milli, eventtest.Live(milli))
			}
		})
		for range 20 {
			span := h.Span()
			seen := span.At(span.To()).Snapshot(whole())
			if first := span.At(0).Snapshot(whole()); first.Version > seen.Version {
				t.Errorf("version %d comes before version %d", first.Version, seen.Version)
			}
		}
		wg.Wait()
		if h.Span().From() == 0 {
			t.Error("nothing has gone")
		}
	}
}

func TestTheHistoryStaysWithinItsLimits(t *testing.T) {
	for _, c := range []struct{ sensors, most int }{
		{1, 5 << 20},
		{manySensors + 1, 4 << 20}, // one stretch, which is shortened by the chunk
	} {
		h := small(time.Hour, 4<<20)
		r := eventtest.Publisher{Hub: event.NewHub(h)}
		r.Start(c.sensors)
		held := h.Span() // a reader that never lets go
		most, least := 0, math.MaxInt
		for i := range 60_000 {
			r.Call(time.Duration(i)*milli, eventtest.Failed(1))
			if most = max(most, h.bytes); most > 4<<20 {
				least = min(least, h.bytes)
			}
		}
		chunk := chunkSize * (sizeOf(&event.Event{Call: eventtest.Failed(1)}) + int(unsafe.Sizeof(place{})))
		if most > c.most+3*chunk || most < c.most || least < 4<<20 {
			t.Errorf("%d sensors: %d to %d bytes, want from %d to about %d", c.sensors, least, most, 4<<20, c.most)
		}
		if held.To() != 0 {
			t.Errorf("what was held reaches to %v", held.To())
		}
	}
}

func TestTheMemoryOfEventsThatWereLetGoOfIsFilledAgain(t *testing.T) {
	h := small(time.Hour, 1<<20)
	r := eventtest.Publisher{Hub: event.NewHub(h)}
	r.Start(1)
	filled := map[*place]bool{}
	for i := range 40_000 {
		r.Call(time.Duration(i)*milli, eventtest.Live(milli))
		filled[&h.chunks[len(h.chunks)-1].places[0]] = true
	}
	if most := 5<<18/(chunkSize*int(unsafe.Sizeof(place{}))) + 3; len(filled) > most {
		t.Errorf("%d pieces of memory for what %d hold", len(filled), most)
	}
	if len(h.chunks)+len(h.spare) != len(filled) {
		t.Errorf("%d pieces of memory in use and %d spare, of %d", len(h.chunks), len(h.spare), len(filled))
	}
}

func TestTheHistoryForgetsWhatIsTooOld(t *testing.T) {
	h := New(stats.New())
	r := eventtest.Publisher{Hub: event.NewHub(h)}
	r.Start(1)
	for i := range 30 * 600 { // half an hour, ten calls a second
		r.Call(time.Duration(i)*100*milli, eventtest.Live(milli))
	}
	span := h.Span()
	if kept := span.To() - span.From(); kept < 10*time.Minute || kept > 14*time.Minute {
		t.Errorf("%v are kept, want ten minutes, and at most a quarter more", kept)
	}
	if got := span.At(0).Snapshot(stats.Query{}).At; got != span.From() {
		t.Errorf("before its span it shows %v, want %v", got, span.From())
	}
}

func TestAnEmptyHistoryReachesNothing(t *testing.T) {
	for name, r := range map[string]Span{"zero": {}, "new": New(stats.New()).Span()} {
		_, before := r.Previous(time.Hour)
		_, after := r.Next(-1)
		_, change := r.Change(0, event.NoSensor, true)
		if !r.Empty() || before || after || change || r.From() != 0 || r.To() != 0 ||
			r.Lines(0, 9, nil) != nil || len(r.LinesAfter(0, 9, nil)) != 0 || r.At(time.Second).Snapshot(whole()).Run != nil {
			t.Errorf("%s: it reaches something: %+v", name, r)
		}
	}
}

// stepped is a simulated run of three batches, half a second apart.
func stepped() *History {
	h := New(stats.New())
	r := eventtest.Publisher{Hub: event.NewHub(h)}
	r.Start(1)
	for b := range 3 {
		start := time.Duration(b) * 500 * milli
		r.Publish(event.Event{Kind: event.BatchStarted, Sensor: event.NoSensor, Batch: b + 1, At: start})
		r.Call(start+50*milli, eventtest.Live(50*milli))
		r.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Batch: b + 1, At: start + 50*milli})
	}
	r.Change(1100*milli, event.Change{To: breaker.Open})
	r.Publish(event.Event{Kind: event.BatchStarted, Sensor: event.NoSensor, Batch: 4, At: 1500 * milli})
	r.Change(1500*milli, event.Change{From: breaker.Open, To: breaker.HalfOpen})
	r.Call(1600*milli, eventtest.Live(100*milli))
	return h
}

func TestAStepGoesFromTheEndOfOneBatchToThatOfTheNext(t *testing.T) {
	r := stepped().Span()
	want := []time.Duration{50 * milli, 550 * milli, 1050 * milli, 1600 * milli}
	var forward, back []time.Duration
	for at, ok := r.Next(0); ok; at, ok = r.Next(at) {
		forward = append(forward, at)
	}
	for at, ok := r.Previous(time.Hour); ok; at, ok = r.Previous(at) {
		back = append(back, at)
	}
	slices.Reverse(back)
	if !slices.Equal(forward, want) || !slices.Equal(back, want) {
		t.Errorf("forward %v, back %v, want %v", forward, back, want)
	}
	if got := r.At(want[1]).Snapshot(stats.Query{Columns: 9}); got.Batch != 2 || len(got.Sensors[0].Columns) != 2 {
		t.Errorf("at the second stop it shows batch %d", got.Batch)
	}
}

func TestTheNextAndThePreviousChangeAreFound(t *testing.T) {
	r := stepped().Span()
	for _, c := range []struct {
		from    time.Duration
		forward bool
		want    time.Duration
		ok      bool
	}{
		{0, true, 1100 * milli, true},
		{1100 * milli, true, 1500 * milli, true},
		{1500 * milli, true, 0, false},
		{time.Hour, false, 1500 * milli, true},
		{1500 * milli, false, 1100 * milli, true},
		{1100 * milli, false, 0, false},
	} {
		if got, ok := r.Change(c.from, event.NoSensor, c.forward); got != c.want || ok != c.ok {
			t.Errorf("from %v, forward %v: %v, %v, want %v", c.from, c.forward, got, ok, c.want)
		}
	}
}

func TestAChangeIsFoundOfOneSensorOrOfAny(t *testing.T) {
	h := New(stats.New())
	r := eventtest.Publisher{Hub: event.NewHub(h)}
	r.Start(2)
	for i, at := range []time.Duration{100 * milli, 200 * milli, 300 * milli, 400 * milli} {
		r.Publish(event.Event{Kind: event.StateChanged, Sensor: i % 2, At: at, Change: &event.Change{To: breaker.Open}})
	}
	for sensor, want := range map[int][]time.Duration{
		event.NoSensor: {100 * milli, 200 * milli, 300 * milli, 400 * milli},
		0:              {100 * milli, 300 * milli},
		1:              {200 * milli, 400 * milli},
		2:              nil,
	} {
		var got []time.Duration
		for at, ok := h.Span().Change(0, sensor, true); ok; at, ok = h.Span().Change(at, sensor, true) {
			got = append(got, at)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the changes of sensor %d: %v, want %v", sensor, got, want)
		}
	}
}

func TestEndpointsAreSteppedThroughBySeconds(t *testing.T) {
	h := New(stats.New())
	r := eventtest.Publisher{Hub: event.NewHub(h)}
	run := eventtest.Run(1)
	run.Virtual = false
	r.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
	// Two tasks may publish out of order.
	for _, at := range []time.Duration{200 * milli, 900 * milli, 890 * milli, 1700 * milli, 4100 * milli, 4200 * milli} {
		r.Call(at, eventtest.Live(milli))
	}
	span := h.Span()
	want := []time.Duration{900 * milli, 1700 * milli, 4200 * milli}
	if got := span.stops(); !slices.Equal(got, want) {
		t.Errorf("stops %v, want %v", got, want)
	}
	for at, want := range map[time.Duration]uint64{895 * milli: 3, 900 * milli: 3, 300 * milli: 1, 0: 0} {
		if got := span.At(at).Snapshot(stats.Query{}).Sensors[0].Calls; got != want {
			t.Errorf("at %v: %d calls, want %d", at, got, want)
		}
	}
}

func TestLinesReachBackFurtherThanTheAggregator(t *testing.T) {
	h := small(time.Hour, 1<<20)
	live := h.counts
	r := eventtest.Publisher{Hub: event.NewHub(h)}
	r.Start(1)
	for i := range 4000 {
		r.Call(time.Duration(i)*time.Second, eventtest.Failed(i%5))
	}
	span := h.Span()
	if span.From() == 0 {
		t.Fatal("all is kept")
	}
	all := span.Lines(0, 1e6, nil)
	_, kept := h.Bytes()
	if want := kept + stats.MaxLines; len(all) != want {
		t.Errorf("%d lines, want %d: those of the events kept, and those that the aggregator had before", len(all), want)
	}
	for i := range all[1:] {
		if all[i+1].Seq != all[i].Seq+1 {
			t.Fatalf("line %d follows %d", all[i+1].Seq, all[i].Seq)
		}
	}
	newest := live.Snapshot(stats.Query{Lines: stats.MaxLines}).Lines
	if diff := cmp.Diff(newest, all[len(all)-stats.MaxLines:]); diff != "" {
		t.Errorf("the newest differ from the aggregator's:\n%s", diff)
	}
	page := span.Lines(newest[0].Seq, 3, nil)
	if len(page) != 3 || page[2].Seq != newest[0].Seq-1 {
		t.Errorf("the page before the aggregator's: %v", page)
	}
	even := func(l sentence.Line) bool { return l.Seq%2 == 0 }
	if got := span.Lines(1001+page[0].Seq/2*2, 2, even); len(got) != 2 || !even(got[0]) || got[1].Seq-got[0].Seq != 2 {
		t.Errorf("the matching ones: %v", got)
	}
	if got := span.LinesAfter(page[2].Seq, 2, even); len(got) != 2 || got[0].Seq <= page[2].Seq || !even(got[0]) || got[1].Seq != got[0].Seq+2 {
		t.Errorf("the matching ones after %d: %v", page[2].Seq, got)
	}
}

func BenchmarkHistoryObserve(b *testing.B) {
	h := New(stats.New())
	h.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(5)})
	e := event.Event{Kind: event.CallEnded, Sensor: 3, Call: eventtest.Live(51 * milli)}
	b.ReportAllocs()
	for b.Loop() {
		e.At += 10 * time.Microsecond
		h.Observe(&e)
	}
}

// BenchmarkAt goes to the end of what there is, the longest way.
func BenchmarkAt(b *testing.B) {
	for _, counterfactuals := range []bool{false, true} {
		var opts []stats.Option
		if counterfactuals {
			opts = append(opts, stats.WithCounterfactuals())
		}
		b.Run(fmt.Sprintf("ten minutes of the pipeline/counterfactuals=%v", counterfactuals), func(b *testing.B) {
			h := New(stats.New(opts...))
			playInto(b, event.NewHub(h), 42, 1200)
			measureAt(b, h)
		})
		for _, sensors := range []int{5, 1000} {
			b.Run(fmt.Sprintf("16 MiB of %d sensors/counterfactuals=%v", sensors, counterfactuals), func(b *testing.B) {
				h := New(stats.New(opts...))
				h.limitTime = 24 * time.Hour
				h.Observe(&event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(sensors)})
				for i := range 150_000 {
					c := eventtest.Live(51 * milli)
					if i/sensors%4 == 0 {
						c = eventtest.Failed(1)
						c.Tries = []event.Try{{Took: milli, Wait: 50 * milli, Err: "x"}, {Took: milli, Wait: 100 * milli, Err: "x"}, {Took: milli, Err: "x"}}
					}
					h.Observe(&event.Event{Kind: event.CallEnded, At: time.Duration(i) * milli, Sensor: i % sensors, Call: c})
				}
				measureAt(b, h)
			})
		}
	}
}

func measureAt(b *testing.B, h *History) {
	r := h.Span()
	bytes, events := h.Bytes()
	for b.Loop() {
		r.At(r.To())
	}
	b.ReportMetric(float64(events), "events")
	b.ReportMetric(float64(bytes)/float64(max(events, 1)), "B/event")
}

func TestVerdictsStandAmongTheLinesThatReachBack(t *testing.T) {
	fault := func(op event.Op, batch int) engine.Scripted {
		return engine.Scripted{Batch: batch, Command: event.Command{Op: op, Sensors: []int{3}, Fault: fault.Fault{Kind: fault.Crash}, By: "you"}}
	}
	var h *History
	var want []sentence.Line
	for _, limit := range []time.Duration{KeptTime, 20 * time.Second} { // in the second the first verdict is not among the events kept
		h = small(limit, KeptBytes)
		playInto(t, event.NewHub(h), scenario.DefaultSeed, 200,
			fault(event.Inject, 20), fault(event.Recover, 40), fault(event.Inject, 120), fault(event.Recover, 140))
		want = h.counts.Snapshot(stats.Query{Lines: stats.MaxLines}).Lines
		if n := len(h.counts.Snapshot(stats.Query{Verdicts: stats.MaxVerdicts}).Verdicts); n != 2 {
			t.Fatalf("%d verdicts, want 2", n)
		}
		if diff := cmp.Diff(want, h.Span().Lines(0, stats.MaxLines, nil)); diff != "" {
			t.Errorf("live, again:\n%s", diff)
		}
	}
	r := h.Span()
	isVerdict := func(l sentence.Line) bool { return strings.HasPrefix(l.Text, "verdict:") }
	found := r.Lines(0, 1, isVerdict)
	if len(found) != 1 || !isVerdict(found[0]) {
		t.Fatalf("the last verdict: %v", found)
	}
	// From page to page every line comes once.
	var back, forward []sentence.Line
	for page := r.Lines(0, 1, nil); len(page) > 0; page = r.Lines(page[0].Seq, 1, nil) {
		back = append(page, back...)
	}
	for page := r.LinesAfter(0, 1, nil); len(page) > 0; page = r.LinesAfter(page[len(page)-1].Seq, 1, nil) {
		forward = append(forward, page...)
	}
	if diff := cmp.Diff(want, back); diff != "" {
		t.Errorf("page by page, back:\n%s", diff)
	}
	if diff := cmp.Diff(want, forward); diff != "" {
		t.Errorf("page by page, forward:\n%s", diff)
	}
	for range r.backwards() {
		break // a reader that has enough
	}
}
