package stats

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
)

func TestAnAggregatorBeforeTheRunIsEmpty(t *testing.T) {
	got := New().Snapshot(Query{Columns: 10, Batches: 10, Lines: 10})
	if diff := cmp.Diff(Snapshot{Speed: 1, ScaleTop: scaleFirst}, got); diff != "" {
		t.Error(diff)
	}
	if share, ok := (Counts{}).LiveShare(); ok || share != 0 {
		t.Errorf("a share of no calls: %v, %v", share, ok)
	}
}

func TestWhatACallCounts(t *testing.T) {
	retried := eventtest.Live(120 * ms)
	retried.Attempts, retried.Waited = 2, 50*ms
	probe := eventtest.Live(56 * ms)
	probe.Probe = true
	badProbe := eventtest.Failed(0)
	badProbe.Probe, badProbe.SourceAt = true, 4*time.Second
	interpolated := eventtest.Failed(1)
	interpolated.Result, interpolated.SourceAt = event.Interpolated, 9*time.Second
	missing := eventtest.Failed(1)
	missing.Result, missing.Served = event.Missing, false
	ignored := missing
	ignored.Outcome = breaker.Neutral
	dropped := eventtest.FastFail()
	dropped.Served = false
	staleFast := eventtest.FastFail()
	staleFast.SourceAt = 3 * time.Second
	judged := staleFast
	judged.Truth, judged.HasTruth = 4.1675, true // 4.17 is served
	liveTruth := eventtest.Live(50 * ms)
	liveTruth.Truth, liveTruth.HasTruth = 4, true
	const at = 10 * time.Second
	cases := []struct {
		name string
		call event.Call
		mark event.Mark
		want Counts
	}{
		{"live", eventtest.Live(50 * ms), event.MarkLive, Counts{Live: 1, Attempts: 1, Metrics: breaker.Metrics{TotalCalls: 1, SuccessCalls: 1}}},
		{"live after a retry", retried, event.MarkRetried, Counts{
			Live: 1, Attempts: 2, Retries: 1, RetriedCalls: 1, SavedCalls: 1, Waited: 50 * ms,
			Metrics: breaker.Metrics{TotalCalls: 1, SuccessCalls: 1},
		}},
		{"good probe", probe, event.MarkLive, Counts{Live: 1, Attempts: 1, Metrics: breaker.Metrics{TotalCalls: 1, SuccessCalls: 1, ProbeSuccessCount: 1}}},
		{"failed probe, served", badProbe, event.MarkStale, Counts{
			Stale: 1, Attempts: 3, Retries: 2, RetriedCalls: 1, Waited: 150 * ms, Served: 1, OldestServed: 6 * time.Second,
			Metrics: breaker.Metrics{TotalCalls: 1, FailureCalls: 1, ProbeFailCount: 1},
		}},
		{"interpolated", interpolated, event.MarkInterpolated, Counts{
			Interpolated: 1, Attempts: 3, Retries: 2, RetriedCalls: 1, Waited: 150 * ms, Served: 1, OldestServed: time.Second,
			Metrics: breaker.Metrics{TotalCalls: 1, FailureCalls: 1},
		}},
		{"missing", missing, event.MarkMissing, Counts{
			Missing: 1, Attempts: 3, Retries: 2, RetriedCalls: 1, Waited: 150 * ms, Metrics: breaker.Metrics{TotalCalls: 1, FailureCalls: 1},
		}},
		{"given up by the caller", ignored, event.MarkMissing, Counts{
			Missing: 1, Attempts: 3, Retries: 2, RetriedCalls: 1, Waited: 150 * ms, Metrics: breaker.Metrics{TotalCalls: 1, IgnoredCalls: 1},
		}},
		{"refused, served", staleFast, event.MarkFastFail, Counts{FastFail: 1, Served: 1, OldestServed: 7 * time.Second, Metrics: breaker.Metrics{TotalCalls: 1, FastFailCount: 1}}},
		{"refused, served and judged", judged, event.MarkFastFail, Counts{
			FastFail: 1, Served: 1, OldestServed: 7 * time.Second, OffBy: 2500, Judged: 1, Metrics: breaker.Metrics{TotalCalls: 1, FastFailCount: 1},
		}},
		{"live, no substitute to judge", liveTruth, event.MarkLive, Counts{Live: 1, Attempts: 1, Metrics: breaker.Metrics{TotalCalls: 1, SuccessCalls: 1}}},
		{"refused, nothing to serve", dropped, event.MarkFastFail, Counts{FastFail: 1, Metrics: breaker.Metrics{TotalCalls: 1, FastFailCount: 1}}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(1)
			r.Call(at, c.call)
			s := r.all()
			v := s.Sensors[0]
			if diff := cmp.Diff(c.want, v.Counts); diff != "" {
				t.Errorf("counts, want, got:\n%s", diff)
			}
			want := Column{At: at - c.call.Took, Took: c.call.Took, Mark: c.mark, State: c.call.Circuit.State, Probe: c.call.Probe}
			if diff := cmp.Diff([]Column{want}, v.Columns); diff != "" {
				t.Errorf("columns, want, got:\n%s", diff)
			}
			if col := v.Columns[0]; col.Answered() != (c.call.Result == event.Live) || col.FastFail() != !c.call.Admitted {
				t.Errorf("answered %v, refused %v", col.Answered(), col.FastFail())
			}
			answers := uint64(0)
			if c.call.Result == event.Live { // a failed call burns time; it is no answer's
				answers = 1
			}
			if v.Answers != answers || v.Calls != 1 || v.Last != c.call.Result || v.LastErr != c.call.Err || v.HasValue != c.call.Served ||
				v.LastAt != at || v.LastTook != c.call.Took || v.LastAttempts != c.call.Attempts || v.SourceAt != c.call.SourceAt {
				t.Errorf("the view says %+v", v)
			}
			if share, ok := v.Counts.LiveShare(); !ok || share != float64(answers) {
				t.Errorf("share %v, %v", share, ok)
			}
		})
	}
}

func TestTheLastFailureIsTheLastOneThatTheBreakerSaw(t *testing.T) {
	r := newRig(1)
	r.Call(time.Second, eventtest.Live(50*ms))
	if v := r.all().Sensors[0]; v.HasFailed || v.FailedAt != 0 {
		t.Errorf("nothing has failed: %v, %v", v.HasFailed, v.FailedAt)
	}
	ignored := eventtest.Failed(1)
	ignored.Outcome = breaker.Neutral
	r.Call(2*time.Second, eventtest.Failed(1))
	r.Call(3*time.Second, ignored)
	r.Call(4*time.Second, eventtest.FastFail())
	if v := r.all().Sensors[0]; !v.HasFailed || v.FailedAt != 2*time.Second {
		t.Errorf("last failure: %v, %v", v.HasFailed, v.FailedAt)
	}
}

func TestTheHeaderCountsEachSensorByItsLastCall(t *testing.T) {
	r := newRig(5)
	interpolated, missing := eventtest.Failed(1), eventtest.Failed(1)
	interpolated.Result = event.Interpolated
	missing.Result, missing.Served = event.Missing, false
	for i, c := range []event.Call{eventtest.Live(ms), eventtest.Failed(1), interpolated, eventtest.FastFail(), missing} {
		for _, c := range []event.Call{eventtest.Live(ms), eventtest.FastFail(), c} { // only the last counts
			r.Publish(event.Event{Kind: event.CallEnded, Sensor: i, Call: c})
		}
	}
	s := r.all()
	if s.Live != 1 || s.Stale != 2 || s.FastFail != 1 || s.Missing != 1 {
		t.Errorf("live %d, stale %d, fast-fail %d, missing %d", s.Live, s.Stale, s.FastFail, s.Missing)
	}
}

func TestAChangeOfStateIsKeptWithItsReason(t *testing.T) {
	r := newRig(1)
	if c := r.all().Sensors[0].Circuit; c.FailuresToTrip != 5 || c.State != breaker.Closed {
		t.Errorf("before any call: %+v", c)
	}
	steps := []struct {
		from, to breaker.State
		reason   breaker.Reason
		opens    uint64
		open     int
	}{
		{breaker.Closed, breaker.Open, breaker.TooManyFailures, 1, 1},
		{breaker.Open, breaker.HalfOpen, breaker.ProbeDue, 1, 0},
		{breaker.HalfOpen, breaker.Open, breaker.ProbeFailed, 2, 1},
		{breaker.Open, breaker.ForcedOpen, breaker.Forced, 3, 1},
		{breaker.ForcedOpen, breaker.Open, breaker.ForceReleased, 3, 1},
		{breaker.Open, breaker.Closed, breaker.WasReset, 3, 0},
		{breaker.Closed, breaker.Closed, breaker.WasReset, 3, 0},
	}
	for i, k := range steps {
		at := time.Duration(i+1) * time.Second
		r.Change(at, event.Change{From: k.from, To: k.to, Reason: k.reason})
		s := r.all()
		v := s.Sensors[0]
		if v.Counts.Metrics.CircuitOpenCount != k.opens || s.Open != k.open {
			t.Errorf("%v: %d opens, %d open now; want %d, %d", k.reason, v.Counts.Metrics.CircuitOpenCount, s.Open, k.opens, k.open)
		}
		if v.ChangedAt != at || v.LastChange.Reason != k.reason || v.Circuit.State != k.to {
			t.Errorf("%v: changed at %v by %v to %v", k.reason, v.ChangedAt, v.LastChange.Reason, v.Circuit.State)
		}
	}
	// The last opening is kept when the circuit is closed again.
	if v := r.all().Sensors[0]; v.OpenedAt != 4*time.Second || v.LastOpening.Reason != breaker.Forced {
		t.Errorf("opened at %v by %v", v.OpenedAt, v.LastOpening.Reason)
	}
}

// With concurrent callers a call can tell of a state before the transition's
// own event does.
func TestOpenCircuitsAreCountedRightWhicheverEventTellsFirst(t *testing.T) {
	r := newRig(1)
	r.Call(time.Second, eventtest.FastFail())
	if got := r.all().Open; got != 1 {
		t.Errorf("a call told of the opening: %d open", got)
	}
	r.Change(time.Second, event.Change{From: breaker.Closed, To: breaker.Open})
	if got := r.all().Open; got != 1 {
		t.Errorf("then the transition: %d open", got)
	}
	r.Change(4*time.Second, event.Change{From: breaker.Open, To: breaker.HalfOpen, Reason: breaker.ProbeDue})
	if got := r.all().Open; got != 0 {
		t.Errorf("half open: %d open", got)
	}
}

func TestThePipelineOfBatches(t *testing.T) {
	r := newRig(2)
	rounds := []event.Round{
		{Took: 50 * ms, Delivered: true, NaiveDelivered: true, NaiveTook: 40 * ms},
		{Took: 150 * ms, Delivered: true, NaiveTook: 30 * ms},
		{Took: 100 * ms},
	}
	for i, round := range rounds {
		r.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Batch: i + 1, Round: round})
	}
	retried, old := eventtest.Live(120*ms), eventtest.FastFail()
	retried.Attempts = 3
	old.SourceAt = 4 * time.Second
	for i, c := range []event.Call{retried, eventtest.Failed(1), old, eventtest.Live(ms)} {
		c.Start = 9 * time.Second
		r.Publish(event.Event{Kind: event.CallEnded, At: 9 * time.Second, Batch: 3, Sensor: i % 2, Call: c})
	}
	want := PipelineView{
		Batches: 3, Delivered: 2, NaiveDelivered: 1, Took: 300 * ms, NaiveTook: 70 * ms,
		With: []bool{true, false}, Naive: []bool{false, false},
		RetriedCalls: 2, SavedCalls: 1, FastFail: 1, Served: 2, FastFailServed: 1, OldestServed: 9 * time.Second,
		Attempts: 7, NaiveAttempts: 6, Asked: 6, NaiveReadings: 2, // the calls are of a batch that has not ended
	}
	if diff := cmp.Diff(want, r.snapshot(Query{Batches: 2}).Pipeline); diff != "" {
		t.Error(diff)
	}
	for range MaxBatches {
		r.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Round: event.Round{Delivered: true}})
	}
	p := r.snapshot(Query{Batches: 2 * MaxBatches}).Pipeline
	if p.Readings != 4 { // of the batch that the four calls belong to, and of no later one
		t.Errorf("%d readings", p.Readings)
	}
	if len(p.With) != MaxBatches || !p.With[0] || p.Batches != MaxBatches+3 {
		t.Errorf("%d marks of %d batches", len(p.With), p.Batches)
	}
}

func TestThePaceAndTheEndAreTold(t *testing.T) {
	r := newRig(1)
	r.Publish(event.Event{Kind: event.CommandTaken, Sensor: event.NoSensor, Taken: &event.Taken{Paused: true, Speed: 4}})
	s := r.all()
	if !s.Paused || s.Speed != 4 || s.Ended || s.LinesTotal != 0 {
		t.Errorf("%+v", s)
	}
	r.Publish(event.Event{Kind: event.RunEnded, Sensor: event.NoSensor, At: 15 * time.Second, Batch: 30, Taken: &event.Taken{Text: "the run has ended"}})
	s = r.all()
	if !s.Ended || s.EndText != "the run has ended" || s.At != 15*time.Second || s.Batch != 30 || s.LinesTotal != 1 {
		t.Errorf("%+v", s)
	}
	if !s.Paused || s.Speed != 4 {
		t.Error("the end changed the pace")
	}
}

func TestARestartForgetsAllButThePace(t *testing.T) {
	r := newRig(5)
	r.Publish(event.Event{Kind: event.CommandTaken, Sensor: event.NoSensor, Taken: &event.Taken{Text: "you pressed +: speed 2x", Paused: true, Speed: 2}})
	for i := range 100 {
		r.Call(time.Duration(i)*time.Second, eventtest.Failed(1))
	}
	r.Change(time.Minute, event.Change{From: breaker.Closed, To: breaker.Open})
	r.Fault(event.FaultBegan, time.Minute, event.Fault{Label: "crash"})
	r.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Batch: 7, Round: event.Round{Took: ms}})
	r.Publish(event.Event{Kind: event.RunEnded, Sensor: event.NoSensor, Taken: &event.Taken{Text: "over"}})
	before := r.all()

	r.Start(3)
	fresh := newRig(3)
	got, want := r.all(), fresh.all()
	if got.Version <= before.Version {
		t.Errorf("version %d after %d: a reader would take the new run for the old one", got.Version, before.Version)
	}
	want.Version, want.Paused, want.Speed = got.Version, true, 2
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a new run, the old one's remains:\n%s", diff)
	}
}

func TestAStartMayTellThePaceAndWhatIsOpenAlready(t *testing.T) {
	r := newRig(1)
	run := eventtest.Run(2)
	run.Sensors[1].Initial.State = breaker.ForcedOpen
	r.Publish(event.Event{
		Kind: event.RunStarted, Sensor: event.NoSensor, Run: run, Taken: &event.Taken{Paused: true, Speed: 8},
	})
	s := r.all()
	if !s.Paused || s.Speed != 8 || s.LinesTotal != 0 {
		t.Errorf("paused %v, speed %v, %d lines", s.Paused, s.Speed, s.LinesTotal)
	}
	if s.Open != 1 || s.Sensors[1].Circuit.State != breaker.ForcedOpen {
		t.Errorf("%d open, S1 is %v", s.Open, s.Sensors[1].Circuit.State)
	}
	r.Publish(event.Event{Kind: event.StateChanged, Sensor: 1, Change: &event.Change{From: breaker.ForcedOpen, Reason: breaker.WasReset}})
	if s := r.all(); s.Open != 0 {
		t.Errorf("%d open after its reset", s.Open)
	}
}

func TestEventsOfUnknownSensorsAreNotCounted(t *testing.T) {
	r := newRig(2)
	for _, sensor := range []int{event.NoSensor, 2, 99} {
		r.Publish(event.Event{Kind: event.CallEnded, Sensor: sensor, Call: eventtest.Live(ms)})
		r.Publish(event.Event{Kind: event.FaultBegan, Sensor: sensor, Fault: &event.Fault{Label: "crash"}})
	}
	if s := r.all(); s.Live != 0 || s.Faults != 0 || s.Injected || s.Pipeline.FastFail != 0 {
		t.Errorf("%+v", s)
	}
}

func TestASnapshotHoldsWhatWasAskedFor(t *testing.T) {
	r := newRig(5)
	for i := range 600 {
		r.Call(time.Duration(i)*time.Second, eventtest.Failed(1))
	}
	s := r.snapshot(Query{Sensors: []int{3, 0, -1, 5, 0}, Columns: 7, Lines: 3})
	var ids string
	for _, v := range s.Sensors {
		ids += fmt.Sprint(v.ID, v.Index, " ")
	}
	if ids != "S33 S00 S00 " {
		t.Errorf("sensors %s", ids)
	}
	if n := len(s.Sensors[1].Columns); n != 7 || s.Sensors[1].Columns[6].At != 599*time.Second-153*ms || s.Sensors[0].Columns != nil {
		t.Errorf("%d columns", n)
	}
	if len(s.Lines) != 3 || s.Lines[2].At != 599*time.Second || s.LinesTotal != 600 {
		t.Errorf("%d lines of %d", len(s.Lines), s.LinesTotal)
	}
	if s := r.snapshot(Query{Sensors: []int{}}); s.Sensors != nil || s.Lines != nil {
		t.Errorf("nothing was asked for: %d sensors, %d lines", len(s.Sensors), len(s.Lines))
	}
	s = r.snapshot(Query{Columns: 9999, Lines: 9999})
	if len(s.Sensors) != 5 || len(s.Sensors[0].Columns) != MaxColumns || len(s.Lines) != MaxLines {
		t.Errorf("%d sensors, %d columns, %d lines", len(s.Sensors), len(s.Sensors[0].Columns), len(s.Lines))
	}
}

func TestPercentilesComeWithTheFirstAnswer(t *testing.T) {
	r := newRig(1)
	r.Call(time.Second, eventtest.Failed(1))
	if v := r.all().Sensors[0]; v.Answers != 0 || v.P50 != 0 || v.Max != 0 {
		t.Errorf("a failure is no answer: %+v", v)
	}
	for i := range 100 {
		r.Call(2*time.Second, eventtest.Live(time.Duration(i+1)*ms))
	}
	v := r.all().Sensors[0]
	if v.Answers != 100 || v.Max != 100*ms {
		t.Errorf("%d answers, max %v", v.Answers, v.Max)
	}
	for p, got := range map[int]time.Duration{50: v.P50, 95: v.P95, 99: v.P99} {
		want := time.Duration(p) * ms
		if (got - want).Abs() > want/25 {
			t.Errorf("p%d is %v", p, got)
		}
	}
}
