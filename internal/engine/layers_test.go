package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
)

const ms = time.Millisecond

// told3 are the attempts of a call of three that all fail.
func told3(start time.Duration, err string, took time.Duration) []event.Try {
	second := start + took + 50*ms
	third := second + took + 100*ms
	return []event.Try{
		{Start: start, Took: took, Wait: 50 * ms, Err: err},
		{Start: second, Took: took, Wait: 100 * ms, Err: err},
		{Start: third, Took: took, Err: err},
	}
}

func TestACallIsRecordedExactly(t *testing.T) {
	tests := []struct {
		name  string
		plans []sensors.Plan // by attempt
		calls int            // the last of them is looked at
		want  event.Call
	}{
		{
			"live at the first attempt",
			[]sensors.Plan{good(7)},
			1,
			event.Call{
				Number: 1, Took: 50 * ms, Result: event.Live, Served: true, Value: 7, SourceAt: 50 * ms,
				Attempts: 1, Admitted: true,
			},
		},
		{
			"live at the second attempt",
			[]sensors.Plan{bad("bad frame"), good(7)},
			1,
			event.Call{
				Number: 1, Took: 150 * ms, Result: event.Live, Served: true, Value: 7, SourceAt: 150 * ms,
				Attempts: 2, Waited: 50 * ms, Admitted: true,
				Tries: []event.Try{{Took: 50 * ms, Wait: 50 * ms, Err: "bad frame"}, {Start: 100 * ms, Took: 50 * ms}},
			},
		},
		{
			"missing: nothing was known",
			[]sensors.Plan{bad("bad frame")},
			1,
			event.Call{
				Number: 1, Took: 300 * ms, Result: event.Missing, Attempts: 3, Waited: 150 * ms,
				Tries: told3(0, "bad frame", 50*ms), Err: "bad frame", Admitted: true, Outcome: breaker.Failure,
				Circuit: breaker.Circuit{Failures: 1},
			},
		},
		{
			"stale: the last known good value",
			[]sensors.Plan{good(7), bad("bad frame")},
			2,
			event.Call{
				Number: 2, Start: 50 * ms, Took: 300 * ms, Result: event.Stale, Served: true,
				Quality: fallback.Stale, Value: 7, SourceAt: 50 * ms, Attempts: 3, Waited: 150 * ms,
				Tries: told3(50*ms, "bad frame", 50*ms), Err: "bad frame", Admitted: true, Outcome: breaker.Failure,
				Circuit: breaker.Circuit{Failures: 1},
			},
		},
		{
			"the timeout is each attempt's own",
			[]sensors.Plan{hang()},
			1,
			event.Call{
				Number: 1, Took: 900 * ms, Result: event.Missing, Attempts: 3, Waited: 150 * ms,
				Tries: told3(0, "no answer within 250 ms", 250*ms), Err: "no answer within 250 ms",
				Admitted: true, Outcome: breaker.Failure, Circuit: breaker.Circuit{Failures: 1},
			},
		},
		{
			"a permanent error is passed on at once",
			[]sensors.Plan{{Err: retry.Permanent(errOdd)}},
			1,
			event.Call{
				Number: 1, Took: 50 * ms, Result: event.Missing, Attempts: 1,
				Tries: []event.Try{{Took: 50 * ms, Err: "odd"}}, Err: "odd",
				Admitted: true, Outcome: breaker.Failure, Circuit: breaker.Circuit{Failures: 1},
			},
		},
		{
			"an ignored error says nothing about the sensor",
			[]sensors.Plan{{Err: retry.Permanent(breaker.Ignored(errOdd))}},
			1,
			event.Call{
				Number: 1, Took: 50 * ms, Result: event.Missing, Attempts: 1,
				Tries: []event.Try{{Took: 50 * ms, Err: "odd"}}, Err: "odd", Admitted: true, Outcome: breaker.Neutral,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, layers(), inTurn(tt.plans...))
			calls := b.read(t, tt.calls)
			want := tt.want
			want.InFlight, want.RanOut = 1, want.Result != event.Live && want.Attempts == 3
			want.Circuit.FailuresToTrip = 5 - want.Circuit.Failures
			if diff := cmp.Diff(want, calls[len(calls)-1]); diff != "" {
				t.Error(diff)
			}
			if events := b.of(event.CallEnded); events[len(events)-1].At != want.Start+want.Took {
				t.Errorf("told at %v", events[len(events)-1].At)
			}
		})
	}
}

// The breaker counts calls and not attempts, so retry is within it; the refused
// call is served, so the fallback is around it.
func TestTheBreakerStandsBetweenRetryAndFallback(t *testing.T) {
	b := newBench(t, layers(), inTurn(good(7), bad("bad frame")))
	calls := b.read(t, 7)
	for i, c := range calls[1:6] {
		if c.Result != event.Stale || c.Attempts != 3 {
			t.Errorf("call %d: %v after %d attempts", i+2, c.Result, c.Attempts)
		}
	}
	if got := b.client.Breaker().Metrics(); got.FailureCalls != 5 || got.CircuitOpenCount != 1 {
		t.Errorf("metrics %+v", got)
	}
	last := calls[6]
	opened := last.Start
	want := event.Call{
		Number: 7, InFlight: 1, Start: opened, Result: event.FastFail, Served: true, Quality: fallback.Stale, Value: 7,
		SourceAt: 50 * ms, Err: "OPEN, refused", Avoided: 3,
		Circuit: breaker.Circuit{
			State: breaker.Open, Since: opened,
			ProbeAt: opened + 3*time.Second, OpenFor: 3 * time.Second, Opens: 1,
		},
	}
	if diff := cmp.Diff(want, last); diff != "" {
		t.Error(diff)
	}
}

func TestARefusedCallSendsNothingAndTakesNoTime(t *testing.T) {
	b := newBench(t, layers(), inTurn(bad("bad frame")))
	b.read(t, 5)
	sent, now := len(b.sensor.requests()), b.clock.Now()
	for _, c := range b.read(t, 100) {
		if c.Admitted || c.Attempts != 0 || c.Took != 0 || c.Waited != 0 || c.Tries != nil || c.Probe {
			t.Fatalf("%+v", c)
		}
		// Nothing can be served, and it is a fast-fail all the same.
		if c.Result != event.FastFail || c.Served || c.Value != 0 {
			t.Fatalf("%v, served %v", c.Result, c.Served)
		}
	}
	if n := len(b.sensor.requests()); n != sent {
		t.Errorf("%d requests were sent", n-sent)
	}
	if b.clock.Now() != now {
		t.Errorf("they took %v", b.clock.Now()-now)
	}
}

func TestProbesAreFlaggedAndTwoGoodOnesClose(t *testing.T) {
	plans := make([]sensors.Plan, 15, 16) // five calls of three attempts
	for i := range plans {
		plans[i] = bad("bad frame")
	}
	b := newBench(t, layers(), inTurn(append(plans, good(1))...))
	b.read(t, 5)
	b.sleep(t, 3*time.Second)
	calls := b.read(t, 3)
	want := []struct {
		probe bool
		state breaker.State
		good  int
	}{{true, breaker.HalfOpen, 1}, {true, breaker.Closed, 0}, {false, breaker.Closed, 0}}
	for i, w := range want {
		if c := calls[i]; c.Probe != w.probe || c.Circuit.State != w.state || c.Circuit.Good != w.good {
			t.Errorf("call %d: probe %v, %v, %d good", i+1, c.Probe, c.Circuit.State, c.Circuit.Good)
		}
	}
	b.checkChanges(t, []event.Change{
		{
			From: breaker.Closed, To: breaker.Open, Reason: breaker.TooManyFailures, OpenFor: 3 * time.Second,
			Count: 5, Cause: "bad frame", FirstBatch: 1, LastBatch: 5, Attempts: 15,
		},
		{From: breaker.Open, To: breaker.HalfOpen, Reason: breaker.ProbeDue, OpenFor: 3 * time.Second, LastBatch: 6},
		{From: breaker.HalfOpen, To: breaker.Closed, Reason: breaker.ProbesSucceeded, Count: 2, LastBatch: 7},
	})
}

// checkChanges compares the transitions, without the circuit behind each.
func (b *bench) checkChanges(t *testing.T, want []event.Change) {
	t.Helper()
	var got []event.Change
	for _, e := range b.of(event.StateChanged) {
		c := *e.Change
		if c.Circuit.State != c.To || c.Circuit.Since != e.At || e.Batch != c.LastBatch {
			t.Errorf("%v to %v at %v of batch %d: circuit %+v", c.From, c.To, e.At, e.Batch, c.Circuit)
		}
		c.Circuit = breaker.Circuit{}
		got = append(got, c)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAnOpeningNamesItsCausesAndHowOften(t *testing.T) {
	b := newBench(t, layers(), byCall(bad("bad frame"), bad("bus busy"), hang(), bad("bad frame"), bad("bad frame")))
	b.read(t, 5)
	b.checkChanges(t, []event.Change{{
		From: breaker.Closed, To: breaker.Open, Reason: breaker.TooManyFailures, OpenFor: 3 * time.Second,
		Count: 5, Cause: "3 bad frame, 1 bus busy, 1 no answer within 250 ms",
		FirstBatch: 1, LastBatch: 5, Attempts: 15,
	}})
}

func TestTheStrategyDecidesWhatAFailedCallGives(t *testing.T) {
	tests := []struct {
		strategy string
		maxAge   time.Duration
		want     event.Result
		value    float64
	}{
		{"", 0, event.Missing, 0},
		{"drop", 0, event.Missing, 0},
		{"last-known-good", 0, event.Stale, 30},
		{"last-known-good", 100 * ms, event.Missing, 0}, // the call alone takes 300 ms
		{"last-known-good", 300 * ms, event.Stale, 30},
		{"interpolated", 0, event.Interpolated, 20},
	}
	for _, tt := range tests {
		t.Run(tt.strategy+tt.maxAge.String(), func(t *testing.T) {
			p := layers()
			p.Strategy, p.MaxAge = tt.strategy, tt.maxAge
			b := newBench(t, p, byCall(good(10), good(20), good(30), bad("bad frame")))
			c := b.read(t, 4)[3]
			if c.Result != tt.want || c.Value != tt.value || c.Served != (tt.want != event.Missing) {
				t.Errorf("%v %v, served %v", c.Result, c.Value, c.Served)
			}
		})
	}
}

func TestAClientRefusesAPolicyThatCannotBe(t *testing.T) {
	p := layers()
	p.Timeout = -1
	if _, err := engine.NewClient(engine.ClientConfig{Policy: p}); err == nil {
		t.Error("no error")
	}
}
