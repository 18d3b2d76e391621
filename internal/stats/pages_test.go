package stats

import (
	"fmt"
	"slices"
	"testing"
	"time"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/scenario"
	"resiltui/internal/stats/counterfactual"
	"resiltui/internal/stats/ring"
)

func (r rig) detail() SensorView { return r.snapshot(everything()).Sensors[0] }

func TestTheLastCallsAreKeptWithTheirAttempts(t *testing.T) {
	r := newRig(1)
	for i := range MaxRecent {
		r.Call(time.Duration(i)*ms, eventtest.Live(ms))
	}
	good, bad, no := eventtest.Live(50*ms), eventtest.Failed(1), eventtest.FastFail()
	bad.Tries = []event.Try{{Took: ms, Wait: 50 * ms, Err: "a"}, {Took: ms, Wait: 100 * ms, Err: "b"}, {Took: ms, Err: "c"}}
	good.Number, bad.Number, no.Number = 65, 66, 67
	r.Call(time.Second, good)
	r.Call(2*time.Second, bad)
	r.Call(3*time.Second, no)
	once := eventtest.Failed(2)
	once.Attempts, once.Err = 1, "unauthorized"
	r.Call(4*time.Second, once)
	calls := r.detail().Recent
	if len(calls) != MaxRecent || calls[0].Start != 3*ms {
		t.Fatalf("%d calls are kept, the oldest of %v", len(calls), calls[0].Start)
	}
	got := calls[MaxRecent-4:]
	want := []Call{
		{
			Number: 65, Batch: 3, Start: 950 * ms, Took: 50 * ms, Mark: event.MarkLive, Attempts: 1, HasValue: true, Value: 4.16,
			Admitted: true, Tries: []event.Try{{Start: 950 * ms, Took: 50 * ms}},
		},
		{
			Number: 66, Batch: 5, Start: 1847 * ms, Took: 153 * ms, Waited: 150 * ms, Mark: event.MarkStale, Attempts: 3, HasValue: true,
			Value: 4.17, Err: "connection refused", Admitted: true, Outcome: breaker.Failure, Tries: bad.Tries,
		},
		{
			Number: 67, Batch: 7, Start: 3 * time.Second, Mark: event.MarkFastFail, HasValue: true, Value: 4.17, Err: "OPEN, refused",
			State: breaker.Open,
		},
	}
	if diff := cmp.Diff(want, got[:3]); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
	if tries := got[3].Tries; len(tries) != 1 || tries[0].Err != "unauthorized" {
		t.Errorf("the only attempt of a failed call: %+v", tries)
	}
	if v := r.all().Sensors[0]; v.Recent != nil || v.Changes != nil || v.Retries.Causes != nil {
		t.Error("what nobody asked for was copied")
	}
}

func TestTheLastTransitionsAreKeptWithTheirReasons(t *testing.T) {
	r := newRig(1)
	for i := range MaxChanges + 2 {
		r.Change(time.Duration(i)*time.Second, event.Change{To: breaker.Open, Count: i})
	}
	got := r.detail().Changes
	if len(got) != MaxChanges || got[0].At != 2*time.Second || got[0].Change.Count != 2 || got[MaxChanges-1].Change.Count != MaxChanges+1 {
		t.Errorf("%d are kept, the oldest %+v", len(got), got[0])
	}
}

func TestWhatACircuitSparedCountsFromWhereItTripped(t *testing.T) {
	r := newRig(1)
	steps := []struct {
		do    func(at time.Duration)
		want  Avoided
		since time.Duration
	}{
		{func(at time.Duration) { r.Call(at, eventtest.FastFail()) }, Avoided{1, 3}, 0},
		{func(at time.Duration) {
			r.Change(at, event.Change{From: breaker.Closed, To: breaker.Open, Count: 5})
		}, Avoided{}, 2 * time.Second},
		{func(at time.Duration) { r.Call(at, eventtest.FastFail()) }, Avoided{1, 3}, 2 * time.Second},
		{func(at time.Duration) { r.Call(at, eventtest.Failed(5)) }, Avoided{1, 3}, 2 * time.Second},
		{func(at time.Duration) { r.Change(at, event.Change{From: breaker.Open, To: breaker.HalfOpen}) }, Avoided{1, 3}, 2 * time.Second},
		{func(at time.Duration) { r.Change(at, event.Change{From: breaker.HalfOpen, To: breaker.Open}) }, Avoided{1, 3}, 2 * time.Second},
		{func(at time.Duration) { r.Call(at, eventtest.FastFail()) }, Avoided{2, 6}, 2 * time.Second},
		{func(at time.Duration) { r.Change(at, event.Change{From: breaker.Open, To: breaker.Closed}) }, Avoided{2, 6}, 2 * time.Second},
		{func(at time.Duration) { r.Change(at, event.Change{From: breaker.Closed, To: breaker.ForcedOpen}) }, Avoided{}, 9 * time.Second},
		{func(at time.Duration) { r.Change(at, event.Change{From: breaker.Disabled, To: breaker.Open}) }, Avoided{}, 10 * time.Second},
	}
	for i, s := range steps {
		s.do(time.Duration(i+1) * time.Second)
		v := r.detail()
		if v.Avoided != s.want || v.TrippedAt != s.since || (v.Tripping != nil) != (s.since > 0) {
			t.Errorf("after step %d: %+v since %v, want %+v since %v", i+1, v.Avoided, v.TrippedAt, s.want, s.since)
		}
	}
	if v := r.detail(); v.OpenedAt != 10*time.Second {
		t.Errorf("last opened at %v", v.OpenedAt)
	}
}

func TestTheTimeInEachStateAddsUpToTheTimeOfTheRun(t *testing.T) {
	r := newRig(1)
	for i, c := range []event.Change{
		{From: breaker.Closed, To: breaker.Open},
		{From: breaker.Open, To: breaker.HalfOpen},
		{From: breaker.HalfOpen, To: breaker.ForcedOpen},
		{From: breaker.ForcedOpen, To: breaker.Disabled},
		{From: breaker.Disabled, To: breaker.Closed},
	} {
		at := time.Duration((i+1)*(i+2)/2) * time.Second // 1, 3, 6, 10, 15
		r.Change(at, c)
		if got := r.detail().States.Total(); got != at {
			t.Errorf("the states add up to %v at %v", got, at)
		}
	}
	r.Call(20*time.Second, eventtest.Live(ms))
	want := StateTime{Closed: 6 * time.Second, Open: 2 * time.Second, HalfOpen: 3 * time.Second, ForcedOpen: 4 * time.Second, Disabled: 5 * time.Second}
	if got := r.detail().States; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	r.Change(10*time.Second, event.Change{To: breaker.Open}) // told late
	r.Call(21*time.Second, eventtest.Live(ms))
	if got := r.detail().States; got.Total() != 21*time.Second {
		t.Errorf("after a transition that was told late they add up to %v", got.Total())
	}
}

// Where the waiting went adds up to all of it, whatever the causes.
func TestWhereTheWaitingWentAddsUpToAllOfIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRig(3)
		n := rapid.IntRange(1, 200).Draw(t, "calls")
		causes := rapid.IntRange(1, 100).Draw(t, "causes")
		var calls, retries uint64
		for i := range n {
			c := eventtest.Failed(1)
			c.Attempts, c.Waited = rapid.IntRange(0, 12).Draw(t, "attempts"), 0
			for k := range c.Attempts {
				try := event.Try{Err: fmt.Sprint("error ", rapid.IntRange(0, causes).Draw(t, "error"))}
				if k+1 < c.Attempts {
					try.Wait = time.Duration(rapid.IntRange(1, 100).Draw(t, "wait")) * ms
					c.Waited += try.Wait
					retries++
				}
				c.Tries = append(c.Tries, try)
			}
			if c.Attempts > 0 {
				calls++
			}
			r.Publish(event.Event{Kind: event.CallEnded, At: time.Duration(i) * ms, Sensor: i % 3, Call: c})
		}
		s := r.snapshot(Query{Retries: true})
		var waited time.Duration
		for _, v := range s.Sensors {
			checkWaits(t, v.Retries, v.Counts.Waited)
			waited += v.Counts.Waited
		}
		checkWaits(t, s.Retries, waited)
		var attempts, waits uint64
		for _, c := range s.Retries.Calls {
			attempts += c
		}
		for _, c := range s.Retries.Causes {
			waits += c.Waits
		}
		if waits += s.Retries.Other.Waits; attempts != calls || waits != retries || s.Retries.RanOut+s.Retries.Propagated != calls {
			t.Errorf("%d calls (want %d), %d waits (want %d), %+v", attempts, calls, waits, retries, s.Retries)
		}
	})
}

func checkWaits(t *rapid.T, v RetryView, want time.Duration) {
	causes, after := v.Other.Waited, time.Duration(0)
	for i, c := range v.Causes {
		causes += c.Waited
		if i > 0 && c.Waited > v.Causes[i-1].Waited {
			t.Errorf("cause %d cost more than the one before: %+v", i, v.Causes)
		}
	}
	for _, d := range v.After {
		after += d
	}
	if causes != want || after != want || len(v.Causes) > MaxCauses {
		t.Errorf("by cause %v, by attempt %v, want %v; %d causes", causes, after, want, len(v.Causes))
	}
}

func TestWhatRetriesDid(t *testing.T) {
	r := newRig(1)
	two := eventtest.Live(100 * ms)
	two.Attempts, two.Waited = 2, 50*ms
	two.Tries = []event.Try{{Took: ms, Wait: 50 * ms, Err: "timeout"}, {Took: ms}}
	three := eventtest.Failed(1)
	three.Tries = []event.Try{{Took: ms, Wait: 50 * ms, Err: "refused"}, {Took: ms, Wait: 100 * ms, Err: "timeout"}, {Took: ms, Err: "refused"}}
	early := eventtest.Failed(2)
	early.Attempts, early.RanOut, early.Tries = 1, false, []event.Try{{Took: ms, Err: "unauthorized"}}
	many := eventtest.Live(time.Second)
	many.Attempts = 9
	for range 8 { // without a wait in between: NoDelay
		many.Tries = append(many.Tries, event.Try{Err: "busy"})
	}
	many.Tries = append(many.Tries, event.Try{})
	for i, c := range []event.Call{eventtest.Live(ms), two, three, early, eventtest.FastFail(), many} {
		r.Call(time.Duration(i+1)*time.Second, c)
	}
	want := RetryView{
		Calls:  [MaxTries]uint64{2, 1, 1, 0, 0, 0, 0, 1},
		After:  [MaxTries]time.Duration{100 * ms, 100 * ms},
		Causes: []WaitCause{{"timeout", 2, 150 * ms}, {"refused", 1, 50 * ms}, {"busy", 8, 0}},
		RanOut: 1, Propagated: 1,
	}
	if diff := cmp.Diff(want, r.detail().Retries); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
}

func TestASensorIsToldWithTheSettingsInForce(t *testing.T) {
	r := newRig(2)
	tune := func(p policy.Policy, differs bool) {
		r.Publish(event.Event{Kind: event.PolicyChanged, Tuned: &event.Tuned{Policy: p, Differs: differs}})
	}
	if s := r.all(); s.Differs || s.Sensors[0].Differs || s.Sensors[0].Policy.Retry.MaxAttempts != 0 {
		t.Errorf("at the start: %+v", s.Sensors[0].Sensor)
	}
	tune(policy.Policy{Retry: retry.Policy{MaxAttempts: 7}, Strategy: fallback.NameInterpolated, MaxAge: time.Minute}, true)
	c := eventtest.Live(ms)
	r.Call(time.Second, c)
	v := r.detail()
	if !v.Differs || v.Policy.Retry.MaxAttempts != 7 || v.Strategy != fallback.NameInterpolated || v.Policy.MaxAge != time.Minute {
		t.Errorf("tuned: %+v", v.Sensor)
	}
	r.Call(2*time.Second, eventtest.FastFail())
	if got := r.detail().Avoided; got != (Avoided{1, 7}) {
		t.Errorf("avoided %+v with seven attempts", got)
	}
	if s := r.all(); !s.Differs || s.Sensors[1].Differs {
		t.Error("one sensor is tuned, and only that one")
	}
	tune(policy.Policy{}, true)
	if v := r.detail(); v.Policy.Retry.MaxAttempts != 0 || v.Strategy != fallback.NameDrop {
		t.Errorf("with the settings that nothing stands for: %+v", v.Sensor)
	}
	tune(policy.Policy{}, false)
	if r.all().Differs {
		t.Error("put back, it still differs")
	}
}

func TestEachSuccessfulBatchHasItsPrice(t *testing.T) {
	p := PipelineView{Took: 9 * time.Second, Delivered: 3, NaiveTook: time.Second}
	if got, ok := p.PerSuccess(); got != 3*time.Second || !ok {
		t.Errorf("with policies %v, %v", got, ok)
	}
	if got, ok := p.NaivePerSuccess(); got != 0 || ok {
		t.Errorf("without a success %v, %v", got, ok)
	}
}

func TestAColumnIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(Column{}); size > 24 {
		t.Errorf("a column takes %d bytes", size)
	}
}

// realStrategy is the truth about a strategy: what the real one served.
type realStrategy struct {
	run    *event.Run
	counts []counterfactual.Counts
	marks  []ring.Of[event.Mark]
}

func (r *realStrategy) Observe(e *event.Event) {
	if e.Kind == event.RunStarted {
		r.run, r.counts, r.marks = e.Run, make([]counterfactual.Counts, len(e.Run.Sensors)), make([]ring.Of[event.Mark], len(e.Run.Sensors))
	}
	if e.Kind != event.CallEnded {
		return
	}
	c, n, mark := &e.Call, &r.counts[e.Sensor], event.MarkMissing
	switch {
	case c.Result == event.Live:
		n.Live++
		mark = event.MarkOf(c)
	case !c.Served:
		n.Dropped++
	case c.Quality == fallback.Stale:
		n.Stale++
		mark = event.MarkStale
	default:
		n.Interpolated++
		mark = event.MarkInterpolated
	}
	if c.Served && c.Result != event.Live {
		n.OldestAge = max(n.OldestAge, e.At-c.SourceAt)
		off := event.OffBy(c.Value, c.Truth)
		n.OffBy, n.MaxOff = n.OffBy+off, max(n.MaxOff, off)
		n.Judged++
	}
	r.marks[e.Sensor].Push(mark, MaxColumns)
}

// The counterfactual of the strategy that a sensor has is what the sensor served.
func TestACounterfactualServesWhatTheRealStrategyDid(t *testing.T) {
	live, served := New(WithCounterfactuals()), &realStrategy{}
	pipelineInto(t, event.NewHub(live, served), scenario.DefaultSeed, 300)
	views := live.Snapshot(Query{Strategies: true, Columns: MaxColumns}).Strategies
	seen, refused := 0, 0
	all := live.Snapshot(Query{}).Sensors
	for i := range served.run.Sensors {
		k := slices.IndexFunc(views, func(v counterfactual.Strategy) bool { return v.Name == served.run.Sensors[i].Strategy })
		got := views[k].Sensors[i]
		if got.Index != i || got.Counts != served.counts[i] {
			t.Errorf("sensor %d: %+v, want %+v", i, got.Counts, served.counts[i])
		}
		// What the page of the strategies calls delivered is what the others do, of calls
		// that failed and of calls that were refused.
		if c := all[i].Counts; got.Counts.Delivered() != c.Delivered() || got.Counts.Stale != c.Stale+c.FastFailServed() {
			t.Errorf("sensor %d: %+v, and elsewhere %+v", i, got.Counts, c)
		}
		refused += int(all[i].Counts.FastFailServed())
		if diff := cmp.Diff(served.marks[i].Last(MaxColumns), got.Marks); diff != "" {
			t.Errorf("sensor %d, marks:\n%s", i, diff)
		}
		seen += int(got.Counts.Stale)
	}
	if seen < 50 || refused < 50 {
		t.Errorf("only %d substitutes: the run says too little", seen)
	}
	var drop, sum counterfactual.Counts
	for i := range served.run.Sensors {
		drop.Add(views[0].Sensors[i].Counts)
		sum.Add(views[2].Sensors[i].Counts)
	}
	if views[0].Counts != drop || views[2].Counts != sum || drop.Stale+drop.Interpolated != 0 || drop.Dropped == 0 || sum.Interpolated == 0 {
		t.Errorf("in all: %+v and %+v", views[0].Counts, views[2].Counts)
	}
}

// The units of the pipeline differ, so sensor by sensor is all that can be said.
func TestTheNearestStrategyIsCountedSensorBySensor(t *testing.T) {
	live := New(WithCounterfactuals())
	pipelineInto(t, event.NewHub(live), scenario.DefaultSeed, 300)
	views := live.Snapshot(Query{Strategies: true}).Strategies
	nearest, compared := make([]int, len(views)), 0
	for k := range views[0].Sensors {
		last, _ := views[1].Sensors[k].Counts.MeanOff()
		mean, ok := views[2].Sensors[k].Counts.MeanOff()
		if !ok {
			continue
		}
		compared++
		switch {
		case last < mean:
			nearest[1]++
		case mean < last:
			nearest[2]++
		}
	}
	if compared < 3 || nearest[1]+nearest[2] == 0 {
		t.Fatalf("%d sensors, %v: the run says too little", compared, nearest)
	}
	for i, v := range views {
		if !v.Mixed || v.Compared != compared || v.Nearest != nearest[i] {
			t.Errorf("%s: nearest at %d of %d (mixed: %v), want %d of %d", v.Name, v.Nearest, v.Compared, v.Mixed, nearest[i], compared)
		}
	}
	one := New(WithCounterfactuals())
	r := rig{eventtest.Publisher{Hub: event.NewHub(one)}, one}
	r.Start(1)
	for _, v := range r.snapshot(everything()).Strategies {
		if v.Mixed || v.Compared != 0 || v.Nearest != 0 {
			t.Errorf("%s: %+v", v.Name, v)
		}
	}
}

func TestWhatEachStrategyWouldHaveServed(t *testing.T) {
	aggregator := New(WithCounterfactuals())
	r := rig{eventtest.Publisher{Hub: event.NewHub(aggregator)}, aggregator}
	r.Start(1)
	one := func(at time.Duration, value, truth float64, ok bool) {
		c := eventtest.Failed(1)
		if ok {
			c = eventtest.Live(ms)
			c.Value, c.SourceAt = value, at
		}
		c.Truth, c.HasTruth = truth, true
		r.Call(at, c)
	}
	one(1*time.Second, 0, 1, false) // nothing to serve yet
	one(2*time.Second, 1, 1, true)
	one(3*time.Second, 3, 3, true)
	one(5*time.Second, 0, 4, false)
	views := r.snapshot(everything()).Strategies
	want := []counterfactual.Counts{
		{Live: 2, Dropped: 2},
		{Live: 2, Dropped: 1, Stale: 1, OffBy: 1e6, MaxOff: 1e6, Judged: 1, OldestAge: 2 * time.Second},
		{Live: 2, Dropped: 1, Interpolated: 1, OffBy: 2e6, MaxOff: 2e6, Judged: 1, OldestAge: 2 * time.Second},
	}
	marks := []event.Mark{event.MarkMissing, event.MarkStale, event.MarkInterpolated}
	for i, v := range views {
		if v.Name != fallback.Names()[i] || v.Counts != want[i] || v.Sensors[0].Counts != want[i] {
			t.Errorf("%s: %+v, want %+v", v.Name, v.Counts, want[i])
		}
		if got := v.Sensors[0].Marks; !slices.Equal(got, []event.Mark{event.MarkMissing, event.MarkLive, event.MarkLive, marks[i]}) {
			t.Errorf("%s: %v", v.Name, got)
		}
	}
	last := counterfactual.Substitute{Served: true, Value: 2, SourceAt: 3 * time.Second, Truth: 4, HasTruth: true, At: 5 * time.Second}
	if got := views[2].Sensors[0].Last; got != last {
		t.Errorf("served last %+v, want %+v", got, last)
	}
	if off, ok := views[2].Counts.MeanOff(); off != 2 || !ok {
		t.Errorf("off by %v on average, %v", off, ok)
	}
	if share, ok := views[1].Counts.Freshness(); !ok || share != 2.0/3 || views[1].Counts.Calls() != 4 {
		t.Errorf("freshness %v of %+v", share, views[1].Counts)
	}
	var none counterfactual.Counts
	if _, ok := none.MeanOff(); ok {
		t.Error("nothing has a mean")
	}
	if _, ok := none.Freshness(); ok {
		t.Error("nothing is fresh")
	}
	// A shorter life of substitutes holds from the next call on.
	tuned := &event.Tuned{Policy: policy.Policy{MaxAge: 2500 * ms}}
	r.Publish(event.Event{Kind: event.PolicyChanged, At: 5 * time.Second, Tuned: tuned})
	r.Publish(event.Event{Kind: event.PolicyChanged, At: 5 * time.Second, Tuned: tuned})
	one(5500*ms, 0, 4, false)
	one(6*time.Second, 0, 4, false)
	if got := r.snapshot(everything()).Strategies[1].Counts; got.Stale != 2 || got.Dropped != 2 {
		t.Errorf("with a greatest age: %+v", got)
	}
	if New().Snapshot(everything()).Strategies != nil || newRig(1).snapshot(everything()).Strategies != nil {
		t.Error("strategies without counterfactuals")
	}
}
