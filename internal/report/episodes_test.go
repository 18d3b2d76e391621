package report

import (
	"strings"
	"testing"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/schematest"
	"resiltui/internal/sensors/fault"
)

// crashed is a report of a pipeline in which S3 crashed, S0 lied and S4's fault
// never ended.
func crashed(seed uint64) Options {
	o := seeded(seed)
	inject := func(batch, sensor int, kind fault.Number) {
		o.Script = append(o.Script, engine.Scripted{Batch: batch, Command: event.Command{
			Op: event.Inject, Sensors: []int{sensor}, Fault: fault.Default(kind), By: "a script",
		}})
	}
	inject(3, 3, fault.Crash)
	inject(4, 0, fault.Corrupt)
	inject(20, 4, fault.Crash)
	for _, sensor := range []int{0, 3} {
		o.Script = append(o.Script, engine.Scripted{Batch: 15, Command: event.Command{Op: event.Recover, Sensors: []int{sensor}, By: "a script"}})
	}
	return o
}

func TestTheReportHoldsTheVerdictsOfItsEpisodes(t *testing.T) {
	r := pipelineOf(t, crashed(42))
	if len(r.Episodes) != 2 {
		t.Fatalf("%+v", r.Episodes)
	}
	for _, e := range r.Episodes {
		switch e.Sensor {
		case "S0":
			if e.SeenAfterSeconds != nil || !strings.Contains(e.Unseen, "no policy can see") || e.WrongOff == nil || *e.WrongOff < 1 || e.Unit != "°C" {
				t.Errorf("%+v", e)
			}
		case "S3":
			if e.SeenAfterSeconds == nil || e.Unseen != "" || e.AttemptsWithoutBreaker != 12*3 || e.Attempts >= 36 || e.EndedSeconds-e.BeganSeconds != 6 || e.OldestSeconds == nil || e.Off == nil {
				t.Errorf("%+v", e)
			}
		default:
			t.Errorf("%s is not back", e.Sensor)
		}
	}
	d := r.Document()
	last := d.Sections[len(d.Sections)-1]
	if last.Title != "Verdicts" || len(last.Tables[0].Rows) != 2 {
		t.Errorf("%+v", last)
	}
	if plain := pipelineOf(t, seeded(42)); plain.Episodes == nil || len(plain.Episodes) != 0 || len(plain.Document().Sections) != len(d.Sections)-1 {
		t.Errorf("without faults: %+v", plain.Episodes)
	}
}

func TestTheSchemaDescribesEpisodes(t *testing.T) {
	body := jsonOf(t, []string{"pipeline"}, crashed(7))
	if err := schematest.Strict(t, schemaFile).Validate(schematest.Value(t, body)); err != nil {
		t.Error(err)
	}
	if !strings.Contains(string(body), `"seenAfterSeconds"`) {
		t.Error("no episode in it")
	}
}
