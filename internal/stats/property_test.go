package stats

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/sentence"
)

// naive knows a run as the list of all its events, and counts by going through
// them each time.
type naive struct {
	run          *event.Run
	events       []event.Event // since the last start
	paused       bool
	speed        float64
	all, started uint64
}

func (n *naive) publish(e event.Event) {
	n.all++
	if e.Kind == event.RunStarted {
		n.run, n.events, n.started = e.Run, nil, n.all
	}
	if e.Kind == event.CommandTaken {
		n.paused, n.speed = e.Taken.Paused, e.Taken.Speed
	}
	if e.Kind == event.RunStarted && e.Taken != nil {
		n.paused, n.speed = e.Taken.Paused, e.Taken.Speed
	}
	n.events = append(n.events, e)
}

func (n *naive) of(sensor int, kinds ...event.Kind) (list []event.Event) {
	for _, e := range n.events {
		for _, k := range kinds {
			if e.Kind == k && e.Sensor == sensor {
				list = append(list, e)
			}
		}
	}
	return list
}

func (n *naive) counts(sensor int) (c Counts) {
	for _, e := range n.of(sensor, event.CallEnded) {
		call := e.Call
		byResult := map[event.Result]*uint64{
			event.Live: &c.Live, event.Stale: &c.Stale, event.Interpolated: &c.Interpolated,
			event.FastFail: &c.FastFail, event.Missing: &c.Missing,
		}
		*byResult[call.Result]++
		c.Attempts += uint64(call.Attempts)
		c.Waited += call.Waited
		if call.Attempts > 1 {
			c.Retries += uint64(call.Attempts) - 1
			c.RetriedCalls++
		}
		if call.Attempts > 1 && call.Result == event.Live {
			c.SavedCalls++
		}
		if call.Served && call.Result != event.Live {
			c.Served++
			c.OldestServed = max(c.OldestServed, e.At-call.SourceAt)
		}
		if call.Served && call.Result != event.Live && call.HasTruth {
			c.Judged++
			off, _ := new(big.Float).Mul(big.NewFloat(math.Abs(call.Value-call.Truth)), big.NewFloat(1e6)).Float64()
			c.OffBy += int64(math.Floor(off + 0.5))
		}
		m := &c.Metrics
		m.TotalCalls++
		switch {
		case !call.Admitted:
			m.FastFailCount++
		case call.Outcome == breaker.Neutral:
			m.IgnoredCalls++
		case call.Outcome == breaker.Success && call.Probe:
			m.SuccessCalls++
			m.ProbeSuccessCount++
		case call.Outcome == breaker.Success:
			m.SuccessCalls++
		case call.Probe:
			m.FailureCalls++
			m.ProbeFailCount++
		default:
			m.FailureCalls++
		}
	}
	for _, e := range n.of(sensor, event.StateChanged) {
		if (e.Change.To == breaker.Open && e.Change.From != breaker.ForcedOpen) || e.Change.To == breaker.ForcedOpen {
			c.Metrics.CircuitOpenCount++
		}
	}
	return c
}

// columns are the last MaxColumns calls.
func (n *naive) columns(sensor int) (list []Column) {
	marks := map[event.Result]event.Mark{
		event.Live: event.MarkLive, event.Stale: event.MarkStale, event.Interpolated: event.MarkInterpolated,
		event.FastFail: event.MarkFastFail, event.Missing: event.MarkMissing,
	}
	for _, e := range n.of(sensor, event.CallEnded) {
		mark := marks[e.Call.Result]
		if mark == event.MarkLive && e.Call.Attempts > 1 {
			mark = event.MarkRetried
		}
		list = append(list, Column{
			At: e.Call.Start, Took: e.Call.Took, Mark: mark,
			State: e.Call.Circuit.State, Probe: e.Call.Probe, Fault: e.Call.Faulted,
		})
	}
	return list[max(len(list)-MaxColumns, 0):]
}

// spans pairs each end with the oldest fault of its name that is active.
func (n *naive) spans(sensor int) (list []FaultSpan) {
next:
	for _, e := range n.of(sensor, event.FaultBegan, event.FaultEnded) {
		if e.Kind == event.FaultBegan {
			list = append(list, FaultSpan{Label: e.Fault.Label, From: e.At, Until: e.Fault.Until})
			continue
		}
		for i := range list {
			if list[i].To == 0 && list[i].Label == e.Fault.Label {
				list[i].To = list[i].From + max(e.Fault.Lasted, 1)
				continue next
			}
		}
	}
	return list
}

func (n *naive) circuit(sensor int) breaker.Circuit {
	c := n.run.Sensors[sensor].Initial
	for _, e := range n.of(sensor, event.StateChanged, event.CallEnded) {
		if c = e.Call.Circuit; e.Kind == event.StateChanged {
			c = e.Change.Circuit
		}
	}
	return c
}

func (n *naive) check(t *rapid.T, s Snapshot) {
	equal := func(what string, want, got any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s, want, got:\n%s", what, diff)
		}
	}
	equal("version", n.all, s.Version)
	equal("pace", []any{n.paused, n.speed}, []any{s.Paused, s.Speed})
	if n.run == nil {
		return
	}
	var lines []event.Event
	var batch int
	var p PipelineView
	var ended string
	served := uint64(0) // of the batch that has not ended
	for _, e := range n.events {
		if event.Notable(&e, n.run) {
			lines = append(lines, e)
		}
		batch = max(batch, e.Batch)
		if e.Kind == event.CallEnded && e.Call.Served && e.Sensor >= 0 && e.Sensor < len(s.Sensors) {
			served++
		}
		if e.Kind == event.BatchEnded {
			p.Batches++
			p.Readings += served
			served = 0
			p.With, p.Naive = append(p.With, e.Round.Delivered), append(p.Naive, e.Round.NaiveDelivered)
		}
		if e.Kind == event.RunEnded {
			ended = e.Taken.Text
		}
	}
	equal("batch", batch, s.Batch)
	equal("marks with", p.With, s.Pipeline.With)
	equal("marks naive", p.Naive, s.Pipeline.Naive)
	equal("readings", p.Readings, s.Pipeline.Readings)
	equal("end", ended, s.EndText)
	// Verdicts have lines of their own, which no event is; their tests count them.
	told := slices.DeleteFunc(slices.Clone(s.Lines), func(l sentence.Line) bool { return strings.HasPrefix(l.Text, "verdict: ") })
	equal("lines", len(lines), s.LinesTotal-(len(s.Lines)-len(told)))
	for i, l := range told {
		equal("line", lines[len(lines)-len(told)+i].Seq, l.Seq)
	}
	n.checkSensors(t, s, equal)
}

func (n *naive) checkSensors(t *rapid.T, s Snapshot, equal func(string, any, any)) {
	last := map[event.Result]int{}
	var open, faults int
	var p PipelineView
	for i, v := range s.Sensors {
		counts := n.counts(i)
		equal("counts", counts, v.Counts)
		if m := v.Counts.Metrics; m.TotalCalls != m.SuccessCalls+m.FailureCalls+m.FastFailCount+m.IgnoredCalls {
			t.Fatalf("the sum is wrong: %+v", m)
		}
		columns := n.columns(i)
		equal("columns", columns, v.Columns)
		calls := n.of(i, event.CallEnded)
		equal("calls", uint64(len(calls)), v.Calls)
		if len(calls) > 0 {
			e := calls[len(calls)-1]
			last[e.Call.Result]++
			equal("last", e.Call.Result, v.Last)
			equal("last at", e.At, v.LastAt)
		}
		var failedAt time.Duration
		for _, e := range calls {
			if e.Call.Admitted && e.Call.Outcome == breaker.Failure {
				failedAt = e.At
			}
		}
		equal("failed at", failedAt, v.FailedAt)
		equal("has failed", counts.Metrics.FailureCalls > 0, v.HasFailed)
		if share, ok := v.Counts.LiveShare(); ok != (len(calls) > 0) || share < 0 || share > 1 {
			t.Fatalf("share %v, %v", share, ok)
		}
		equal("circuit", n.circuit(i), v.Circuit)
		if st := v.Circuit.State; st == breaker.Open || st == breaker.ForcedOpen {
			open++
		}
		var shown []FaultSpan
		for _, f := range n.spans(i) {
			if f.To == 0 {
				faults++
			}
			if f.To == 0 || len(columns) > 0 && f.To >= columns[0].At {
				shown = append(shown, f)
			}
		}
		if len(n.spans(i)) <= maxSpans {
			equal("spans", shown, v.Faults)
		}
		p.RetriedCalls += counts.RetriedCalls
		p.SavedCalls += counts.SavedCalls
		p.FastFail += counts.Metrics.FastFailCount
		p.Served += counts.Served
		p.FastFailServed += counts.FastFailServed()
		p.OldestServed = max(p.OldestServed, counts.OldestServed)
	}
	equal("live", last[event.Live], s.Live)
	equal("stale", last[event.Stale]+last[event.Interpolated], s.Stale)
	equal("fast-fail", last[event.FastFail], s.FastFail)
	equal("missing", last[event.Missing], s.Missing)
	equal("open", open, s.Open)
	equal("faults", faults, s.Faults)
	equal("totals", []uint64{p.RetriedCalls, p.SavedCalls, p.FastFail, p.Served, p.FastFailServed},
		[]uint64{s.Pipeline.RetriedCalls, s.Pipeline.SavedCalls, s.Pipeline.FastFail, s.Pipeline.Served, s.Pipeline.FastFailServed})
	equal("oldest", p.OldestServed, s.Pipeline.OldestServed)
}

// Whatever happens in whatever order, the aggregator is what counting all events
// again says.
func TestTheAggregatorIsWhatCountingAllEventsAgainSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		aggregator := New()
		hub := event.NewHub(aggregator)
		n := &naive{speed: 1}
		var at time.Duration
		publish := func(t *rapid.T, e event.Event) {
			// Endpoints with schedules of their own number their calls apart.
			e.At, e.Batch = at, rapid.IntRange(0, int(at/(500*ms))).Draw(t, "batch")
			e.Seq = n.all - n.started + 2 // as the hub will number it
			if n.run == nil {
				e.Seq = n.all + 1
			}
			if e.Kind == event.RunStarted {
				e.Seq = 1
			}
			hub.Publish(e)
			n.publish(e)
		}
		sensor := func(t *rapid.T) int { return rapid.IntRange(event.NoSensor, 3).Draw(t, "sensor") }
		label := func(t *rapid.T) string {
			return rapid.SampledFrom([]string{"crash", "stuck"}).Draw(t, "label")
		}
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) {
				n.check(t, aggregator.Snapshot(Query{Columns: MaxColumns, Batches: MaxBatches, Lines: MaxLines}))
			},
			"time": func(t *rapid.T) {
				at += time.Duration(rapid.Int64Range(0, int64(3*time.Second)).Draw(t, "wait"))
			},
			"start": func(t *rapid.T) {
				if n.run != nil && rapid.IntRange(0, 4).Draw(t, "again") > 0 {
					t.Skip()
				}
				at = 0
				e := event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: eventtest.Run(rapid.IntRange(0, 3).Draw(t, "sensors"))}
				for i := range e.Run.Sensors {
					e.Run.Sensors[i].Initial.State = eventtest.DrawState(t, "initial")
				}
				if rapid.Bool().Draw(t, "pace") {
					e.Taken = &event.Taken{Paused: rapid.Bool().Draw(t, "paused"), Speed: 4}
				}
				publish(t, e)
			},
			"call": func(t *rapid.T) {
				publish(t, event.Event{Kind: event.CallEnded, Sensor: sensor(t), Call: eventtest.DrawCall(t, at)})
			},
			"many calls": func(t *rapid.T) {
				if rapid.IntRange(0, 9).Draw(t, "rarely") > 0 {
					t.Skip()
				}
				e := event.Event{Kind: event.CallEnded, Sensor: sensor(t), Call: eventtest.DrawCall(t, at)}
				for range rapid.IntRange(100, MaxColumns+10).Draw(t, "n") {
					publish(t, e)
				}
			},
			"change": func(t *rapid.T) {
				c := &event.Change{From: eventtest.DrawState(t, "from"), To: eventtest.DrawState(t, "to")}
				c.Circuit.State = c.To
				publish(t, event.Event{Kind: event.StateChanged, Sensor: sensor(t), Change: c})
			},
			"fault": func(t *rapid.T) {
				f := &event.Fault{Label: label(t), Fault: fault.Fault{Until: at + 5*time.Second}}
				publish(t, event.Event{Kind: event.FaultBegan, Sensor: sensor(t), Fault: f})
			},
			"mend": func(t *rapid.T) { // sometimes what was not broken
				f := &event.Fault{Label: label(t), Lasted: time.Duration(rapid.Int64Range(0, int64(at)).Draw(t, "lasted"))}
				publish(t, event.Event{Kind: event.FaultEnded, Sensor: sensor(t), Fault: f})
			},
			"pace": func(t *rapid.T) {
				c := &event.Taken{Text: rapid.SampledFrom([]string{"", "you pressed space: paused"}).Draw(t, "text"), Paused: rapid.Bool().Draw(t, "paused"), Speed: 2}
				publish(t, event.Event{Kind: event.CommandTaken, Sensor: event.NoSensor, Taken: c})
			},
			"round": func(t *rapid.T) {
				round := event.Round{Delivered: rapid.Bool().Draw(t, "delivered"), NaiveDelivered: rapid.Bool().Draw(t, "naive")}
				publish(t, event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Round: round})
			},
			"end": func(t *rapid.T) {
				publish(t, event.Event{Kind: event.RunEnded, Sensor: event.NoSensor, Taken: &event.Taken{Text: "the run has ended"}})
			},
		})
	})
}
