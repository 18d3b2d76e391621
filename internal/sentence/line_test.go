package sentence

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/sensors/fault"
)

func TestTheSentenceOfAChangeOfState(t *testing.T) {
	o, h, c, f, d := breaker.Open, breaker.HalfOpen, breaker.Closed, breaker.ForcedOpen, breaker.Disabled
	cases := []struct {
		change event.Change
		topic  Topic
		want   string
	}{
		{
			event.Change{From: c, To: o, Reason: breaker.TooManyFailures, Count: 5, Cause: "connection refused", Attempts: 15, OpenFor: 3 * time.Second},
			TopicOpen, "CLOSED to OPEN: 5 failures in a row (connection refused)",
		},
		{
			event.Change{From: c, To: o, Reason: breaker.TooManyFailures, Count: 5, Cause: "4 timed out, 1 bad frame"},
			TopicOpen, "CLOSED to OPEN: 5 failures in a row (4 timed out, 1 bad frame)",
		},
		{
			event.Change{From: c, To: o, Reason: breaker.TooManyFailures, Count: 1, Cause: "bad frame"},
			TopicOpen, "CLOSED to OPEN: 1 failure (bad frame)",
		},
		{
			event.Change{From: c, To: o, Reason: breaker.TooManyFailures, Count: 2},
			TopicOpen, "CLOSED to OPEN: 2 failures in a row",
		},
		{
			event.Change{From: o, To: h, Reason: breaker.ProbeDue, OpenFor: 3 * time.Second},
			TopicHalfOpen, "OPEN to HALF_OPEN: 3.0 s are over, one probe at a time",
		},
		{event.Change{From: o, To: h, Reason: breaker.ProbeDue}, // after a release there was no delay
			TopicHalfOpen, "OPEN to HALF_OPEN: one probe at a time"},
		{
			event.Change{From: h, To: o, Reason: breaker.ProbeFailed, Cause: "bad checksum", Attempts: 3, OpenFor: 3 * time.Second},
			TopicOpen, "HALF_OPEN to OPEN for 3.0 s: probe failed (bad checksum, 3 attempts)",
		},
		{
			event.Change{From: h, To: o, Reason: breaker.ProbeFailed, Cause: "bad checksum", Attempts: 1, OpenFor: 4500 * time.Millisecond},
			TopicOpen, "HALF_OPEN to OPEN for 4.5 s: probe failed (bad checksum)",
		},
		{
			event.Change{From: h, To: o, Reason: breaker.ProbeFailed, Attempts: 2, OpenFor: 3 * time.Second},
			TopicOpen, "HALF_OPEN to OPEN for 3.0 s: probe failed (2 attempts)",
		},
		{
			event.Change{From: h, To: o, Reason: breaker.ProbeFailed, OpenFor: 3 * time.Second},
			TopicOpen, "HALF_OPEN to OPEN for 3.0 s: probe failed",
		},
		{
			event.Change{From: h, To: o, Reason: breaker.ProbeTimedOut, OpenFor: 3 * time.Second},
			TopicOpen, "HALF_OPEN to OPEN for 3.0 s: the probe gave no answer",
		},
		{
			event.Change{From: h, To: c, Reason: breaker.ProbesSucceeded, Count: 2},
			TopicClosed, "HALF_OPEN to CLOSED: 2 good probes",
		},
		{
			event.Change{From: h, To: c, Reason: breaker.ProbesSucceeded, Count: 1},
			TopicClosed, "HALF_OPEN to CLOSED: 1 good probe",
		},
		{
			event.Change{From: c, To: f, Reason: breaker.Forced, By: "you pressed o"},
			TopicForced, "you pressed o: CLOSED to FORCED_OPEN",
		},
		{
			event.Change{From: c, To: f, Reason: breaker.Forced},
			TopicForced, "CLOSED to FORCED_OPEN",
		},
		{
			event.Change{From: f, To: o, Reason: breaker.ForceReleased, By: "you pressed o"},
			TopicOpen, "you pressed o: FORCED_OPEN to OPEN: a probe is due at once",
		},
		{
			event.Change{From: o, To: c, Reason: breaker.WasReset, By: "you pressed u"},
			TopicClosed, "you pressed u: OPEN to CLOSED: reset",
		},
		{
			event.Change{From: c, To: c, Reason: breaker.WasReset, By: "you pressed u"},
			TopicClosed, "you pressed u: stays CLOSED, its failures are forgotten",
		},
		{
			event.Change{From: c, To: d, Reason: breaker.WasDisabled, By: "you pressed d"},
			TopicDisabled, "you pressed d: CLOSED to DISABLED",
		},
		{
			event.Change{From: d, To: c, Reason: breaker.WasEnabled, By: "you pressed d"},
			TopicClosed, "you pressed d: DISABLED to CLOSED",
		},
	}
	for _, k := range cases {
		e := event.Event{Seq: 8, At: 46 * time.Second, Batch: 93, Sensor: 2, Kind: event.StateChanged, Change: &k.change}
		want := Line{Seq: 8, At: 46 * time.Second, Batch: 93, Sensor: 2, ID: "S2", Name: "S2 turbine", Topic: k.topic, Text: k.want}
		if diff := cmp.Diff(want, Describe(&e, eventtest.Run(5))); diff != "" {
			t.Errorf("want, got:\n%s", diff)
		}
		if !event.Notable(&e, eventtest.Run(5)) {
			t.Errorf("%s: not notable", k.want)
		}
	}
}

func TestTheReasonStandsAlone(t *testing.T) {
	cases := map[string]event.Change{
		"5 failures in a row (bad frame)": {Reason: breaker.TooManyFailures, To: breaker.Open, Count: 5, Cause: "bad frame"},
		"probe failed (bad frame)":        {Reason: breaker.ProbeFailed, From: breaker.HalfOpen, To: breaker.Open, Cause: "bad frame", Attempts: 1, OpenFor: time.Second},
		"2 good probes":                   {Reason: breaker.ProbesSucceeded, From: breaker.HalfOpen, Count: 2},
		"":                                {Reason: breaker.Forced, To: breaker.ForcedOpen, By: "you pressed o"},
	}
	for want, c := range cases {
		if got := Reason(&c); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTheSentenceOfACall(t *testing.T) {
	probe := event.Call{
		Result: event.Live, Served: true, Took: 56 * time.Millisecond, Attempts: 1, Admitted: true, Probe: true,
		Circuit: breaker.Circuit{State: breaker.HalfOpen, Good: 1, GoodToClose: 1},
	}
	stale := event.Call{
		Result: event.Stale, Served: true, Value: 47.51, SourceAt: 46800 * time.Millisecond, Attempts: 3, Err: "bad frame",
		Admitted: true, Outcome: breaker.Failure, RanOut: true, Circuit: breaker.Circuit{Failures: 1, FailuresToTrip: 4},
	}
	with := func(c event.Call, change func(*event.Call)) event.Call { change(&c); return c }
	cases := []struct {
		call  event.Call
		topic Topic
		want  string
	}{
		{probe, TopicHalfOpen, "probe 1 of 2 good (56 ms); 1 more closes it"},
		{
			with(probe, func(c *event.Call) { c.Circuit.GoodToClose = 2 }),
			TopicHalfOpen, "probe 1 of 3 good (56 ms); 2 more close it",
		},
		{stale, TopicStale, "attempts ran out after 3 (bad frame); served 47.51 kPa, 0.5 s old; 4 more trip it"},
		{
			with(stale, func(c *event.Call) { c.Circuit.Failures, c.Circuit.FailuresToTrip = 4, 1 }),
			TopicStale, "attempts ran out after 3 (bad frame); served 47.51 kPa, 0.5 s old; 1 more trips it",
		},
		{
			with(stale, func(c *event.Call) { c.Result = event.Interpolated }),
			TopicInterpolated, "attempts ran out after 3 (bad frame); served 47.51 kPa, 0.5 s old; 4 more trip it",
		},
		{
			with(stale, func(c *event.Call) { c.Result, c.Served = event.Missing, false }),
			TopicMissing, "attempts ran out after 3 (bad frame); nothing to serve; 4 more trip it",
		},
		{
			with(stale, func(c *event.Call) { c.Attempts = 1 }),
			TopicStale, "failed (bad frame); served 47.51 kPa, 0.5 s old; 4 more trip it",
		},
		{with(stale, func(c *event.Call) { c.Attempts, c.RanOut = 2, false }), // an error that is not retried
			TopicStale, "failed after 2 attempts (bad frame); served 47.51 kPa, 0.5 s old; 4 more trip it"},
		{
			with(stale, func(c *event.Call) { c.Err = "" }),
			TopicStale, "attempts ran out after 3; served 47.51 kPa, 0.5 s old; 4 more trip it",
		},
		{with(stale, func(c *event.Call) { c.SourceAt = 48 * time.Second }), // a foreign clock ahead of ours
			TopicStale, "attempts ran out after 3 (bad frame); served 47.51 kPa, 0.0 s old; 4 more trip it"},
		{with(stale, func(c *event.Call) { c.Circuit.State = breaker.Disabled }), // nothing trips it
			TopicStale, "attempts ran out after 3 (bad frame); served 47.51 kPa, 0.5 s old"},
	}
	for _, k := range cases {
		e := event.Event{Seq: 9, At: 47300 * time.Millisecond, Batch: 95, Sensor: 1, Kind: event.CallEnded, Call: k.call}
		want := Line{Seq: 9, At: 47300 * time.Millisecond, Batch: 95, Sensor: 1, ID: "S1", Name: "S1 intake", Topic: k.topic, Text: k.want}
		if diff := cmp.Diff(want, Describe(&e, eventtest.Run(5))); diff != "" {
			t.Errorf("want, got:\n%s", diff)
		}
		if !event.Notable(&e, eventtest.Run(5)) {
			t.Errorf("%s: not notable", k.want)
		}
	}
}

func TestTheSentenceOfAFaultOrACommand(t *testing.T) {
	crash := event.Fault{Fault: fault.Fault{Kind: fault.Crash, Start: 38 * time.Second}, Label: "crash", By: "you pressed c"}
	slow := event.Fault{Fault: fault.Fault{Kind: fault.Slow, Start: 38 * time.Second, Until: 47 * time.Second}, Label: "slow +150 ms", By: "you pressed s"}
	ended := event.Fault{Label: "crash", By: "you pressed r", Lasted: 7 * time.Second}
	expired := event.Fault{Label: "slow +150 ms", By: "its time was over", Lasted: 9 * time.Second}
	nobody := event.Fault{Label: "stuck"}
	cases := []struct {
		e     event.Event
		topic Topic
		want  string
	}{
		{event.Event{Kind: event.FaultBegan, Fault: &crash}, TopicFault, "you pressed c: crash begins"},
		{event.Event{Kind: event.FaultBegan, Fault: &slow}, TopicFault, "you pressed s: slow +150 ms begins for 9.0 s"},
		{event.Event{Kind: event.FaultEnded, Fault: &ended}, TopicFault, "you pressed r: crash ended after 7.0 s"},
		{event.Event{Kind: event.FaultEnded, Fault: &expired}, TopicFault, "its time was over: slow +150 ms ended after 9.0 s"},
		{event.Event{Kind: event.FaultBegan, Fault: &nobody}, TopicFault, "stuck begins"},
		{event.Event{Kind: event.CommandTaken, Taken: &event.Taken{Text: "you pressed r: no fault is active"}}, TopicInfo, "you pressed r: no fault is active"},
		{event.Event{Kind: event.RunEnded, Taken: &event.Taken{Text: "the run has ended"}}, TopicInfo, "the run has ended"},
	}
	for _, k := range cases {
		if got := Describe(&k.e, eventtest.Run(1)); got.Text != k.want || got.Topic != k.topic || got.Name != "S0 boiler" {
			t.Errorf("got %+v, want %q", got, k.want)
		}
		if !event.Notable(&k.e, eventtest.Run(5)) {
			t.Errorf("%s: not notable", k.want)
		}
	}
}

func TestALineWithoutASensorHasNoName(t *testing.T) {
	e := event.Event{Kind: event.CommandTaken, Sensor: event.NoSensor, Taken: &event.Taken{Text: "paused"}}
	for _, run := range []*event.Run{nil, eventtest.Run(2)} {
		if got := Describe(&e, run); got.Name != "" || got.ID != "" || got.Sensor != event.NoSensor {
			t.Errorf("got %+v", got)
		}
	}
	e.Sensor = 0
	if got := Describe(&e, nil); got.Name != "" {
		t.Errorf("before the run is known: %+v", got)
	}
	run := eventtest.Run(2)
	run.Sensors[0].Name, run.Sensors[1].Name = "", "S1"
	for i, want := range []string{"S0", "S1"} { // an endpoint is called by its id alone
		e.Sensor = i
		if got := Describe(&e, run); got.Name != want {
			t.Errorf("sensor %d is called %q", i, got.Name)
		}
	}
}

func TestARateThatTripsIsToldWithItsSample(t *testing.T) {
	for want, c := range map[string]event.Change{
		"52 % of 25 calls failed (limit 50 %; connection refused)": {
			Reason: breaker.TooHighFailureRate, Sample: breaker.Sample{Calls: 25, Failures: 13}, Limit: 0.5, Cause: "connection refused",
		},
		"80 % of 10 calls slower than 200 ms (limit 75 %)": {
			Reason: breaker.TooManySlow, Sample: breaker.Sample{Calls: 10, Slow: 8}, Limit: 0.75,
			SlowCall: 200 * time.Millisecond,
		},
		"100 % of 1 call failed (limit 0.1 %)": {
			Reason: breaker.TooHighFailureRate, Sample: breaker.Sample{Calls: 1, Failures: 1}, Limit: 0.001,
		},
	} {
		if got := Reason(&c); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestATunedPolicyIsALine(t *testing.T) {
	e := event.Event{Kind: event.PolicyChanged, Tuned: &event.Tuned{Text: "trip after 5 → 3 failures in a row", By: "you pressed enter"}}
	if !event.Notable(&e, eventtest.Run(5)) {
		t.Error("not notable")
	}
	if got := Describe(&e, nil).Text; got != "you pressed enter: tuned trip after 5 → 3 failures in a row" {
		t.Errorf("%q", got)
	}
}

// With a window the count in a row is not all that counts.
func TestAFailedCallSaysWhatIsMissingByWhateverRule(t *testing.T) {
	e := event.Event{Kind: event.CallEnded, Call: event.Call{
		Admitted: true, Outcome: breaker.Failure, Result: event.Missing, Attempts: 1, Err: "bad frame",
		Circuit: breaker.Circuit{Failures: 1, FailuresToTrip: 2},
	}}
	if got := Describe(&e, nil).Text; got != "failed (bad frame); nothing to serve; 2 more trip it" {
		t.Errorf("%q", got)
	}
	e.Call.Circuit.SlowToTrip = 1
	if got := Describe(&e, nil).Text; got != "failed (bad frame); nothing to serve; 1 slow trips it" {
		t.Errorf("%q", got)
	}
	e.Call.Circuit = breaker.Circuit{} // no number of failures trips it
	if got := Describe(&e, nil).Text; got != "failed (bad frame); nothing to serve" {
		t.Errorf("%q", got)
	}
}
