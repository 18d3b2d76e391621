package history

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/health"
	"resiltui/internal/stats"
)

// watchInto publishes an hour of two real endpoints, of which the first has an outage
// every five minutes, and calls seen after each event.
func watchInto(p eventtest.Publisher, seen func(at time.Duration)) {
	run := eventtest.Run(2)
	run.Virtual, run.Naive, run.Start = false, false, time.Date(2026, 11, 26, 12, 0, 3, 0, time.UTC)
	for i := range run.Sensors {
		run.Sensors[i].Real = true
	}
	p.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
	machine := health.NewMachine(run.Thresholds)
	for at := time.Duration(0); at < time.Hour; at += 5 * time.Second {
		c := eventtest.Live((20 + at/time.Second%7) * milli)
		if c.Value = float64(at / time.Second); at%(5*time.Minute) > 4*time.Minute {
			c = event.Call{Took: time.Second, Result: event.Missing, Attempts: 1, Admitted: true, Outcome: breaker.Failure, Err: "503"}
		}
		c.Start = at
		p.Publish(event.Event{Kind: event.CallEnded, At: at + c.Took, Call: c})
		if h, ok := machine.Observe(health.Answer{Began: at, Took: c.Took, Failed: c.Result != event.Live, Err: c.Err}); ok {
			p.Publish(event.Event{Kind: event.HealthChanged, At: at + c.Took, Health: &h})
		}
		p.Publish(event.Event{Kind: event.CallEnded, At: at + 2*time.Second, Sensor: 1, Call: eventtest.FastFail()})
		seen(at + 2*time.Second)
	}
}

// Slots, health and verdicts of a moment are what they were.
func TestAMomentOfAWatchLookedAtAgainIsWhatWasSeenLive(t *testing.T) {
	ask := func(until time.Duration) stats.Query {
		return stats.Query{Columns: 99, Slot: 10 * time.Second, Until: until, Values: true, Verdicts: stats.MaxVerdicts, Lines: 9, Detail: true}
	}
	live := stats.New()
	h := New(live)
	h.limitTime = 6 * time.Minute
	var seen []moment
	watchInto(eventtest.Publisher{Hub: event.NewHub(h)}, func(at time.Duration) {
		seen = append(seen, moment{at, live.Snapshot(ask(at))})
	})
	r, again := h.Span(), 0
	for i, m := range seen {
		if m.at < r.From() || i%5 > 0 {
			continue
		}
		again++
		if diff := cmp.Diff(m.snap, r.At(m.at).Snapshot(ask(m.at)), cmpopts.EquateNaNs()); diff != "" {
			t.Fatalf("at %v, live, again:\n%s", m.at, diff)
		}
	}
	last := seen[len(seen)-1].snap
	if again < 20 || again > len(seen)/6 || len(last.Verdicts) < 5 || last.Sensors[0].Health.Outages < 5 {
		t.Errorf("%d moments of %d, %d verdicts, %+v: that says too little", again, len(seen), len(last.Verdicts), last.Sensors[0].Health)
	}
}

// The verdict on an outage is a line though nobody injected a fault.
func TestVerdictsOnOutagesStandAmongTheLinesThatReachBack(t *testing.T) {
	for _, limit := range []time.Duration{KeptTime, 2 * time.Hour} { // in the first some are not among the events kept
		h := New(stats.New())
		h.limitTime = limit
		watchInto(eventtest.Publisher{Hub: event.NewHub(h)}, func(time.Duration) {})
		want := h.counts.Snapshot(stats.Query{Lines: stats.MaxLines}).Lines
		verdicts := 0
		for i := range want {
			verdicts += strings.Count(want[i].Text, "verdict: outage")
		}
		if verdicts < 5 {
			t.Fatalf("%d verdicts say too little", verdicts)
		}
		lines := h.Span().Lines(0, stats.MaxLines, nil)
		if diff := cmp.Diff(want, lines[max(len(lines)-len(want), 0):]); diff != "" {
			t.Errorf("kept for %v, live, again:\n%s", limit, diff)
		}
	}
}
