package terminal

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
	"resiltui/internal/stats"
)

// told follows what is published of a run of so many sensors to its end.
func told(t *testing.T, ascii bool, sensors int, publish func(eventtest.Publisher)) string {
	t.Helper()
	backlog := event.NewBacklog()
	p := eventtest.Publisher{Hub: event.NewHub(backlog)}
	p.Start(sensors)
	publish(p)
	p.Publish(event.Event{Kind: event.RunEnded, Sensor: event.NoSensor, At: 2 * time.Second, Taken: &event.Taken{Text: "the run has ended"}})
	var out bytes.Buffer
	byItself, err := NewLines(LinesOptions{In: strings.NewReader(""), Out: &out, ASCII: ascii, Events: backlog}).Follow()
	if !byItself || err != nil {
		t.Fatalf("by itself %v, %v", byItself, err)
	}
	return out.String()
}

func TestALineSaysWhenWhoAndWhat(t *testing.T) {
	got := told(t, false, 1, func(p eventtest.Publisher) {
		p.Change(time.Second, event.Change{From: breaker.Closed, To: breaker.Open, Reason: breaker.TooManyFailures, Count: 5, Cause: "bad frame"})
	})
	want := "resiltui pipeline: 1 sensor, seed 42, a batch every 500ms\n" +
		"00:01.0 S0 boiler: CLOSED to OPEN: 5 failures in a row (bad frame)\n" +
		"00:02.0: the run has ended\n"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTheLinesOfARunWithADateAreToldByTheClock(t *testing.T) {
	got := told(t, false, 1, func(p eventtest.Publisher) {
		run := event.Run{Scenario: "watch", Sensors: eventtest.Run(1).Sensors}
		run.Start = time.Date(2026, time.November, 25, 23, 59, 59, 0, time.FixedZone("CET", 3600))
		p.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: &run})
		p.Publish(event.Event{Kind: event.PolicyChanged, Batch: 3, At: 100 * time.Millisecond, Tuned: &event.Tuned{Text: "one"}})
		p.Publish(event.Event{Kind: event.PolicyChanged, Batch: 4, At: time.Second, Tuned: &event.Tuned{Text: "two"}})
	})
	_, got, _ = strings.Cut(got, "\n") // the head of the run that told begins with
	want := "resiltui watch: 1 endpoint, Wed 25 Nov 2026, CET (UTC+1)\n" +
		"23:59:59 S0 boiler: tuned one\n" +
		"Thu 26 Nov 2026\n" +
		"00:00:00 S0 boiler: tuned two\n" +
		"00:00:01: the run has ended\n"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLinesThatStayTellOneRoundOfProbes(t *testing.T) {
	got := told(t, false, 1, func(p eventtest.Publisher) {
		for n := range 3 {
			p.Change(time.Second, event.Change{From: breaker.Open, To: breaker.HalfOpen, Reason: breaker.ProbeDue, Round: n + 1})
			p.Change(time.Second, event.Change{From: breaker.HalfOpen, To: breaker.Open, Reason: breaker.ProbeFailed, Cause: "503", Round: n + 1})
		}
		p.Change(2*time.Second, event.Change{From: breaker.HalfOpen, To: breaker.Closed, Reason: breaker.ProbesSucceeded, Count: 1})
	})
	_, got, _ = strings.Cut(got, "\n")
	want := "00:01.0 S0 boiler: OPEN to HALF_OPEN: one probe at a time\n" +
		"00:01.0 S0 boiler: HALF_OPEN to OPEN: probe 1 since 00:00.0 failed (503); next 00:00.0\n" +
		"00:02.0 S0 boiler: HALF_OPEN to CLOSED: 1 good probe\n" +
		"00:02.0: the run has ended\n"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestALineInASCIIIsWhollySo(t *testing.T) {
	got := told(t, true, 1, func(p eventtest.Publisher) {
		p.Publish(event.Event{Kind: event.PolicyChanged, Tuned: &event.Tuned{Text: "5 → 3 ☃", By: "you"}})
	})
	if !strings.Contains(got, "you: tuned 5 -> 3 ?\n") {
		t.Errorf("%q", got)
	}
}

func TestAStatusNamesNoMoreCircuitsThanALineHolds(t *testing.T) {
	counts := stats.New()
	p := eventtest.Publisher{Hub: event.NewHub(counts)}
	p.Start(maxNamed + 2)
	for i := range maxNamed + 2 {
		p.Publish(event.Event{Kind: event.StateChanged, Sensor: i, At: time.Second, Change: &event.Change{
			To: breaker.Open, Circuit: breaker.Circuit{State: breaker.Open, ProbeAt: 4 * time.Second},
		}})
	}
	p.Publish(event.Event{Kind: event.BatchEnded, Sensor: event.NoSensor, Batch: 3, At: time.Second})
	lines := NewLines(LinesOptions{Snapshot: func() (stats.Snapshot, time.Duration) {
		return counts.Snapshot(stats.Query{}), 2 * time.Second
	}})
	got := lines.status()
	if !strings.HasPrefix(got, "status 00:02.0 batch 3: ") || !strings.Contains(got, "; 7 open: S0 boiler (probe in 2.0 s), S1 intake") || !strings.HasSuffix(got, " and 2 more") {
		t.Errorf("%q", got)
	}
}

func TestAStatusOfRealEndpointsSaysWhichAreDownSinceWhenAndWhy(t *testing.T) {
	const second = time.Second
	run := event.Run{Scenario: "watch", Beside: true, Start: time.Date(2026, time.November, 26, 3, 0, 0, 0, time.UTC)}
	for i := range maxNamed + 3 {
		name := fmt.Sprintf("api-%d", i)
		run.Sensors = append(run.Sensors, event.Sensor{Info: sensors.Info{ID: name, Name: name, Real: true}})
	}
	counts := stats.New()
	p := eventtest.Publisher{Hub: event.NewHub(counts)}
	p.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: &run})
	call := eventtest.Live(10 * time.Millisecond)
	for i := range maxNamed + 2 { // the last one was not asked yet
		p.Publish(event.Event{Kind: event.CallEnded, Sensor: i, At: second, Call: call})
		c := health.Change{To: health.Down, Since: 15 * second, Cause: "503 Service Unavailable"}
		if i > 0 {
			c = health.Change{To: health.Slow, Since: time.Duration(15-i) * second}
		}
		p.Publish(event.Event{Kind: event.HealthChanged, Sensor: i, At: 20 * second, Health: &c})
	}
	lines := NewLines(LinesOptions{Snapshot: func() (stats.Snapshot, time.Duration) { return counts.Snapshot(stats.Query{}), 162 * second }})
	want := "status 03:02:42: 0 up, 6 slow, 1 down, 1 not asked yet; api-0 down since 03:00:15, 2 min 27 s: 503 Service Unavailable; " +
		"api-1 slow since 03:00:14; api-2 slow since 03:00:13; api-3 slow since 03:00:12; api-4 slow since 03:00:11; and 2 more"
	if got := lines.status(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestNobodyWaitsForLinesThatNobodyFollows(t *testing.T) {
	lines := NewLines(LinesOptions{Out: &bytes.Buffer{}, Events: event.NewBacklog()})
	lines.End()
	lines.End() // once is enough, and twice does not wait
	if byItself, err := lines.Follow(); byItself || err != nil {
		t.Errorf("by itself %v, %v", byItself, err)
	}
	lines.Say("too late")
	lines.Ring()
}
