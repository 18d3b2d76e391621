package house

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/engine/event"
	"resiltui/internal/engine/policy"
	"resiltui/internal/scenario"
	"resiltui/internal/schematest"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/fault"
)

// eventSchema describes the log that --log-file writes.
const eventSchema = "../../docs/events.schema.json"

// handled is the log of a live run that somebody handles, then of another that is begun
// in its place, on sensors that are real where it says so.
func handled(t *testing.T, outsideWorld bool) (log []byte) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := scenario.Pipeline()
		if err := s.Set("policy.breaker.probeTimeout=100ms"); err != nil {
			t.Fatal(err)
		}
		build := func(seed uint64) (engine.Config, error) {
			config := s.Config(seed)
			config.Batches, config.Real = 40, outsideWorld
			for i := range config.Members {
				m := &config.Members[i]
				m.Info.Real = outsideWorld
				inner := m.New
				m.New = func(seed uint64, clk clock.Clock) (sensors.Sensor, error) {
					sensor, err := inner(seed, clk)
					return outside{sensor, outsideWorld}, err
				}
			}
			return config, nil
		}
		backlog := event.NewBacklog()
		session, err := engine.NewSession(engine.Options{Hub: event.NewHub(backlog), Build: build, Seed: 7, Paced: true})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- session.Run(ctx) }()
		synctest.Wait()
		off, slow := s.Sensors[0].Policy, fault.Default(fault.Slow)
		off.BreakerOff, slow.Until = true, time.Minute
		for _, cmd := range []event.Command{
			{Op: event.Tune, Policy: off},
			{Op: event.Tune, Policy: s.Sensors[0].Policy},
			{Op: event.Pause},
			{Op: event.Resume},
			{Op: event.SetSpeed, Speed: 2},
			{Op: event.Note, Text: "look"},
			{Op: event.Recover},
			{Op: event.Restart, Seed: 8},
			{Op: event.Inject, Fault: slow},
		} {
			cmd.By = "you"
			session.Do(cmd)
			time.Sleep(1200 * time.Millisecond)
		}
		time.Sleep(time.Minute)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		log = written(t, backlog)
	})
	return log
}

// outside is a sensor that says whether it is real.
type outside struct {
	sensors.Sensor
	isReal bool
}

func (o outside) Info() sensors.Info {
	i := o.Sensor.Info()
	i.Real = o.isReal
	return i
}

// watched is the log of a real run in which the policies only watch: an endpoint that is
// up, slow, up, down and up again, and misses calls.
func watched(t *testing.T) (log []byte) {
	t.Helper()
	const script = "....sssss.....xxh.."
	synctest.Test(t, func(t *testing.T) {
		backlog := event.NewBacklog()
		config := engine.Config{
			Scenario: "watch", Interval: time.Second, Batches: len(script), Real: true, Beside: true,
			Members: []engine.Member{{
				Info: sensors.Info{ID: "shop", Real: true, Remark: "certificate not checked"}, Policy: policy.Policy{Timeout: 3500 * time.Millisecond},
				New: func(_ uint64, clk clock.Clock) (sensors.Sensor, error) { return scripted{script, clk}, nil },
			}},
		}
		if err := engine.Play(t.Context(), event.NewHub(backlog), config); err != nil {
			t.Fatal(err)
		}
		log = written(t, backlog)
	})
	return log
}

// scripted is a real sensor that answers call by call: . at once, s slowly, x with an
// error, h never. It tells the phases of its answers.
type scripted struct {
	script string
	clock  clock.Clock
}

func (s scripted) Info() sensors.Info {
	return sensors.Info{ID: "shop", Real: true, Remark: "certificate not checked"}
}

func (s scripted) Read(ctx context.Context, r sensors.Request) (sensors.Reading, error) {
	took := map[byte]time.Duration{'.': 20 * time.Millisecond, 's': 1200 * time.Millisecond, 'h': time.Hour}[s.script[r.Call-1]]
	if took == 0 {
		return sensors.Reading{}, &sensors.ReadError{Text: "connection refused"}
	}
	phases := &sensors.Phases{DNS: 1, Connect: 2, TLS: 3, FirstByte: 4, Body: 5}
	return sensors.Reading{Value: 1, Phases: phases}, s.clock.Sleep(ctx, took)
}

// lossy is the log of more than could be kept until it was written.
func lossy(t *testing.T) []byte {
	t.Helper()
	backlog := event.NewBacklog()
	hub := event.NewHub(backlog)
	run := &event.Run{Scenario: "pipeline", Interval: time.Second, Sensors: []event.Sensor{{Info: sensors.Info{ID: "S0"}}}}
	hub.Publish(event.Event{Kind: event.RunStarted, Sensor: event.NoSensor, Run: run})
	for range event.MaxBacklog + 1 {
		hub.Publish(event.Event{Kind: event.BatchStarted, Sensor: event.NoSensor, Batch: 1})
	}
	log := written(t, backlog)
	return slices.Concat(log[:bytes.Index(log, []byte(`{"seq":2,`))], log[bytes.Index(log, []byte(`{"atNanoseconds"`)):])
}

// allLogs are logs with everything that there is in one.
func allLogs(t *testing.T) map[string][]byte {
	t.Helper()
	logs := map[string][]byte{"handled": handled(t, false), "real": handled(t, true), "watched": watched(t), "lossy": lossy(t)}
	for _, name := range scenario.Names() {
		for _, v := range variants() {
			logs[name+", "+v.name] = v.logOf(t, name, 1)
		}
	}
	return logs
}

func TestTheSchemaDescribesEveryLineOfALogInFull(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{
		"schema": schematest.Published(t, eventSchema), "schema without additions": schematest.Strict(t, eventSchema),
	}
	used := map[string]bool{}
	for what, log := range allLogs(t) {
		for line := range bytes.Lines(log) {
			v := schematest.Value(t, line)
			for name, schema := range schemas {
				if err := schema.Validate(v); err != nil {
					t.Fatalf("%s, %s: %v\n%s", what, name, err, line)
				}
			}
			use(used, v)
		}
	}
	described := map[string]bool{}
	describe(described, schematest.Source(t, eventSchema))
	for key := range used {
		delete(described, key)
	}
	if len(described) > 0 {
		t.Errorf("the schema describes what no log has: %v", slices.Sorted(maps.Keys(described)))
	}
}

// use notes the keys, and the words that stand for a kind of something.
func use(used map[string]bool, v any) {
	switch v := v.(type) {
	case map[string]any:
		for key, inner := range v {
			used[key] = true
			if key != "settings" { // whose keys are no keys of the format
				use(used, inner)
			}
		}
	case []any:
		for _, inner := range v {
			use(used, inner)
		}
	case string:
		used[v] = true
	}
}

// describe notes the keys and words that the schema has.
func describe(described map[string]bool, v any) {
	switch v := v.(type) {
	case map[string]any:
		if properties, ok := v["properties"].(map[string]any); ok && v["type"] != nil {
			for key := range properties {
				described[key] = true
			}
		}
		if list, ok := v["enum"].([]any); ok {
			for _, word := range list {
				described[word.(string)] = true
			}
		}
		for _, inner := range v {
			describe(described, inner)
		}
	case []any:
		for _, inner := range v {
			describe(described, inner)
		}
	}
}

func TestTheSchemaExplainsEveryKeyOfTheLog(t *testing.T) { schematest.Explained(t, eventSchema) }

func TestTheSchemaRefusesLinesThatAreNone(t *testing.T) {
	schema := schematest.Published(t, eventSchema)
	text := string(variants()[1].logOf(t, "pipeline", 1)) + string(handled(t, true))
	for old, wrong := range map[string]string{
		`"version":1,`:              `"version":2,`,
		`"clock":"virtual",`:        `"clock":"sundial",`,
		`"start":"2000`:             `"start":"noon 2000`,
		`"seed":1,"settings"`:       `"settings"`,
		`"status":"fast-fail"`:      `"status":"interpolated"`,
		`"served":true,`:            ``,
		`"outcome":"failure"`:       `"outcome":"FAILURE"`,
		`"state":"HALF_OPEN"`:       `"state":"half-open"`,
		`"reason":"probe due"`:      `"reason":"why not"`,
		`"kind":"fault-began"`:      `"kind":"fault"`,
		`"wrongValues":false`:       `"wrongValues":null`,
		`{"seq":9,`:                 `{`,
		`"atNanoseconds":0,`:        `"atNanoseconds":0.5,`,
		`"at":"2000-01-01T`:         `"at":"1.1.2000 `,
		`"tookNanoseconds":`:        `"tookSeconds":`,
		`"kind":"call","call":`:     `"kind":"call","calls":`,
		`"unsent":`:                 `"unsent":-`,
		`"round":{`:                 `"rounds":{`,
		`"kind":"run-ended","end":`: `"kind":"run-ended","command":`,
	} {
		begin := strings.Index(text, old)
		if begin < 0 {
			t.Fatalf("no %s", old)
		}
		begin = strings.LastIndexByte(text[:begin], '\n') + 1
		line, _, _ := strings.Cut(text[begin:], "\n")
		if schema.Validate(schematest.Value(t, []byte(line))) != nil {
			t.Fatalf("not valid to begin with: %s", line)
		}
		if schema.Validate(schematest.Value(t, []byte(strings.Replace(line, old, wrong, 1)))) == nil {
			t.Errorf("%s in place of %s is valid", wrong, old)
		}
	}
}

func TestTheLogOfARunOnTheWallClockHasDatesAndNoOtherHas(t *testing.T) {
	for _, c := range []struct {
		log  []byte
		date bool
	}{{handled(t, true), true}, {handled(t, false), false}} {
		n := 0
		for line := range bytes.Lines(c.log) {
			dates := bytes.Contains(line, []byte(`"at":"2000-01-01T00:00:`)) || bytes.Contains(line, []byte(`"at":"2000-01-01T00:01:`))
			if n++; n == 1 {
				dates = bytes.Contains(line, []byte(`"start":"2000-01-01T00:00:00Z"`))
			}
			if dates != c.date {
				t.Fatalf("dates %v: %s", c.date, line)
			}
		}
		if n < 100 {
			t.Errorf("%d lines", n)
		}
	}
}

// A run is the same whoever looks on, and however fast.
func TestALogIsTheSameAtEverySpeed(t *testing.T) {
	var first []byte
	for _, speed := range []float64{1, 64} {
		log := atSpeed(t, speed)
		if first == nil {
			first = log
		}
		if !bytes.Equal(log, first) {
			t.Errorf("at speed %g the log is another one: %s", speed, firstDifference(first, log))
		}
	}
	if !bytes.Contains(first, []byte(`"kind":"run-ended"`)) || !bytes.Contains(first, []byte(`"note: `)) {
		t.Error("the run has no end, or no note in it")
	}
}

// atSpeed is the log of a scripted run, in which somebody notes something at 3.3 s.
func atSpeed(t *testing.T, speed float64) (log []byte) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := scenario.Pipeline()
		faults, err := s.FaultScript([]string{"S3:crash@3-9", "S1:slow@5"}, 20)
		if err != nil {
			t.Fatal(err)
		}
		backlog := event.NewBacklog()
		session, err := engine.NewSession(engine.Options{
			Hub: event.NewHub(backlog), Seed: 7, Paced: true, Speed: speed,
			Build: func(seed uint64) (engine.Config, error) {
				config := s.Config(seed)
				config.Batches, config.Script = 20, faults
				return config, nil
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		ended := make(chan error, 1)
		go func() { ended <- session.Run(ctx) }()
		time.Sleep(time.Duration(float64(3300*time.Millisecond) / speed))
		session.Do(event.Command{Op: event.Note, Text: "look"})
		time.Sleep(time.Minute)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		log = written(t, backlog)
	})
	return log
}

func firstDifference(a, b []byte) string {
	for i, line := range bytes.Split(a, []byte("\n")) {
		if other := bytes.Split(b, []byte("\n")); i >= len(other) || !bytes.Equal(line, other[i]) {
			return fmt.Sprintf("line %d is %s", i+1, line)
		}
	}
	return "there is more"
}
