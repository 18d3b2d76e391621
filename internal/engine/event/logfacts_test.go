package event

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
	"time"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/health"
	"resiltui/internal/sensors"
)

// notWritten are the facts of an event that no line has a key for, because other lines
// tell them.
func notWritten() []string {
	return []string{
		// They follow from the settings in force, which the run and each change of them
		// tell, and from what stands beside them: attempts, good probes, a rate.
		"Call.RanOut", "Call.Circuit.GoodToClose", "Change.Circuit.GoodToClose", "Change.SlowCall",
		"Run.Sensors.Strategy",
		// A value that is the time of the answer is told by the settings, which have no
		// expression for another one.
		"Run.Sensors.Timed",
		// The clock of the header.
		"Run.Virtual",
		// A circuit that has seen nothing yet has but its state.
		"Run.Sensors.Initial.Since", "Run.Sensors.Initial.Failures", "Run.Sensors.Initial.Good", "Run.Sensors.Initial.GoodToClose", "Run.Sensors.Initial.ProbeAt",
		"Run.Sensors.Initial.OpenFor", "Run.Sensors.Initial.Opens", "Run.Sensors.Initial.FailuresToTrip", "Run.Sensors.Initial.SlowToTrip",
		"Run.Sensors.Initial.Sample.Calls", "Run.Sensors.Initial.Sample.Failures", "Run.Sensors.Initial.Sample.Slow",
	}
}

// bases are events of all kinds that have something in every part.
func bases() map[string]func() Event {
	return map[string]func() Event{
		"": func() Event { return Event{Kind: BatchStarted, Sensor: NoSensor} },
		"Call": func() Event {
			return Event{Kind: CallEnded, Call: Call{Result: Live, Served: true, HasTruth: true, Admitted: true, Tries: []Try{{Phases: &sensors.Phases{}}}}}
		},
		"Round":  func() Event { return Event{Kind: BatchEnded, Sensor: NoSensor} },
		"Change": func() Event { return Event{Kind: StateChanged, Change: &Change{}} },
		"Fault":  func() Event { return Event{Kind: FaultEnded, Fault: &Fault{}} },
		"Taken":  func() Event { return Event{Kind: CommandTaken, Sensor: NoSensor, Taken: &Taken{}} },
		"Run":    func() Event { return Event{Kind: RunStarted, Sensor: NoSensor, Run: testRun()} },
		"Health": func() Event { return Event{Kind: HealthChanged, Health: &health.Change{}} },
		"Tuned":  func() Event { return Event{Kind: PolicyChanged, Tuned: &Tuned{}} },
	}
}

// A recording is only as much as the log keeps of a run.
func TestEveryFactOfAnEventIsInTheLog(t *testing.T) {
	var missing []string
	for part, base := range bases() {
		for _, path := range paths(t, part) {
			e := base()
			change(t, reflect.ValueOf(&e).Elem(), path)
			plain := base()
			if written := logged(&e); bytes.Equal(written, logged(&plain)) {
				missing = append(missing, dotted(path))
			}
		}
	}
	slices.Sort(missing)
	want := notWritten()
	slices.Sort(want)
	if !slices.Equal(missing, want) {
		t.Errorf("these make no difference:\n%v\nwant\n%v", missing, want)
	}
}

// logged is the lines of an event within a run.
func logged(e *Event) []byte {
	var log Log
	run := testRun()
	if e.Run == nil {
		log.Append(nil, &Event{Kind: RunStarted, Sensor: NoSensor, Run: run})
	}
	return log.Append(nil, e)
}

func dotted(path []string) (text string) {
	for i, p := range path {
		if i > 0 {
			text += "."
		}
		text += p
	}
	return text
}

// paths are the ways to every value of a part of an event; of the event itself those
// that no part has.
func paths(t *testing.T, part string) [][]string {
	t.Helper()
	if part == "" {
		return [][]string{{"Seq"}, {"At"}, {"Batch"}, {"Sensor"}, {"Kind"}}
	}
	field, ok := reflect.TypeFor[Event]().FieldByName(part)
	if !ok {
		t.Fatalf("an event has no %s", part)
	}
	return within(field.Type, []string{part})
}

func within(of reflect.Type, path []string) (all [][]string) {
	switch of {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[map[string]string]():
		return [][]string{path}
	}
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice:
		return within(of.Elem(), path)
	case reflect.Struct:
		for i := range of.NumField() {
			f := of.Field(i)
			if f.Type == reflect.TypeFor[Event]() || f.Name == "Policy" { // its settings have a test of their own
				continue
			}
			inner := slices.Concat(path, []string{f.Name})
			if f.Anonymous {
				inner = path
			}
			all = append(all, within(f.Type, inner)...)
		}
		return all
	default:
		return [][]string{path}
	}
}

// change gives the value at the end of a path another one.
func change(t *testing.T, v reflect.Value, path []string) {
	t.Helper()
	for _, name := range path {
		for v.Kind() == reflect.Pointer || v.Kind() == reflect.Slice {
			if v.Kind() == reflect.Slice {
				v = v.Index(0)
			} else {
				v = v.Elem()
			}
		}
		v = v.FieldByName(name)
	}
	switch v.Interface().(type) {
	case breaker.State:
		v.Set(reflect.ValueOf(breaker.HalfOpen))
		return
	case Kind:
		v.Set(reflect.ValueOf(Kind(0)))
		return
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)))
		return
	case map[string]string:
		v.Set(reflect.ValueOf(map[string]string{"fail": "1"}))
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.String:
		v.SetString(v.String() + "x")
	case reflect.Float64:
		v.SetFloat(v.Float() + 0.5)
	case reflect.Int, reflect.Int64:
		v.SetInt(v.Int() + 2)
	case reflect.Uint8:
		v.SetUint(v.Uint() + 1)
	case reflect.Uint64:
		v.SetUint(v.Uint() + 2)
	default:
		t.Fatalf("%s is a %v", dotted(path), v.Type())
	}
}

// The attempts that a call may make are no part of an event: the log reads them from the
// policy in force.
func TestACallIsLoggedWithTheAttemptsAllowedThen(t *testing.T) {
	var log Log
	run := testRun()
	run.Sensors[0].Policy.Retry.MaxAttempts = 4
	log.Append(nil, &Event{Kind: RunStarted, Sensor: NoSensor, Run: run})
	tuned := &Tuned{}
	tuned.Policy.Retry.MaxAttempts = 7
	for i, want := range []string{`"maxAttempts":4,`, `"maxAttempts":3,`, `"maxAttempts":0,`} {
		if line := log.Append(nil, &Event{Kind: CallEnded, Sensor: i}); !bytes.Contains(line, []byte(want)) {
			t.Errorf("sensor %d, no %s in %s", i, want, line)
		}
	}
	log.Append(nil, &Event{Kind: PolicyChanged, Sensor: 1, Tuned: tuned})
	for i, want := range []string{`"maxAttempts":4,`, `"maxAttempts":7,`} {
		if line := log.Append(nil, &Event{Kind: CallEnded, Sensor: i}); !bytes.Contains(line, []byte(want)) {
			t.Errorf("tuned, sensor %d, no %s in %s", i, want, line)
		}
	}
}
