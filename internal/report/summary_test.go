package report

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine"
	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/event/eventtest"
	"resiltui/internal/engine/health"
	"resiltui/internal/scenario"
	"resiltui/internal/schematest"
	"resiltui/internal/stats"
)

const summarySchema = "../../docs/summary.schema.json"

// watched is a run of two real endpoints for a minute: the first was down from 5 to 22.5 s
// and is again since 50 s, the second was never called.
func watched(t *testing.T) *stats.Aggregator {
	t.Helper()
	run := eventtest.Run(2)
	run.Scenario, run.Virtual, run.Naive, run.Batches = "watch", false, false, 12
	run.Start = time.Date(2026, 11, 26, 3, 0, 0, 0, time.FixedZone("CET", 3600))
	for i := range run.Sensors {
		run.Sensors[i].Real = true
	}
	counts := stats.New()
	p := eventtest.Publisher{Hub: event.NewHub(counts)}
	p.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
	machine := health.NewMachine(run.Thresholds)
	for i := range 12 {
		at := time.Duration(i) * 5 * time.Second
		c := eventtest.Live(20 * time.Millisecond)
		if i > 0 && i < 5 || i > 9 {
			c = event.Call{Took: time.Second, Result: event.Missing, Attempts: 1, Admitted: true, Outcome: breaker.Failure, Err: "503"}
		}
		c.Missed = i / 11
		p.Call(at+c.Took, c)
		h, ok := machine.Observe(health.Answer{Began: at, Took: c.Took, Failed: c.Result != event.Live, Err: c.Err})
		if ok {
			p.Publish(event.Event{Kind: event.HealthChanged, At: at + c.Took, Health: &h})
		}
	}
	return counts
}

// summarized is the summary of a run after a minute, as it is written.
func summarized(t *testing.T, counts *stats.Aggregator) []byte {
	t.Helper()
	snap := counts.Snapshot(stats.Query{Verdicts: stats.MaxVerdicts, Until: time.Minute})
	var out bytes.Buffer
	if err := Summarize(&snap, counts.Unfinished(), time.Minute).Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTheSummaryOfAWatchHasTheFiguresOfTheWholeRun(t *testing.T) {
	got := strings.Join(strings.Fields(string(summarized(t, watched(t)))), " ")
	want := `{ "at": "2026-11-26T03:01:00.000+01:00", ` +
		`"run": { "scenario": "watch", "seed": null, "seconds": 60, "calls": 12, "sensors": 2 }, "sensors": { ` +
		`"S0": { "state": "CLOSED", "up": 0.541667, "live": 0.5, "stale": 0, "fastFail": 0, "missing": 0.5, "opens": 0, "retries": 0, ` +
		`"calls": 12, "missed": 1, "outages": 2, "downSeconds": 27.5, "p50Seconds": 0.019968, "p95Seconds": 0.019968, "value": null }, ` +
		`"S1": { "state": "CLOSED", "up": null, "live": null, "stale": null, "fastFail": null, "missing": null, "opens": 0, "retries": 0, ` +
		`"calls": 0, "missed": 0, "outages": 0, "downSeconds": 0, "p50Seconds": null, "p95Seconds": null, "value": null } }, "verdicts": [ ` +
		`{ "sensor": "S0", "kind": "outage", "from": "2026-11-26T03:00:05.000+01:00", "until": "2026-11-26T03:00:22.500+01:00", ` +
		`"seenAfterSeconds": null, "attempts": 4, "refused": 0, "backSeconds": 0 }, ` +
		`{ "sensor": "S0", "kind": "outage", "from": "2026-11-26T03:00:50.000+01:00", "until": null, ` +
		`"seenAfterSeconds": null, "attempts": 2, "refused": 0, "backSeconds": null } ] }`
	if got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestAnEndpointThatNeverAnsweredIsNamed(t *testing.T) {
	counts := watched(t)
	snap := counts.Snapshot(stats.Query{})
	if list := Unanswered(&snap); len(list) > 0 {
		t.Errorf("%v never answered, but the first did and nobody asked the second", list)
	}
	counts.Observe(&event.Event{Kind: event.CallEnded, Sensor: 1, Call: event.Call{Attempts: 1, Result: event.Missing}})
	snap = counts.Snapshot(stats.Query{})
	if list := Unanswered(&snap); len(list) != 1 || list[0] != "S1" {
		t.Errorf("%v never answered", list)
	}
}

// simulatedRun is the summary of a simulated run with a fault.
func simulatedRun(t *testing.T) []byte {
	t.Helper()
	counts := stats.New()
	sc := scenario.Pipeline()
	config := sc.Config(42)
	config.Batches = 30
	if err := engine.Play(context.Background(), event.NewHub(counts), config); err != nil {
		t.Fatal(err)
	}
	return summarized(t, counts)
}

func TestTheSchemaDescribesEverySummaryInFull(t *testing.T) {
	published, strict := schematest.Published(t, summarySchema), schematest.Strict(t, summarySchema)
	for what, body := range map[string][]byte{"watched": summarized(t, watched(t)), "simulated": simulatedRun(t)} {
		for _, schema := range []interface{ Validate(any) error }{published, strict} {
			if err := schema.Validate(schematest.Value(t, body)); err != nil {
				t.Errorf("%s: %v\n%s", what, err, body)
			}
		}
	}
}

func TestTheSchemaMissesEveryKeyOfTheSummaryThatIsRenamed(t *testing.T) {
	schema := schematest.Published(t, summarySchema)
	keys := []string{"at", "run", "sensors", "verdicts"}
	keys = append(keys, under("run.", []string{"scenario", "seed", "seconds", "calls", "sensors"})...)
	keys = append(keys, under("sensors.S0.", []string{
		"state", "up", "live", "stale", "fastFail", "missing", "opens", "retries", "calls", "missed", "outages",
		"downSeconds", "p50Seconds", "p95Seconds", "value",
	})...)
	keys = append(keys, under("verdicts[].", []string{
		"sensor", "kind", "from", "until", "seenAfterSeconds", "attempts", "refused", "backSeconds",
	})...)
	body := summarized(t, watched(t))
	for _, path := range keys {
		v := schematest.Value(t, body)
		if !rename(v, strings.Split(path, ".")) {
			t.Fatalf("no %s", path)
		}
		if schema.Validate(v) == nil {
			t.Errorf("%s renamed is still valid", path)
		}
	}
}

func TestTheSchemaExplainsEveryKeyOfTheSummary(t *testing.T) { schematest.Explained(t, summarySchema) }
