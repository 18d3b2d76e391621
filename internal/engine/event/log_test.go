package event

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/sensors"
)

const ms = time.Millisecond

// testRun is a run of two sensors.
func testRun() *Run {
	return &Run{
		Scenario: "pipeline", Seed: 42, Interval: 500 * ms,
		Sensors: []Sensor{{Info: sensors.Info{ID: "S0"}}, {Info: sensors.Info{ID: "S1"}}},
	}
}

func TestALineOfTheLogHasTheDocumentedKeys(t *testing.T) {
	cases := []struct {
		name string
		e    Event
		want string
	}{
		{
			"run",
			Event{Seq: 1, Sensor: NoSensor, Kind: RunStarted, Run: testRun()},
			`{"seq":1,"atSeconds":0,"batch":0,"kind":"run-started","run":{"scenario":"pipeline","seed":42,"intervalSeconds":0.5,"sensors":["S0","S1"]}}`,
		},
		{
			"batch",
			Event{Seq: 2, At: 1500 * ms, Batch: 4, Sensor: NoSensor, Kind: BatchStarted},
			`{"seq":2,"atSeconds":1.5,"batch":4,"kind":"batch-started"}`,
		},
		{
			"live call",
			Event{Seq: 3, At: 50_123_456, Batch: 1, Sensor: 1, Kind: CallEnded, Call: Call{
				Number: 1, Took: 50_123_456, Result: Live, Served: true, Value: 4.16, SourceAt: 50_123_456, Attempts: 1, Admitted: true,
			}},
			`{"seq":3,"atSeconds":0.050123456,"batch":1,"sensor":"S1","kind":"call","call":{"number":1,"startSeconds":0,"tookSeconds":0.050123456,` +
				`"status":"live","value":4.16,"quality":"live","sourceSeconds":0.050123456,"attempts":1,"waitedSeconds":0,"state":"CLOSED","failures":0,"goodProbes":0}}`,
		},
		{
			"failed probe",
			Event{Seq: 4, At: 2 * time.Second, Batch: 2, Sensor: 0, Kind: CallEnded, Call: Call{
				Number: 9, Start: time.Second, Took: time.Second, Result: Stale, Served: true, Quality: fallback.Stale, Value: 1, SourceAt: 10 * ms,
				Attempts: 2, Waited: 50 * ms, Err: `bad "frame"`, Probe: true, Faulted: true, Admitted: true, Outcome: breaker.Failure,
				Tries:   []Try{{Start: time.Second, Took: ms, Wait: 50 * ms, Err: "bad frame"}, {Start: 1051 * ms, Took: ms}},
				Circuit: Circuit{State: breaker.HalfOpen, Failures: 3, Good: 1},
			}},
			`{"seq":4,"atSeconds":2,"batch":2,"sensor":"S0","kind":"call","call":{"number":9,"startSeconds":1,"tookSeconds":1,"status":"stale","value":1,"quality":"stale",` +
				`"sourceSeconds":0.01,"attempts":2,"waitedSeconds":0.05,"tries":[{"startSeconds":1,"tookSeconds":0.001,"error":"bad frame"},{"startSeconds":1.051,"tookSeconds":0.001}],` +
				`"error":"bad \"frame\"","probe":true,"faulted":true,"state":"HALF_OPEN","failures":3,"goodProbes":1}}`,
		},
		{
			"missing call",
			Event{Seq: 5, Sensor: 0, Kind: CallEnded, Call: Call{Number: 1, Result: Missing, Attempts: 3}},
			`{"seq":5,"atSeconds":0,"batch":0,"sensor":"S0","kind":"call","call":{"number":1,"startSeconds":0,"tookSeconds":0,"status":"missing","value":null,` +
				`"sourceSeconds":0,"attempts":3,"waitedSeconds":0,"state":"CLOSED","failures":0,"goodProbes":0}}`,
		},
		{
			"value that is no number",
			Event{Seq: 5, Sensor: 0, Kind: CallEnded, Call: Call{Number: 1, Result: Live, Served: true, Value: math.NaN(), Attempts: 1}},
			`{"seq":5,"atSeconds":0,"batch":0,"sensor":"S0","kind":"call","call":{"number":1,"startSeconds":0,"tookSeconds":0,"status":"live","value":null,"quality":"live",` +
				`"sourceSeconds":0,"attempts":1,"waitedSeconds":0,"state":"CLOSED","failures":0,"goodProbes":0}}`,
		},
		{
			"value without end",
			Event{Seq: 6, Sensor: 7, Kind: CallEnded, Call: Call{Result: FastFail, Served: true, Quality: fallback.Interpolated, Value: math.Inf(-1)}},
			`{"seq":6,"atSeconds":0,"batch":0,"kind":"call","call":{"number":0,"startSeconds":0,"tookSeconds":0,"status":"fast-fail","value":null,"quality":"interpolated",` +
				`"sourceSeconds":0,"attempts":0,"waitedSeconds":0,"state":"CLOSED","failures":0,"goodProbes":0}}`,
		},
		{
			"change",
			Event{Seq: 7, At: 6 * time.Second, Batch: 9, Sensor: 1, Kind: StateChanged, Change: &Change{
				From: breaker.Closed, To: breaker.Open, OpenFor: 3 * time.Second, Count: 5, Cause: "connection refused",
			}},
			`{"seq":7,"atSeconds":6,"batch":9,"sensor":"S1","kind":"state","change":{"from":"CLOSED","to":"OPEN","reason":"too many failures","openForSeconds":3,"count":5,"cause":"connection refused"}}`,
		},
		{
			"forced",
			Event{Seq: 8, Sensor: 1, Kind: StateChanged, Change: &Change{To: breaker.ForcedOpen, Reason: breaker.Forced, By: "you pressed o"}},
			`{"seq":8,"atSeconds":0,"batch":0,"sensor":"S1","kind":"state","change":{"from":"CLOSED","to":"FORCED_OPEN","reason":"forced open","count":0,"by":"you pressed o"}}`,
		},
		{
			"fault",
			Event{Seq: 9, Sensor: 1, Kind: FaultBegan, Fault: &Fault{Label: "crash", By: "you pressed c"}},
			`{"seq":9,"atSeconds":0,"batch":0,"sensor":"S1","kind":"fault-began","fault":{"label":"crash","by":"you pressed c"}}`,
		},
		{
			"fault's end",
			Event{Seq: 10, Sensor: 1, Kind: FaultEnded, Fault: &Fault{Label: "crash", By: "you pressed r", Lasted: 7 * time.Second}},
			`{"seq":10,"atSeconds":0,"batch":0,"sensor":"S1","kind":"fault-ended","fault":{"label":"crash","by":"you pressed r","lastedSeconds":7}}`,
		},
		{
			"command",
			Event{Seq: 11, Sensor: NoSensor, Kind: CommandTaken, Taken: &Taken{Text: "you pressed +: speed 2x", Speed: 2}},
			`{"seq":11,"atSeconds":0,"batch":0,"kind":"command","command":{"text":"you pressed +: speed 2x","paused":false,"speed":2}}`,
		},
		{
			"pace that is no number",
			Event{Seq: 12, Sensor: NoSensor, Kind: CommandTaken, Taken: &Taken{Speed: math.NaN()}},
			`{"kind":"command","seq":12,"unwritable":"json: unsupported value: NaN"}`,
		},
		{
			"round",
			Event{Seq: 13, Sensor: NoSensor, Kind: BatchEnded, Round: Round{Took: 50 * ms, Delivered: true, NaiveTook: 48 * ms}},
			`{"seq":13,"atSeconds":0,"batch":0,"kind":"batch-ended","round":{"tookSeconds":0.05,"delivered":true,"naiveTookSeconds":0.048,"naiveDelivered":false}}`,
		},
		{
			"end",
			Event{Seq: 14, Sensor: NoSensor, Kind: RunEnded, Taken: &Taken{Text: "the run has ended", Paused: true, Speed: 1}},
			`{"seq":14,"atSeconds":0,"batch":0,"kind":"run-ended","command":{"text":"the run has ended","paused":true,"speed":1}}`,
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

func TestSensorsHaveNoNameBeforeTheRunIsKnown(t *testing.T) {
	var log Log
	got := string(log.Append(nil, &Event{Seq: 1, Sensor: 0, Kind: BatchStarted}))
	if want := `{"seq":1,"atSeconds":0,"batch":0,"kind":"batch-started"}` + "\n"; got != want {
		t.Errorf("got %s", got)
	}
}

func TestSecondsAreExactAndHaveNoExponent(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0", 1: "0.000000001", 100: "0.0000001", -1500 * ms: "-1.5", 47400 * ms: "47.4", time.Hour: "3600",
		math.MaxInt64: "9223372036.854775807", math.MinInt64: "-9223372036.854775808",
	} {
		got, err := json.Marshal(seconds(d))
		if err != nil || string(got) != want {
			t.Errorf("%d ns is %s (%v), want %s", d, got, err, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, math.MaxInt64).Draw(t, "ns")
		text, _ := json.Marshal(seconds(n))
		whole, frac, _ := strings.Cut(string(text), ".")
		back, err := strconv.ParseInt(whole+(frac + "000000000")[:9], 10, 64)
		if err != nil || back != n || strings.HasSuffix(frac, "0") {
			t.Fatalf("%d ns is written as %s", n, text)
		}
	})
}

func TestResultsAndKindsHaveWords(t *testing.T) {
	for r, want := range []string{"unknown", "live", "stale", "interpolated", "fast-fail", "missing", "unknown"} {
		if got := Result(r).String(); got != want {
			t.Errorf("result %d is %q, want %q", r, got, want)
		}
	}
	for _, k := range []Kind{0, PolicyChanged + 1, 255} {
		if got := k.String(); got != "unknown" {
			t.Errorf("kind %d is %q", k, got)
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
