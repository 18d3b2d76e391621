package sentence

import (
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
)

// shop is a run of one real endpoint since 03:00:00.
func shop(beside bool) *event.Run {
	return &event.Run{
		Start: time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC), Beside: beside, Thresholds: health.Thresholds{}.Resolved(),
		Sensors: []event.Sensor{{Info: sensors.Info{ID: "checkout", Unit: "ms", Real: true}, Interval: 5 * time.Second}},
	}
}

// at is a time of day of the run, from its start on.
func at(minutes, seconds time.Duration) time.Duration {
	return minutes*time.Minute + seconds*time.Second
}

func TestTheSentencesOfARealEndpoint(t *testing.T) {
	const down = "503 Service Unavailable"
	health := func(c health.Change) event.Event { return event.Event{Kind: event.HealthChanged, Health: &c} }
	state := func(c event.Change) event.Event { return event.Event{Kind: event.StateChanged, Change: &c} }
	call := func(c event.Call) event.Event { return event.Event{Kind: event.CallEnded, Call: c} }
	o, h, c := breaker.Open, breaker.HalfOpen, breaker.Closed
	failed := event.Call{Attempts: 1, Err: down, Failing: 1, Outcome: breaker.Failure, Result: event.Missing}
	stale := event.Call{
		Attempts: 3, Err: down, Failing: 1, Admitted: true, Outcome: breaker.Failure, RanOut: true, Result: event.Stale, Served: true, Value: 41,
		Circuit: breaker.Circuit{FailuresToTrip: 4},
	}
	probe := event.Call{
		Attempts: 1, Took: 41 * time.Millisecond, Admitted: true, Probe: true, Result: event.Live, Served: true,
		Circuit: breaker.Circuit{State: h, Good: 1, GoodToClose: 1},
	}
	for _, k := range []struct {
		e             event.Event
		topic         Topic
		beside, inWay string // inWay is empty where it is the same
	}{
		{health(healthChange(2, 3, at(5, 15), down)), TopicDown, "down since 03:05:15: " + down, ""},
		{health(healthChange(2, 3, at(5, 15), "")), TopicDown, "down since 03:05:15", ""},
		{health(slowChange(at(6, 1), 5)), TopicInfo, "slow since 03:06:01: 5 answers in a row over 1,000 ms", ""},
		{health(slowChange(at(6, 1), 1)), TopicInfo, "slow since 03:06:01: 1 answer over 1,000 ms", ""},
		{
			health(upAfter(at(5, 15), at(7, 42), 8*time.Second)), TopicUp,
			"up, was down 2 min 27 s", "up, was down 2 min 27 s ± 8 s",
		},
		{health(upAfter(at(5, 15), at(7, 42), 900*time.Millisecond)), TopicUp, "up, was down 2 min 27 s", ""},
		{health(healthChange(2, 1, at(9, 0), "")), TopicUp, "up: 5 answers in a row within 1,000 ms", ""},
		{
			state(event.Change{From: c, To: o, Reason: breaker.TooManyFailures, Count: 5, Cause: down, OpenFor: 15 * time.Second}), TopicOpen,
			"(CLOSED to OPEN) for 15 s: 5 failures in a row (503 Service Unavailable)",
			"CLOSED to OPEN for 15 s: 5 failures in a row (503 Service Unavailable)",
		},
		{
			state(event.Change{From: o, To: h, Reason: breaker.ProbeDue, OpenFor: 15 * time.Second, Round: 6, Opened: at(5, 35)}), TopicHalfOpen,
			"(OPEN to HALF_OPEN): 15.0 s are over, one probe at a time", "OPEN to HALF_OPEN: 15.0 s are over, one probe at a time",
		},
		{
			state(event.Change{
				From: h, To: o, Reason: breaker.ProbeFailed, Cause: down, Attempts: 1, OpenFor: 15 * time.Second, Round: 6, Opened: at(5, 35),
				Circuit: breaker.Circuit{State: o, ProbeAt: at(7, 55)},
			}), TopicOpen,
			"(HALF_OPEN to OPEN): probe 6 since 03:05:35 would have failed (503 Service Unavailable)",
			"HALF_OPEN to OPEN: probe 6 since 03:05:35 failed (503 Service Unavailable); next 03:07:55",
		},
		{
			state(event.Change{
				From: h, To: o, Reason: breaker.ProbeTimedOut, Cause: "probe timed out", Round: 1, Opened: at(5, 35),
				Circuit: breaker.Circuit{State: o, ProbeAt: at(7, 55)},
			}), TopicOpen,
			"(HALF_OPEN to OPEN): probe 1 since 03:05:35 gave no answer", "HALF_OPEN to OPEN: probe 1 since 03:05:35 gave no answer; next 03:07:55",
		},
		{
			state(event.Change{From: h, To: c, Reason: breaker.ProbesSucceeded, Count: 2}), TopicClosed,
			"(HALF_OPEN to CLOSED): 2 good probes", "HALF_OPEN to CLOSED: 2 good probes",
		},
		{
			state(event.Change{From: c, To: breaker.ForcedOpen, Reason: breaker.Forced, By: "you pressed o"}), TopicForced,
			"you pressed o: (CLOSED to FORCED_OPEN)", "you pressed o: CLOSED to FORCED_OPEN",
		},
		{
			state(event.Change{From: c, To: c, Reason: breaker.WasReset, By: "you pressed u"}), TopicClosed,
			"you pressed u: (stays CLOSED), its failures are forgotten", "you pressed u: stays CLOSED, its failures are forgotten",
		},
		{
			call(failed), TopicMissing, "failed (503 Service Unavailable); 1 more is an outage",
			"failed (503 Service Unavailable); nothing to serve; 1 more is an outage",
		},
		{
			call(stale), TopicStale, "attempts ran out after 3 (503 Service Unavailable); served 41 ms, 0.0 s old; 1 more is an outage", "",
		},
		{call(probe), TopicHalfOpen, "probe 1 of 2 good (41 ms); 1 more would close it", "probe 1 of 2 good (41 ms); 1 more closes it"},
	} {
		for _, beside := range []bool{true, false} {
			want := k.inWay
			if beside || want == "" {
				want = k.beside
			}
			got := Describe(&k.e, shop(beside))
			if got.Text != want || got.Topic != k.topic {
				t.Errorf("beside %t: %q as %d, want %q as %d", beside, got.Text, got.Topic, want, k.topic)
			}
			if !event.Notable(&k.e, shop(beside)) {
				t.Errorf("%q is not notable", want)
			}
		}
	}
}

func healthChange(from, to health.State, since time.Duration, cause string) health.Change {
	return health.Change{From: from, To: to, Since: since, Cause: cause, Calls: 5}
}

func slowChange(since time.Duration, n int) health.Change {
	return health.Change{From: health.Up, To: health.Slow, Since: since, Calls: n, Slowest: 2 * time.Second}
}

func upAfter(began, ended, plusMinus time.Duration) health.Change {
	return health.Change{From: health.Down, To: health.Up, Since: ended, Began: began, PlusMinus: plusMinus, Cause: "503 Service Unavailable", Calls: 1}
}

func TestLinesThatTellTheSameHaveOneStory(t *testing.T) {
	first := event.Event{Kind: event.CallEnded, Call: event.Call{Start: at(5, 15), Attempts: 1, Failing: 1}}
	outage := event.Event{Kind: event.HealthChanged, Health: &health.Change{From: health.Up, To: health.Down, Since: at(5, 15)}}
	if a, b := Describe(&first, shop(true)).Story, Describe(&outage, shop(true)).Story; a != b || a == (event.Story{}) {
		t.Errorf("of the first failed call and its outage: %v and %v", a, b)
	}
	round := func(from, to breaker.State, n int, opened time.Duration) event.Story {
		e := event.Event{Kind: event.StateChanged, Change: &event.Change{From: from, To: to, Round: n, Opened: opened}}
		return Describe(&e, shop(true)).Story
	}
	o, h := breaker.Open, breaker.HalfOpen
	if a, b, c := round(o, h, 2, at(5, 35)), round(h, o, 2, at(5, 35)), round(h, o, 1, at(5, 35)); a != b || b != c || a == (event.Story{}) {
		t.Errorf("of rounds of one opening: %v, %v, %v", a, b, c)
	}
	if a, b := round(h, o, 2, at(5, 35)), round(h, o, 2, at(6, 35)); a == b {
		t.Error("rounds of two openings have one story")
	}
	if got := round(breaker.Closed, o, 0, 0); got != (event.Story{}) {
		t.Errorf("an opening has the story %v", got)
	}
}

func TestEventsOfAnEndpointHaveSentencesWithoutTheirRunToo(t *testing.T) {
	for want, e := range map[string]event.Event{
		"up, was down 50 s ± 2 s": {Kind: event.HealthChanged, Health: &health.Change{
			From: health.Down, To: health.Up, Began: 10 * time.Second, Since: time.Minute, PlusMinus: 2 * time.Second,
		}},
		"slow since 00:10.0: 5 answers in a row over 1,000 ms": {Kind: event.HealthChanged, Health: &health.Change{
			From: health.Up, To: health.Slow, Since: 10 * time.Second, Calls: 5,
		}},
		"HALF_OPEN to OPEN: probe 1 since 00:10.0 failed (503); next 01:00.0": {Kind: event.StateChanged, Change: &event.Change{
			From: breaker.HalfOpen, To: breaker.Open, Reason: breaker.ProbeFailed, Cause: "503", Round: 1, Opened: 10 * time.Second,
			Circuit: breaker.Circuit{ProbeAt: time.Minute},
		}},
	} {
		if got := Describe(&e, nil).Text; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
