package viewstest

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/health"
	"resiltui/internal/engine/policy"
	"resiltui/internal/engine/retry"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
	"resiltui/internal/words"
)

// Endpoint is an invented real endpoint: how often it is asked, and what it answers.
type Endpoint struct {
	Name, Unit string
	// Interval is the time between two calls; Phase when the first one begins.
	Interval, Phase time.Duration
	// Answer is what an attempt that begins at a time of the run gets.
	Answer func(at time.Duration) Answer
}

// Answer is what an endpoint answers: after Took, with a value or the error Err.
type Answer struct {
	Took  time.Duration
	Value float64
	Err   string
}

// Watched is a run that watches endpoints, up to a moment. It is made of events that are
// published as an engine would, so what the statistics say of it holds together.
type Watched struct {
	Run *event.Run
	// Stats have observed the run up to Now.
	Stats *stats.Aggregator
	Now   time.Duration
}

// Watch runs endpoints from a date on for so long. With beside the policies only watch.
func Watch(start time.Time, lasting time.Duration, beside bool, endpoints ...Endpoint) Watched {
	run := &event.Run{Scenario: "watch", Start: start, Beside: beside, Thresholds: health.Thresholds{}.Resolved()}
	for _, e := range endpoints {
		info := sensors.Info{ID: e.Name, Name: e.Name, Unit: cmp.Or(e.Unit, "ms"), Decimals: 1, Real: true, Timed: e.Unit == ""}
		if !info.Timed {
			info.Decimals = words.MaxDecimals
		}
		run.Sensors = append(run.Sensors, event.Sensor{
			Info: info, Interval: e.Interval, Policy: watchPolicy(e.Interval), Strategy: "last-known-good",
			Initial: breaker.Circuit{FailuresToTrip: breaker.DefaultFailureThreshold},
		})
	}
	w := Watched{Run: run, Stats: stats.New(stats.WithCounterfactuals()), Now: lasting}
	events := []event.Event{{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run}}
	for i := range endpoints {
		c := newCaller(run, i, &endpoints[i])
		events = append(events, c.calls(lasting)...)
	}
	slices.SortStableFunc(events, func(a, b event.Event) int { return cmp.Compare(a.At, b.At) })
	for i := range events {
		events[i].Seq = uint64(i + 1)
		w.Stats.Observe(&events[i])
	}
	return w
}

// watchPolicy are the settings of `resiltui watch`.
func watchPolicy(interval time.Duration) policy.Policy {
	return policy.Policy{
		Timeout: 2 * time.Second, Strategy: "last-known-good",
		Retry:   retry.Policy{MaxAttempts: 3},
		Breaker: breaker.Settings{OpenFor: 3 * interval},
	}
}

// caller makes the calls of one endpoint.
type caller struct {
	run      *event.Run
	sensor   int
	endpoint *Endpoint

	now     time.Duration
	number  uint64
	breaker *breaker.Breaker
	machine *health.Machine
	good    Answer
	goodAt  time.Duration
	any     bool
	rounds  int // of probes, since opened
	opened  time.Duration
	events  []event.Event
}

func newCaller(run *event.Run, sensor int, e *Endpoint) *caller {
	c := &caller{run: run, sensor: sensor, endpoint: e, machine: health.NewMachine(run.Thresholds)}
	set := run.Sensors[sensor].Policy.Breaker
	set.Now = func() time.Duration { return c.now }
	set.OnTransition = c.changed
	b, err := breaker.New(set)
	if err != nil {
		panic(err) // the settings above are right
	}
	c.breaker = b
	return c
}

// calls are the events of all calls that end by then.
func (c *caller) calls(until time.Duration) []event.Event {
	for at := c.endpoint.Phase; at < until; {
		call := c.call(at)
		end := at + call.Took
		for at += c.endpoint.Interval; at < end; at += c.endpoint.Interval {
			call.Missed++
		}
		if end <= until {
			c.judge(&call)
		}
		at = max(at, end)
	}
	return slices.DeleteFunc(c.events, func(e event.Event) bool { return e.At > until })
}

func (c *caller) publish(e event.Event) {
	e.Sensor, e.Batch = c.sensor, int(c.number)
	c.events = append(c.events, e)
}

// call makes a call.
func (c *caller) call(at time.Duration) event.Call {
	c.now = at
	c.number++
	out := event.Call{Number: c.number, Start: at, InFlight: 1}
	permit, err := c.breaker.Acquire()
	out.Admitted, out.Probe = err == nil, permit.Probe()
	attempts := c.run.Sensors[c.sensor].Policy.Resolved().Retry.MaxAttempts
	switch {
	case c.run.Beside:
		attempts = 1
	case err != nil:
		attempts = 0
		out.Result, out.Err = event.FastFail, "circuit open"
	}
	for len(out.Tries) < attempts && (len(out.Tries) == 0 || out.Err != "") {
		if n := len(out.Tries); n > 0 {
			out.Tries[n-1].Wait = 300 * time.Millisecond
			c.now += out.Tries[n-1].Wait
			out.Waited += out.Tries[n-1].Wait
		}
		a := c.endpoint.Answer(c.now)
		out.Tries = append(out.Tries, event.Try{Start: c.now, Took: a.Took, Err: a.Err})
		c.now += a.Took
		if out.Err = a.Err; a.Err == "" {
			c.good, c.goodAt, c.any = a, c.now, true
		}
	}
	out.Attempts, out.Took = len(out.Tries), c.now-at
	c.conclude(&out)
	if out.Outcome == breaker.Success && out.Attempts == 1 {
		out.Tries = nil
	}
	if out.Admitted {
		permit.Release(out.Outcome, errors.New(out.Err))
	}
	out.Circuit = c.breaker.Circuit()
	return out
}

// conclude says what the call came to, and serves what there is.
func (c *caller) conclude(out *event.Call) {
	switch {
	case out.Err == "":
		out.Result, out.Outcome = event.Live, breaker.Success
	default:
		out.Outcome, out.RanOut = breaker.Failure, out.Attempts > 1
		if out.Result == 0 {
			out.Result = event.Missing
		}
		if c.run.Beside || !c.any {
			return
		}
		if out.Result == event.Missing {
			out.Result = event.Stale
		}
		out.Quality = fallback.Stale
	}
	out.Served, out.Value, out.SourceAt = true, c.good.Value, c.goodAt
}

// judge publishes the call, and what the endpoint's answer says of it.
func (c *caller) judge(call *event.Call) {
	end := call.Start + call.Took
	if call.Attempts == 0 {
		c.publish(event.Event{At: end, Kind: event.CallEnded, Call: *call})
		return
	}
	took := call.Took
	if len(call.Tries) > 0 {
		took = call.Tries[len(call.Tries)-1].Took
	}
	change, ok := c.machine.Observe(health.Answer{Began: call.Start, Took: took, Failed: call.Err != "", Err: call.Err})
	call.Failing = c.machine.Failing()
	c.publish(event.Event{At: end, Kind: event.CallEnded, Call: *call})
	if ok {
		c.publish(event.Event{At: end, Kind: event.HealthChanged, Health: &change})
	}
}

func (c *caller) changed(t breaker.Transition) {
	change := &event.Change{From: t.From, To: t.To, Reason: t.Reason, OpenFor: t.Delay, Circuit: c.breaker.Circuit(), Attempts: len(t.Causes)}
	change.Count = max(t.Failures, t.Good)
	switch {
	case t.To == breaker.HalfOpen:
		c.rounds++
		change.Round, change.Opened = c.rounds, c.opened
	case t.From == breaker.HalfOpen && t.To == breaker.Open:
		change.Round, change.Opened = c.rounds, c.opened
	default:
		c.rounds, c.opened = 0, t.At
	}
	if len(t.Causes) > 0 {
		change.Cause = t.Causes[len(t.Causes)-1].Err.Error()
	}
	c.publish(event.Event{At: t.At, Kind: event.StateChanged, Change: change})
}

// Snapshot is what a query gets at the moment.
func (w Watched) Snapshot(q stats.Query) stats.Snapshot {
	q.Until = w.Now
	return w.Stats.Snapshot(q)
}
