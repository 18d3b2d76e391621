package history

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
	"resiltui/internal/sentence"
	"resiltui/internal/stats"
)

// outage publishes an outage of an endpoint from 10 s on with so many rounds of probes, 15
// s apart, and of another one a call that failed alone meanwhile.
func outage(hub *event.Hub, rounds int) {
	run := &event.Run{
		Scenario: "watch", Start: time.Date(2026, 11, 26, 3, 0, 0, 0, time.UTC), Beside: true, Thresholds: health.Thresholds{}.Resolved(),
		Sensors: []event.Sensor{
			{Info: sensors.Info{ID: "shop", Real: true}, Interval: 5 * time.Second},
			{Info: sensors.Info{ID: "mail", Real: true}, Interval: 5 * time.Second},
		},
	}
	hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
	failed := func(sensor int, at time.Duration, failing int) {
		hub.Publish(event.Event{Kind: event.CallEnded, Sensor: sensor, At: at, Call: event.Call{
			Start: at, Attempts: 1, Result: event.Missing, Err: "503", Admitted: true, Outcome: breaker.Failure, Failing: failing,
		}})
	}
	change := func(at time.Duration, from, to breaker.State, round int) {
		hub.Publish(event.Event{Kind: event.StateChanged, Sensor: 0, At: at, Change: &event.Change{
			From: from, To: to, Reason: breaker.ProbeFailed, Cause: "503", Round: round, Opened: time.Duration(min(round, 1)) * 16 * time.Second,
		}})
	}
	failed(0, 10*time.Second, 1)
	failed(1, 10*time.Second, 1)
	failed(0, 15*time.Second, 2)
	hub.Publish(event.Event{Kind: event.HealthChanged, Sensor: 0, At: 15 * time.Second, Health: &health.Change{From: health.Up, To: health.Down, Since: 10 * time.Second, Cause: "503"}})
	change(16*time.Second, breaker.Closed, breaker.Open, 0)
	for n := 1; n <= rounds; n++ {
		at := time.Duration(16+15*n) * time.Second
		change(at, breaker.Open, breaker.HalfOpen, n)
		change(at, breaker.HalfOpen, breaker.Open, n)
	}
}

func textsOf(lines []sentence.Line) (all string) {
	for _, l := range lines {
		all += l.ID + ": " + l.Text + "\n"
	}
	return all
}

func TestTheNewestLineAboutAnOutageTakesThePlaceOfTheOthers(t *testing.T) {
	live := stats.New()
	h := small(time.Hour, 1<<20)
	outage(event.NewHub(live, h), 40)
	got := live.Snapshot(stats.Query{Lines: stats.MaxLines})
	const want = "mail: failed (503); 1 more is an outage\n" +
		"shop: down since 03:00:10: 503\n" +
		"shop: (CLOSED to OPEN): probe failed (503)\n" +
		"shop: (HALF_OPEN to OPEN): probe 40 since 03:00:16 would have failed (503)\n"
	if text := textsOf(got.Lines); text != want || got.LinesTotal != 4 {
		t.Errorf("%d lines:\n%swant\n%s", got.LinesTotal, text, want)
	}
	if diff := cmp.Diff(got.Lines, h.Span().Lines(0, stats.MaxLines, nil)); diff != "" {
		t.Errorf("the past has others: %s", diff)
	}
}

// What the base of the past counted has the older rounds.
func TestALineOfThePastTakesThePlaceOfOneInItsBase(t *testing.T) {
	live := stats.New()
	h := small(time.Minute, 1<<20)
	outage(event.NewHub(live, h), 4000)
	h.trim()
	span := h.Span()
	if span.From() == 0 {
		t.Fatal("nothing was counted in the base")
	}
	lines := span.Lines(0, stats.MaxLines, nil)
	if n := strings.Count(textsOf(lines), "probe "); n != 2 { // the round, and the reason of the opening
		t.Errorf("%d lines of probes:\n%s", n, textsOf(lines))
	}
	if diff := cmp.Diff(live.Snapshot(stats.Query{Lines: stats.MaxLines}).Lines, lines); diff != "" {
		t.Errorf("the past has others: %s", diff)
	}
}
