package stats

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/sentence"
	"resiltui/internal/stats/verdict"
)

// everyEvent keeps every event: the log that a verdict is held against.
type everyEvent struct{ events []event.Event }

func (k *everyEvent) Observe(e *event.Event) { k.events = append(k.events, *e) }

// scripted runs the pipeline with a script, and returns its log and verdicts.
func scripted(t *testing.T, seed uint64, batches int, script ...engine.Scripted) ([]event.Event, []verdict.Verdict) {
	t.Helper()
	log, counts := &everyEvent{}, New()
	pipelineInto(t, event.NewHub(counts, log), seed, batches, script...)
	return log.events, counts.Snapshot(Query{Verdicts: MaxVerdicts}).Verdicts
}

// at is a command at the start of a batch.
func at(batch int, op event.Op, by string, sensor ...int) engine.Scripted {
	return engine.Scripted{Batch: batch, Command: event.Command{Op: op, Sensors: sensor, By: by}}
}

func injected(batch int, f fault.Fault, sensor ...int) engine.Scripted {
	s := at(batch, event.Inject, "a script", sensor...)
	s.Command.Fault = f
	return s
}

// fromTheLog works verdicts out as docs/verdict.md defines them: by looking
// through the whole log for each figure, without a state that is carried along.
func fromTheLog(log []event.Event, sensor int) (out []verdict.Verdict) {
	var own []event.Event
	for _, e := range log {
		if e.Sensor == sensor {
			own = append(own, e)
		}
	}
	for first := 0; first < len(own); first++ {
		if own[first].Kind != event.FaultBegan {
			continue
		}
		last := lastOf(own, first)
		if last < 0 {
			return out // not back yet
		}
		out = append(out, oneFromTheLog(own, first, last, log[0].Run.Sensors[sensor]))
		first = last
	}
	return out
}

// faultsUpTo is how many faults are active after event k, and when the last one
// that had ended did.
func faultsUpTo(own []event.Event, first, k int) (active int, ended time.Duration) {
	for _, e := range own[first : k+1] {
		switch e.Kind {
		case event.FaultBegan:
			active++
		case event.FaultEnded:
			active--
			ended = max(ended, e.Fault.Start+e.Fault.Lasted)
		}
	}
	return active, ended
}

// lastOf is the event with which the episode is over, or -1.
func lastOf(own []event.Event, first int) int {
	for k := first; k < len(own); k++ {
		e := own[k]
		if e.Kind != event.CallEnded || e.Call.Result != event.Live || e.Call.Circuit.State == breaker.HalfOpen {
			continue
		}
		if active, ended := faultsUpTo(own, first, k); active == 0 && e.Call.Start >= ended {
			return k
		}
	}
	return -1
}

// oneFromTheLog is the verdict of the episode from one event to another.
func oneFromTheLog(own []event.Event, first, last int, info event.Sensor) verdict.Verdict {
	began := own[first].At
	_, ended := faultsUpTo(own, first, last)
	v := verdict.Verdict{
		Sensor: own[first].Sensor, ID: info.ID, Name: info.ID + " " + info.Name,
		Began: began, Ended: ended, Over: own[last].At, Batch: own[last].Batch, Back: own[last].At - ended,
	}
	before := breaker.Closed
	for _, e := range own[:first] {
		if e.Kind == event.StateChanged {
			before = e.Change.To
		}
	}
	var calls []event.Event
	var opening *event.Event
	for k := first; k <= last; k++ {
		e := &own[k]
		switch {
		case e.Kind == event.CallEnded && e.Call.Start >= began:
			calls = append(calls, *e)
		case e.Kind == event.StateChanged && opening == nil && (e.Change.To == breaker.Open || e.Change.To == breaker.ForcedOpen):
			opening = e
		case e.Kind == event.FaultBegan && !slices.Contains(v.Labels, e.Fault.Label):
			v.Labels = append(v.Labels, e.Fault.Label)
		}
	}
	if before == breaker.Closed && opening != nil && opening.Change.To == breaker.Open {
		v.Seen, v.SeenAfter = true, opening.At-began
		for _, e := range calls {
			if e.Call.Admitted && e.Call.Start <= opening.At {
				v.SeenCalls++
				v.SeenAttempts += e.Call.Attempts
			}
		}
	}
	for _, e := range calls {
		figuresOf(&v, e, own)
	}
	return v
}

// figuresOf adds what one call gives to the figures.
func figuresOf(v *verdict.Verdict, e event.Event, own []event.Event) {
	c := e.Call
	if !c.Admitted && !c.Held {
		v.FastFail++
		if !c.Faulted {
			v.FastFailWhileWell++
		}
	}
	if c.Faulted {
		v.Attempts += c.Attempts
		v.Avoided += c.Avoided
	}
	off := math.Round(math.Abs(c.Value-c.Truth)*1e6) / 1e6
	switch {
	case c.Served && c.Result != event.Live:
		v.Served++
		if c.Result == event.FastFail && !c.Held {
			v.FastFailServed++
		}
		v.Judged++
		v.Oldest = max(v.Oldest, e.At-c.SourceAt)
		v.Off = max(v.Off, off)
	case c.Result == event.Live && c.Faulted && wrongAt(own, c.Start):
		v.Wrong++
		v.WrongOff = max(v.WrongOff, off)
	}
}

// wrongAt is true where a fault that makes values wrong was active.
func wrongAt(own []event.Event, at time.Duration) bool {
	active := map[fault.Number]bool{}
	for _, e := range own {
		if e.At > at {
			break
		}
		switch e.Kind {
		case event.FaultBegan:
			active[e.Fault.Kind] = true
		case event.FaultEnded:
			delete(active, e.Fault.Kind)
		}
	}
	for kind := range active {
		if kind.WrongValue() {
			return true
		}
	}
	return false
}

// compare holds verdicts against those worked out from the log. Why is words.
func compare(t *testing.T, what string, log []event.Event, got []verdict.Verdict) {
	t.Helper()
	var want []verdict.Verdict
	for i := range log[0].Run.Sensors {
		want = append(want, fromTheLog(log, i)...)
	}
	for i := range got {
		if got[i].Seen != (got[i].Why == "") {
			t.Errorf("%s: seen %v, because %q", what, got[i].Seen, got[i].Why)
		}
		got[i].Why = ""
		got[i].Operator, got[i].MoreActs = nil, 0
	}
	slices.SortStableFunc(got, func(a, b verdict.Verdict) int { return a.Sensor - b.Sensor })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: from the log, and from the aggregator:\n%s", what, diff)
	}
}

func TestTheVerdictIsWhatTheLogSaysForEveryKindOfFault(t *testing.T) {
	for _, kind := range fault.Kinds() {
		found, seen := 0, 0
		for seed := range uint64(6) {
			for _, sensor := range []int{1, 3} {
				what := fmt.Sprintf("%s, seed %d, S%d", kind.Name, seed, sensor)
				byHand := kind.Default
				expiring := byHand
				expiring.Until = 4300 * ms
				log, got := scripted(t, seed, 120,
					injected(20, byHand, sensor), at(34, event.Recover, "you pressed r", sensor),
					injected(70, expiring, sensor))
				found += len(got)
				for _, v := range got {
					if v.Seen {
						seen++
					}
				}
				compare(t, what, log, got)
			}
		}
		if found < 12 {
			t.Errorf("%s: only %d verdicts", kind.Name, found)
		}
		if kind.Number == fault.Crash && seen < 20 {
			t.Errorf("%s: seen in %d of %d", kind.Name, seen, found)
		}
	}
}

func TestTheVerdictIsWhatTheLogSaysWhereFaultsMeetAndOperatorsAct(t *testing.T) {
	slow := fault.Default(fault.Slow)
	slower := slow
	slower.Extra = 300 * ms
	found := 0
	for seed := range uint64(8) {
		log, got := scripted(t, seed, 120,
			injected(10, fault.Default(fault.Crash)), injected(14, slow, 3), injected(16, slower, 3),
			injected(18, fault.Default(fault.Corrupt), 0),
			at(20, event.ToggleForced, "you pressed o", 0), at(26, event.ToggleForced, "you pressed o", 0),
			at(28, event.ResetBreaker, "you pressed u", 3), at(30, event.Recover, "you pressed R"),
			injected(60, fault.Default(fault.Hang), 4), at(61, event.Recover, "you pressed r", 4),
			injected(62, fault.Default(fault.Stuck), 4), at(66, event.Recover, "you pressed r", 4))
		found += len(got)
		compare(t, fmt.Sprintf("seed %d", seed), log, got)
	}
	if found < 24 {
		t.Errorf("only %d verdicts", found)
	}
}

// 14 batches met the crash, each call would have made its three attempts.
func TestACrashWouldHaveTakenEveryAttemptWithoutTheBreaker(t *testing.T) {
	log, got := scripted(t, 42, 60, injected(10, fault.Default(fault.Crash), 3), at(24, event.Recover, "you pressed r", 3))
	if len(got) != 1 {
		t.Fatalf("%d verdicts", len(got))
	}
	v := got[0]
	if v.Without() != 14*3 || v.AvoidedAtMost || v.Lasted() != 7*time.Second || v.Faults() != "crash" {
		t.Errorf("14 crashed calls of 3 attempts: %+v", v)
	}
	if v.SeenCalls != 5 || v.SeenAttempts != 15 || v.Attempts != 18 || v.FastFail != 12 || v.FastFailWhileWell != 4 || v.Served != 18 {
		t.Errorf("%+v", v)
	}
	for _, e := range log {
		if c := e.Call; e.Kind == event.CallEnded && (c.Admitted && c.Avoided != 0 || !c.Admitted && c.Avoided == 0) {
			t.Errorf("admitted %v, %d avoided", c.Admitted, c.Avoided)
		}
	}
}

func TestAVerdictIsALineOfItsOwn(t *testing.T) {
	r := newRig(4)
	crash := event.Fault{Fault: fault.Fault{Kind: fault.Crash, Start: time.Second}, Label: "crash"}
	r.Publish(event.Event{Kind: event.FaultBegan, At: time.Second, Sensor: 3, Fault: &crash})
	ended := crash
	ended.Lasted = time.Second
	r.Publish(event.Event{Kind: event.FaultEnded, At: 2 * time.Second, Sensor: 3, Fault: &ended})
	before := r.all()
	if before.LinesTotal != 2 || len(before.Verdicts) != 0 {
		t.Fatalf("%d lines, %d verdicts before it is back", before.LinesTotal, len(before.Verdicts))
	}
	c := eventtest.Live(50 * ms)
	c.Start = 2 * time.Second
	r.Publish(event.Event{Kind: event.CallEnded, At: 2050 * ms, Batch: 5, Sensor: 3, Call: c})
	s := r.snapshot(Query{Lines: 1, Verdicts: 5})
	want := sentence.Line{
		Seq: 4, At: 2050 * ms, Batch: 5, Sensor: 3, ID: "S3", Name: "S3 coolant",
		Topic: sentence.TopicInfo, Text: "verdict: not seen, 0 attempts, back 0.1 s after",
	}
	if diff := cmp.Diff([]sentence.Line{want}, s.Lines); diff != "" || s.LinesTotal != 3 {
		t.Errorf("%d lines: %s", s.LinesTotal, diff)
	}
	if len(s.Verdicts) != 1 || s.Verdicts[0].Back != 50*ms {
		t.Errorf("%+v", s.Verdicts)
	}
}

// told publishes an event of S0 in the episode under test.
func (r rig) told(kind event.Kind, at time.Duration, f fault.Number, label string) {
	e := &event.Fault{Fault: fault.Fault{Kind: f, Start: time.Second}, Label: label, Lasted: at - time.Second}
	r.Fault(kind, at, *e)
}

func TestABreakerThatWasSwitchedInTheEpisodeSaysSo(t *testing.T) {
	off := event.Change{From: breaker.Closed, To: breaker.Disabled, Reason: breaker.WasDisabled}
	on := event.Change{From: breaker.Disabled, To: breaker.Closed, Reason: breaker.WasEnabled}
	open := event.Change{From: breaker.Closed, To: breaker.Open, Reason: breaker.TooManyFailures}
	for want, changes := range map[string][3]event.Change{ // before, in and later in the episode
		"the breaker was off when the fault began":                  {off, on, open},
		"the breaker was switched off before it opened the circuit": {{}, off, on},
	} {
		r := newRig(1)
		if changes[0].Reason != 0 {
			r.Change(0, changes[0])
		}
		r.told(event.FaultBegan, time.Second, fault.Crash, "x")
		call := eventtest.Failed(1)
		call.Faulted, call.Took = true, ms
		r.Call(1100*ms, call)
		r.Change(1200*ms, changes[1])
		r.Change(1300*ms, changes[2])
		r.told(event.FaultEnded, 2*time.Second, fault.Crash, "x")
		r.Call(3*time.Second, eventtest.Live(ms))
		v := r.snapshot(Query{Verdicts: 1}).Verdicts
		if len(v) != 1 || v[0].Seen || v[0].Why != want {
			t.Errorf("%+v, want %q", v, want)
		}
	}
}

func TestWhyABreakerDidNotSeeAFault(t *testing.T) {
	ignored := eventtest.Failed(0)
	ignored.Outcome = breaker.Neutral
	for _, c := range []struct {
		want   string
		kind   fault.Number
		before breaker.State
		call   event.Call
		forced bool
	}{
		{"the breaker is off", fault.Crash, breaker.Disabled, eventtest.Failed(1), false},
		{"the circuit was OPEN already", fault.Crash, breaker.Open, eventtest.FastFail(), false},
		{"the circuit was forced open by hand", fault.Crash, breaker.Closed, eventtest.Failed(1), true},
		{"1 of 2 calls failed, too few to open the circuit", fault.Crash, breaker.Closed, eventtest.Failed(1), false},
		{"the values were wrong, and no policy can see that", fault.Drift, breaker.Closed, eventtest.Live(ms), false},
		{"callers gave up, and that is no failure", fault.CallerCancel, breaker.Closed, ignored, false},
		{"no call failed", fault.Slow, breaker.Closed, eventtest.Live(ms), false},
	} {
		r := newRig(1)
		if c.before != breaker.Closed {
			r.Change(0, event.Change{From: breaker.Closed, To: c.before})
		}
		r.told(event.FaultBegan, time.Second, c.kind, "x")
		c.call.Faulted, c.call.Took = true, ms
		r.Call(1100*ms, c.call)
		if c.forced {
			r.Change(1200*ms, event.Change{From: breaker.Closed, To: breaker.ForcedOpen, Reason: breaker.Forced, By: "you pressed o"})
		}
		r.told(event.FaultEnded, 2*time.Second, c.kind, "x")
		r.Call(3*time.Second, eventtest.Live(ms))
		v := r.snapshot(Query{Verdicts: 1}).Verdicts
		if len(v) != 1 || v[0].Seen || v[0].Why != c.want {
			t.Errorf("%+v, want %q", v, c.want)
		}
		if c.forced && !slices.Equal(v[0].Operator, []string{"you pressed o: forced open 0.2 s in"}) {
			t.Errorf("by hand: %q", v[0].Operator)
		}
	}
}

func TestAnEpisodeGoesOnUntilTheSensorIsBack(t *testing.T) {
	r := newRig(1)
	r.told(event.FaultBegan, time.Second, fault.Crash, "crash")
	r.Publish(event.Event{Kind: event.PolicyChanged, At: 1200 * ms, Tuned: &event.Tuned{By: "you pressed t"}})
	stillOpen := eventtest.Live(ms)
	stillOpen.Circuit.State = breaker.HalfOpen
	early := eventtest.Live(1500 * ms) // began before the fault ended
	r.Call(1500*ms, eventtest.Live(ms))
	r.told(event.FaultEnded, 2*time.Second, fault.Crash, "crash")
	r.Call(2500*ms, early)
	r.Call(2600*ms, stillOpen)
	r.Call(2700*ms, eventtest.Failed(1))
	r.told(event.FaultBegan, 2800*ms, fault.Slow, "slow")
	r.Call(2900*ms, eventtest.Live(ms))
	if v := r.snapshot(Query{Verdicts: 1}).Verdicts; len(v) != 0 {
		t.Fatalf("it is not back yet: %+v", v)
	}
	r.told(event.FaultEnded, 3*time.Second, fault.Slow, "slow")
	r.Call(3100*ms, eventtest.Live(ms))
	v := r.snapshot(Query{Verdicts: 9}).Verdicts
	if len(v) != 1 || v[0].Faults() != "crash + slow" || v[0].Began != time.Second || v[0].Ended != 3*time.Second || v[0].Back != 100*ms || !slices.Equal(v[0].Operator, []string{"you pressed t: settings changed 0.2 s in"}) {
		t.Errorf("%+v", v)
	}
}

func TestWhatAnEpisodeKeepsIsBounded(t *testing.T) {
	r := newRig(1)
	for i := range 7 {
		r.told(event.FaultBegan, time.Second, fault.Crash, fmt.Sprint("f", i))
	}
	for _, reason := range []breaker.Reason{breaker.Forced, breaker.ForceReleased, breaker.WasReset, breaker.WasDisabled, breaker.WasEnabled, breaker.WasReset} {
		r.Change(time.Second, event.Change{Reason: reason})
	}
	r.Publish(event.Event{Kind: event.PolicyChanged, At: time.Second, Tuned: &event.Tuned{By: "you pressed t"}})
	for range 7 {
		r.told(event.FaultEnded, 2*time.Second, fault.Crash, "f")
	}
	r.Call(3*time.Second, eventtest.Live(ms))
	v := r.snapshot(Query{Verdicts: 1}).Verdicts[0]
	if len(v.Labels) != 4 || v.MoreFaults != 3 || !strings.HasSuffix(v.Faults(), "f3 + 3 more") {
		t.Errorf("%q and %d others: %s", v.Labels, v.MoreFaults, v.Faults())
	}
	if want := []string{"forced open 0.0 s in", "released 0.0 s in", "reset 0.0 s in", "breaker off 0.0 s in"}; !slices.Equal(v.Operator, want) || v.MoreActs != 3 {
		t.Errorf("%q and %d others", v.Operator, v.MoreActs)
	}
	for i := range 2 * MaxVerdicts {
		at := time.Duration(10+i) * time.Second
		f := event.Fault{Fault: fault.Fault{Kind: fault.Slow, Start: at}, Label: "slow", Lasted: ms}
		r.Fault(event.FaultBegan, at, f)
		r.Fault(event.FaultEnded, at+ms, f)
		r.Call(at+3*ms, eventtest.Live(ms))
	}
	all := r.snapshot(Query{Verdicts: 1000}).Verdicts
	if len(all) != MaxVerdicts || all[MaxVerdicts-1].Began != time.Duration(9+2*MaxVerdicts)*time.Second {
		t.Errorf("%d verdicts", len(all))
	}
}

func TestACopyOfTheAggregatorJudgesByItself(t *testing.T) {
	r := newRig(1)
	r.told(event.FaultBegan, time.Second, fault.Crash, "crash")
	copied := r.aggregator.Clone()
	r.told(event.FaultBegan, time.Second, fault.Slow, "slow")
	for _, e := range []event.Event{
		{Kind: event.FaultEnded, At: 2 * time.Second, Fault: &event.Fault{Fault: fault.Fault{Kind: fault.Crash, Start: time.Second}, Lasted: time.Second}},
		{Kind: event.CallEnded, At: 3 * time.Second, Call: event.Call{Start: 3 * time.Second, Result: event.Live}},
	} {
		copied.Observe(&e)
	}
	if v := copied.Snapshot(Query{Verdicts: 1}).Verdicts; len(v) != 1 || v[0].Faults() != "crash" {
		t.Errorf("%+v", v)
	}
	if v := r.snapshot(Query{Verdicts: 1}).Verdicts; len(v) != 0 {
		t.Errorf("the first one knows %+v", v)
	}
}
