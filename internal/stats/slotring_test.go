package stats

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

// realRun is a run of n real endpoints, asked every five seconds, that began at
// 12:00:03.5.
func realRun(n int) *event.Run {
	run := eventtest.Run(n)
	run.Scenario, run.Virtual, run.Naive = "watch", false, false
	run.Start = time.Date(2026, 11, 26, 12, 0, 3, 500_000_000, time.UTC)
	for i := range run.Sensors {
		run.Sensors[i].Real, run.Sensors[i].Interval = true, 5*time.Second
	}
	return run
}

// newRealRig starts a run of n real endpoints.
func newRealRig(n int) rig {
	t := New()
	r := rig{eventtest.Publisher{Hub: event.NewHub(t)}, t}
	r.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: realRun(n)})
	return r
}

// track draws the columns in letters: . blank, o live, r retried, x refused, ~ stale, _
// missing.
func track(columns []Column) string {
	text := ""
	for _, c := range columns {
		text += string(".or~ix_"[c.Mark])
	}
	return text
}

func missing(took time.Duration) event.Call {
	return event.Call{Took: took, Result: event.Missing, Attempts: 1, Admitted: true, Outcome: breaker.Failure, Err: "refused"}
}

func TestASlotShowsItsWorstCallAndTheLongestOfItsKind(t *testing.T) {
	retried := eventtest.Live(70 * ms)
	retried.Attempts = 2
	stale := eventtest.Failed(1)
	for _, c := range []struct {
		calls []event.Call
		mark  event.Mark
		took  time.Duration
	}{
		{[]event.Call{eventtest.Live(80 * ms), retried}, event.MarkRetried, 80 * ms},
		{[]event.Call{retried, eventtest.Live(80 * ms), eventtest.Live(20 * ms)}, event.MarkRetried, 80 * ms},
		{[]event.Call{eventtest.Live(80 * ms), eventtest.FastFail()}, event.MarkFastFail, 0},
		{[]event.Call{stale, eventtest.FastFail()}, event.MarkStale, 153 * ms},
		{[]event.Call{eventtest.FastFail(), stale}, event.MarkStale, 153 * ms},
		{[]event.Call{eventtest.FastFail(), missing(3 * ms), stale}, event.MarkMissing, 153 * ms},
		{[]event.Call{missing(3 * ms), eventtest.Live(80 * ms)}, event.MarkMissing, 3 * ms},
	} {
		r := newRealRig(1)
		for i, call := range c.calls {
			r.Call(7*time.Second+time.Duration(i)*200*ms, call) // from 12:00:10.5 on
		}
		columns := r.snapshot(Query{Columns: 3, Slot: 5 * time.Second}).Sensors[0].Columns
		if got := columns[2]; got.Mark != c.mark || got.Took != c.took || got.At != 6500*ms {
			t.Errorf("calls %v: the slot is %+v, want mark %d and %v", c.calls, got, c.mark, c.took)
		}
	}
}

func TestACallIsInAllSlotsThatItTouches(t *testing.T) {
	r := newRealRig(1)
	r.Call(time.Second, eventtest.Live(10*ms))   // 12:00:04
	r.Call(21500*ms, missing(10*time.Second))    // 12:00:15 to exactly 12:00:25
	r.Call(31*time.Second, eventtest.Live(2*ms)) // 12:00:34
	snap := r.snapshot(Query{Columns: 9, Slot: 5 * time.Second, Until: 36500 * ms})
	if got, want := track(snap.Sensors[0].Columns), "o..__.o.."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := snap.Sensors[0].Columns[8].At; got != 36500*ms {
		t.Errorf("the last slot begins at %v", got)
	}
	// On an hour's scale all are one.
	if got := track(r.snapshot(Query{Columns: 2, Slot: time.Hour}).Sensors[0].Columns); got != "._" {
		t.Errorf("hours: %q", got)
	}
}

// A value is where its call ended; the other slots have none.
func TestTheNewestValueOfASlotIsToldBesideIt(t *testing.T) {
	r := newRealRig(1)
	for i, value := range []float64{7, 8, 9} {
		c := eventtest.Live(1200 * ms)
		c.Value = value
		r.Call(time.Duration(1700+1300*i)*ms, c)
	}
	r.Call(6*time.Second, eventtest.Failed(1)) // what it served is no value of now
	v := r.snapshot(Query{Columns: 4, Slot: 2 * time.Second, Values: true}).Sensors[0]
	if got := fmt.Sprint(track(v.Columns), v.Values); got != ".oo~[NaN 7 9 NaN]" {
		t.Errorf("%s", got)
	}
	if v := r.snapshot(Query{Columns: 4, Slot: 2 * time.Second}).Sensors[0]; v.Values != nil {
		t.Error("nobody asked for values")
	}
}

func TestColumnsOfASimulatedRunAreCallsWhateverTheQuery(t *testing.T) {
	r := newRig(1)
	r.Call(time.Second, eventtest.Live(ms))
	v := r.snapshot(Query{Columns: 9, Slot: 5 * time.Second, Values: true}).Sensors[0]
	if len(v.Columns) != 1 || v.Values != nil || v.Columns[0].At != 999*ms {
		t.Errorf("columns %+v, values %v", v.Columns, v.Values)
	}
}

func TestAFaultIsShownAsLongAsTheSlotsReachBackToIt(t *testing.T) {
	r := newRealRig(1)
	r.Fault(event.FaultBegan, time.Second, event.Fault{Label: "crash"})
	r.Fault(event.FaultEnded, 3*time.Second, event.Fault{Label: "crash", Lasted: 2 * time.Second})
	for until, want := range map[time.Duration]int{20 * time.Second: 1, 30 * time.Second: 0} {
		v := r.snapshot(Query{Columns: 5, Slot: 5 * time.Second, Until: until}).Sensors[0]
		if len(v.Faults) != want {
			t.Errorf("until %v the faults are %+v, want %d", until, v.Faults, want)
		}
	}
}

// recount works out the slots of some calls again, from all of them.
func recount(run *event.Run, calls []event.Event, count int, length, until time.Duration) ([]Column, []float64) {
	number := func(at time.Duration) int64 { return run.Start.Add(at).UnixNano() / int64(length) }
	touched := func(e *event.Event) (first, last int64) {
		c := &e.Call
		return number(c.Start), number(c.Start + max(c.Took-1, 0))
	}
	newest := int64(0)
	for i := range calls {
		_, last := touched(&calls[i])
		newest = max(newest, last)
	}
	var columns []Column
	var values []float64
	for n := number(until) - int64(count) + 1; n <= number(until); n++ {
		col, value := Column{At: time.Unix(0, n*int64(length)).Sub(run.Start)}, math.NaN()
		before := breaker.Closed
		for i := range calls {
			c := &calls[i].Call
			first, last := touched(&calls[i])
			if n >= first && n <= last && n > newest-maxSlots {
				if col.State = before; n == last {
					col.State = c.Circuit.State
				}
				col.Mark = worse(col.Mark, event.MarkOf(c))
				col.Probe, col.Fault = col.Probe || c.Probe, col.Fault || c.Faulted
				if n == last && c.Result == event.Live {
					value = c.Value
				}
			}
			before = c.Circuit.State
		}
		for i := range calls {
			c := &calls[i].Call
			first, last := touched(&calls[i])
			if n >= first && n <= last && n > newest-maxSlots && classOf(event.MarkOf(c)) == classOf(col.Mark) {
				col.Took = max(col.Took, min(c.Took.Truncate(time.Microsecond), math.MaxUint32*time.Microsecond))
			}
		}
		columns, values = append(columns, col), append(values, value)
	}
	return columns, values
}

// worse is the worse of two marks, by a list.
func worse(a, b event.Mark) event.Mark {
	order := []event.Mark{
		event.MarkNone, event.MarkLive, event.MarkRetried, event.MarkFastFail,
		event.MarkStale, event.MarkInterpolated, event.MarkMissing,
	}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

func TestTheSlotsOfAnyCallsAreWhatARecountGives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRealRig(1)
		run := r.aggregator.Run()
		var at time.Duration
		var calls []event.Event
		for range rapid.IntRange(0, 60).Draw(t, "calls") {
			wait := rapid.SampledFrom([]time.Duration{0, 300 * ms, 5 * time.Second, 5 * time.Second, 3 * time.Minute, 9 * time.Hour}).Draw(t, "wait")
			at += wait + time.Duration(rapid.Int64Range(0, int64(3*time.Second)).Draw(t, "lasts"))
			c := eventtest.DrawCall(t, at)
			if rapid.IntRange(0, 9).Draw(t, "long") == 0 {
				c.Took = min(wait, at)
				c.Start = at - c.Took
			}
			e := event.Event{Kind: event.CallEnded, At: at, Call: c}
			r.Publish(e)
			calls = append(calls, e)
		}
		q := Query{Columns: rapid.IntRange(1, maxSlots).Draw(t, "columns"), Slot: rapid.SampledFrom(Slots()).Draw(t, "slot"), Values: true}
		q.Until = max(at+rapid.SampledFrom([]time.Duration{-time.Minute, 0, 0, time.Minute}).Draw(t, "until"), 0)
		v := r.snapshot(q).Sensors[0]
		columns, values := recount(run, calls, q.Columns, q.Slot, cmp.Or(q.Until, at))
		if !slices.Equal(columns, v.Columns) || fmt.Sprint(values) != fmt.Sprint(v.Values) {
			t.Fatalf("slots of %v until %v of %d calls are\n%s %+v\nwant\n%s %+v", q.Slot, q.Until, len(calls),
				track(v.Columns), v.Columns, track(columns), columns)
		}
	})
}
