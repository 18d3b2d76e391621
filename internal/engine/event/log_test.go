package event

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/engine/policy"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

const ms = time.Millisecond

// testRun is a run of two sensors in simulated time.
func testRun() *Run {
	return &Run{
		Scenario: "pipeline", Seed: 42, Interval: 500 * ms, Virtual: true,
		Sensors: []Sensor{{Info: sensors.Info{ID: "S0"}}, {Info: sensors.Info{ID: "S1"}}},
	}
}

// theRest is what a call has that nobody says anything of.
const theRest = `"circuit":{"state":"CLOSED","sinceNanoseconds":0,"failures":0,"goodProbes":0,"opens":0}`

func TestALineOfTheLogHasTheDocumentedKeys(t *testing.T) {
	cases := []struct {
		name string
		e    Event
		want string
	}{
		{
			"batch",
			Event{Seq: 2, At: 1500 * ms, Batch: 4, Sensor: NoSensor, Kind: BatchStarted},
			`{"seq":2,"atNanoseconds":1500000000,"batch":4,"kind":"batch-started"}`,
		},
		{
			"live call",
			Event{Seq: 3, At: 50_123_456, Batch: 1, Sensor: 1, Kind: CallEnded, Call: Call{
				Number: 1, Took: 50_123_456, Result: Live, Served: true, Value: 4.16, SourceAt: 0, Truth: 4.1, HasTruth: true, Attempts: 1, Admitted: true,
			}},
			`{"seq":3,"atNanoseconds":50123456,"batch":1,"sensor":"S1","kind":"call","call":{"number":1,"startNanoseconds":0,"tookNanoseconds":50123456,` +
				`"status":"live","served":true,"quality":"live","value":4.16,"sourceNanoseconds":0,"truth":4.1,"outcome":"success","attempts":1,"maxAttempts":3,"waitedNanoseconds":0,` + theRest + `}}`,
		},
		{
			"failed probe",
			Event{Seq: 4, At: 2 * time.Second, Batch: 2, Sensor: 0, Kind: CallEnded, Call: Call{
				Number: 9, Start: time.Second, Took: time.Second, Result: Interpolated, Served: true, Quality: fallback.Interpolated, Value: 1, SourceAt: 10 * ms,
				Attempts: 2, Waited: 50 * ms, Err: `bad "frame"`, Probe: true, Faulted: true, Admitted: true, Outcome: breaker.Failure, InFlight: 2,
				Tries:   []Try{{Start: time.Second, Took: ms, Wait: 50 * ms, Err: "bad frame"}, {Start: 1051 * ms, Took: ms}},
				Circuit: breaker.Circuit{State: breaker.HalfOpen, Since: time.Second, Failures: 3, Good: 1, Opens: 2, Sample: breaker.Sample{Calls: 5, Failures: 4, Slow: 1}, FailuresToTrip: 2, SlowToTrip: 3},
			}},
			`{"seq":4,"atNanoseconds":2000000000,"batch":2,"sensor":"S0","kind":"call","call":{"number":9,"startNanoseconds":1000000000,"tookNanoseconds":1000000000,` +
				`"status":"stale","served":true,"quality":"interpolated","value":1,"sourceNanoseconds":10000000,"outcome":"failure","attempts":2,"maxAttempts":3,"waitedNanoseconds":50000000,` +
				`"tries":[{"startNanoseconds":1000000000,"tookNanoseconds":1000000,"waitNanoseconds":50000000,"error":"bad frame"},{"startNanoseconds":1051000000,"tookNanoseconds":1000000}],` +
				`"error":"bad \"frame\"","probe":true,"faulted":true,"inFlight":2,"circuit":{"state":"HALF_OPEN","sinceNanoseconds":1000000000,"failures":3,"goodProbes":1,"opens":2,` +
				`"failuresToTrip":2,"slowToTrip":3,"sample":{"calls":5,"failures":4,"slow":1}}}}`,
		},
		{
			"refused call",
			Event{Seq: 5, Sensor: 0, Kind: CallEnded, Call: Call{
				Number: 4, Result: FastFail, Avoided: 2, AvoidedAtMost: true, Err: "OPEN, refused",
				Circuit: breaker.Circuit{State: breaker.Open, ProbeAt: 3 * time.Second, OpenFor: 2 * time.Second, Opens: 1},
			}},
			`{"seq":5,"atNanoseconds":0,"batch":0,"sensor":"S0","kind":"call","call":{"number":4,"startNanoseconds":0,"tookNanoseconds":0,"status":"fast-fail","served":false,"value":null,` +
				`"attempts":0,"maxAttempts":3,"unsent":2,"unsentAtMost":true,"waitedNanoseconds":0,"error":"OPEN, refused",` +
				`"circuit":{"state":"OPEN","sinceNanoseconds":0,"failures":0,"goodProbes":0,"opens":1,"probeAtNanoseconds":3000000000,"openForNanoseconds":2000000000}}}`,
		},
		{
			"value that is no number",
			Event{Seq: 5, Sensor: 0, Kind: CallEnded, Call: Call{
				Number: 1, Result: Live, Served: true, Value: math.NaN(), Truth: math.Inf(1), HasTruth: true, Attempts: 1, Admitted: true, Outcome: breaker.Neutral,
			}},
			`{"seq":5,"atNanoseconds":0,"batch":0,"sensor":"S0","kind":"call","call":{"number":1,"startNanoseconds":0,"tookNanoseconds":0,"status":"live","served":true,"quality":"live",` +
				`"value":null,"sourceNanoseconds":0,"outcome":"neutral","attempts":1,"maxAttempts":3,"waitedNanoseconds":0,` + theRest + `}}`,
		},
		{
			"change",
			Event{Seq: 7, At: 6 * time.Second, Batch: 9, Sensor: 1, Kind: StateChanged, Change: &Change{
				From: breaker.Closed, To: breaker.Open, OpenFor: 3 * time.Second, Count: 5, Cause: "connection refused", FirstBatch: 5, LastBatch: 9, Attempts: 15,
				Sample: breaker.Sample{Calls: 10, Failures: 6}, Limit: 0.5,
			}},
			`{"seq":7,"atNanoseconds":6000000000,"batch":9,"sensor":"S1","kind":"state","change":{"from":"CLOSED","to":"OPEN","reason":"too many failures","openForNanoseconds":3000000000,` +
				`"count":5,"sample":{"calls":10,"failures":6,"slow":0},"limit":0.5,"cause":"connection refused","firstBatch":5,"lastBatch":9,"attempts":15,` + theRest + `}}`,
		},
		{
			"forced",
			Event{Seq: 8, Sensor: 1, Kind: StateChanged, Change: &Change{To: breaker.ForcedOpen, Reason: breaker.Forced, By: "you pressed o"}},
			`{"seq":8,"atNanoseconds":0,"batch":0,"sensor":"S1","kind":"state","change":{"from":"CLOSED","to":"FORCED_OPEN","reason":"forced open","count":0,` +
				`"firstBatch":0,"lastBatch":0,"attempts":0,"by":"you pressed o",` + theRest + `}}`,
		},
		{
			"fault",
			Event{Seq: 9, At: ms, Sensor: 1, Kind: FaultBegan, Fault: &Fault{
				Fault: fault.Fault{Kind: fault.Spike, Rate: 0.5, Factor: 2, Start: ms, Until: time.Second}, Label: "spike 50 %", By: "you pressed c",
			}},
			`{"seq":9,"atNanoseconds":1000000,"batch":0,"sensor":"S1","kind":"fault-began","fault":{"kind":"spike","label":"spike 50 %","by":"you pressed c",` +
				`"startNanoseconds":1000000,"untilNanoseconds":1000000000,"wrongValues":true,"rate":0.5,"factor":2}}`,
		},
		{
			"fault's end",
			Event{Seq: 10, Sensor: 1, Kind: FaultEnded, Fault: &Fault{
				Fault: fault.Fault{Kind: fault.RateLimit, Count: 3, Period: time.Second, Extra: ms, Cap: 2 * ms}, Label: "rate limit", By: "you pressed r", Lasted: 7 * time.Second,
			}},
			`{"seq":10,"atNanoseconds":0,"batch":0,"sensor":"S1","kind":"fault-ended","fault":{"kind":"rate-limit","label":"rate limit","by":"you pressed r","startNanoseconds":0,` +
				`"lastedNanoseconds":7000000000,"wrongValues":false,"extraNanoseconds":1000000,"periodNanoseconds":1000000000,"count":3,"capNanoseconds":2000000}}`,
		},
		{
			"fault that is no number",
			Event{Seq: 12, At: ms, Sensor: 1, Kind: FaultBegan, Fault: &Fault{Fault: fault.Fault{Factor: math.NaN()}}},
			`{"seq":12,"atNanoseconds":1000000,"kind":"fault-began","unwritable":"json: unsupported value: NaN"}`,
		},
		{
			"command",
			Event{Seq: 11, Sensor: NoSensor, Kind: CommandTaken, Taken: &Taken{Text: "note: here"}},
			`{"seq":11,"atNanoseconds":0,"batch":0,"kind":"command","command":{"text":"note: here"}}`,
		},
		{
			"round",
			Event{Seq: 13, Sensor: NoSensor, Kind: BatchEnded, Round: Round{Took: 50 * ms, Delivered: true, NaiveTook: 48 * ms}},
			`{"seq":13,"atNanoseconds":0,"batch":0,"kind":"batch-ended","round":{"tookNanoseconds":50000000,"delivered":true,"naiveTookNanoseconds":48000000,"naiveDelivered":false}}`,
		},
		{
			"end",
			Event{Seq: 14, Sensor: NoSensor, Kind: RunEnded, Taken: &Taken{Text: "the run has ended", Paused: true, Speed: 64}},
			`{"seq":14,"atNanoseconds":0,"batch":0,"kind":"run-ended","end":{"reason":"the run has ended"}}`,
		},
		{
			"sensor that nobody knows",
			Event{Seq: 15, Sensor: 2, Kind: BatchStarted},
			`{"seq":15,"atNanoseconds":0,"batch":0,"kind":"batch-started"}`,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var log Log
			log.Append(nil, &Event{Kind: RunStarted, Sensor: NoSensor, Run: testRun()})
			got := string(log.Append([]byte("before"), &c.e))
			if want := "before" + c.want + "\n"; got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

// settingsText is how the log writes settings: those of a policy and others.
func settingsText(t *testing.T, p policy.Policy, more map[string]string) string {
	t.Helper()
	for name, value := range p.Values() {
		more["policy."+name] = value
	}
	text, err := json.Marshal(more)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestALogBeginsWithAHeaderAndTheRun(t *testing.T) {
	run := testRun()
	run.Batches, run.Callers, run.Naive = 30, 3, true
	run.Sensors[0].Settings = map[string]string{"fail": "0.5"}
	s := &run.Sensors[1]
	s.Name, s.Unit, s.Decimals, s.Nature, s.Draws = "coolant", "bar", 2, "fails 10 %", "D"
	s.Policy.Timeout, s.Initial.State = time.Second, breaker.Disabled
	settings := settingsText(t, policy.Policy{}, map[string]string{"interval": "500ms", "sensors.S0.fail": "0.5", "sensors.S1.policy.timeout": "1s"})
	log := Log{Program: "resiltui 1.2"}
	start := Event{Seq: 1, Kind: RunStarted, Sensor: NoSensor, Run: run, Taken: &Taken{Speed: 64}}
	line := `{"seq":1,"atNanoseconds":0,"batch":0,"kind":"run-started","run":{"scenario":"pipeline","seed":42,"intervalNanoseconds":500000000,"batches":30,"callers":3,"naive":true,"settings":` + settings +
		`,"sensors":[{"id":"S0","decimals":0,"real":false,"state":"CLOSED"},` +
		`{"id":"S1","name":"coolant","unit":"bar","decimals":2,"real":false,"draws":"D","nature":"fails 10 %","state":"DISABLED"}]}}` + "\n"
	want := `{"format":"resiltui-events","version":1,"program":"resiltui 1.2","source":"simulation","clock":"virtual","scenario":"pipeline","seed":42,"settings":` + settings + "}\n" + line
	if got := string(log.Append(nil, &start)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := string(log.Append(nil, &start)); got != line {
		t.Errorf("started again:\n%s", got)
	}
}

func TestALogOnTheWallClockHasDates(t *testing.T) {
	run := testRun()
	run.Virtual, run.Start = false, time.Date(2026, 12, 1, 9, 30, 0, 5_600_000, time.FixedZone("", 3600))
	run.Sensors[1].Real, run.Sensors[1].Interval = true, 2*time.Second
	var log Log
	head, first, _ := strings.Cut(string(log.Append(nil, &Event{Kind: RunStarted, Run: run})), "\n")
	for text, part := range map[string]string{
		`"program":"resiltui","source":"endpoints","clock":"wall","start":"2026-12-01T09:30:00.0056+01:00",`: head,
		`"sensors.S1.interval":"2s"`:                                     head,
		`"atNanoseconds":0,"at":"2026-12-01T09:30:00.005+01:00"`:         first,
		`{"id":"S1","decimals":0,"real":true,"intervalNanoseconds":2000`: first,
	} {
		if !strings.Contains(part, text) {
			t.Errorf("no %s in\n%s", text, part)
		}
	}
	got := string(log.Append(nil, &Event{Seq: 2, At: time.Hour, Sensor: NoSensor, Kind: BatchStarted}))
	if want := `{"seq":2,"atNanoseconds":3600000000000,"at":"2026-12-01T10:30:00.005+01:00","batch":0,"kind":"batch-started"}` + "\n"; got != want {
		t.Errorf("got %s", got)
	}
}

// What a run is does not depend on how fast one looks at it.
func TestThePaceIsWrittenOnlyWhereItChanges(t *testing.T) {
	for _, speed := range []float64{1, 64} {
		var log Log
		log.Append(nil, &Event{Kind: RunStarted, Run: testRun(), Taken: &Taken{Speed: speed}})
		for _, c := range []struct {
			taken Taken
			want  string
		}{
			{Taken{Text: "note: a", Speed: speed}, `{"text":"note: a"}`},
			{Taken{Text: "paused", Paused: true, Speed: speed}, `{"text":"paused","paused":true}`},
			{Taken{Text: "note: b", Paused: true, Speed: speed}, `{"text":"note: b"}`},
			{Taken{Paused: true, Speed: 2}, `{"speed":2}`},
			{Taken{Speed: 4}, `{"paused":false,"speed":4}`},
		} {
			got := string(log.Append(nil, &Event{Sensor: NoSensor, Kind: CommandTaken, Taken: &c.taken}))
			if want := `"kind":"command","command":` + c.want + "}\n"; !strings.HasSuffix(got, want) {
				t.Errorf("at speed %g: %s", speed, got)
			}
		}
	}
}

func TestAChangeOfSettingsTellsAllOfThem(t *testing.T) {
	p := policy.Policy{Timeout: time.Second}
	var log Log
	log.Append(nil, &Event{Kind: RunStarted, Run: testRun()})
	got := string(log.Append(nil, &Event{Sensor: 0, Kind: PolicyChanged, Tuned: &Tuned{Policy: p, Text: "timeout off → 1s", By: "you", Differs: true}}))
	want := `"tuned":{"text":"timeout off → 1s","by":"you","differs":true,"settings":` + settingsText(t, p, map[string]string{}) + "}}\n"
	if !strings.HasSuffix(got, want) || !strings.Contains(want, `"policy.timeout":"1s"`) {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestResultsAndKindsHaveWords(t *testing.T) {
	for r, want := range []string{"unknown", "live", "stale", "interpolated", "fast-fail", "missing", "unknown"} {
		if got := Result(r).String(); got != want {
			t.Errorf("result %d is %q, want %q", r, got, want)
		}
	}
	for _, k := range []Kind{0, HealthChanged + 1, 255} {
		if got := k.String(); got != "unknown" {
			t.Errorf("kind %d is %q", k, got)
		}
	}
	for r, want := range []string{"unknown", "live", "stale", "stale", "fast-fail", "missing", "unknown"} {
		if got := Result(r).Status(); got != want {
			t.Errorf("result %d has the status %q, want %q", r, got, want)
		}
	}
	seen := map[string]bool{}
	for k := RunStarted; k <= PolicyChanged; k++ {
		seen[k.String()] = true
	}
	if len(seen) != int(PolicyChanged) || seen["unknown"] {
		t.Errorf("the kinds are called %v", seen)
	}
}
