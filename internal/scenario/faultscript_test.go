package scenario

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/event"
	"resiltui/internal/sensors/fault"
)

// step is what a test looks at of a scripted command.
type step struct {
	batch  int
	op     event.Op
	sensor int
	kind   fault.Number
}

func stepsOf(t *testing.T, s Scenario, batches int, faults ...string) []step {
	t.Helper()
	script, err := s.FaultScript(faults, batches)
	if err != nil {
		t.Fatal(err)
	}
	var steps []step
	for _, c := range script {
		if len(c.Command.Sensors) != 1 || c.Command.By == "" || c.Command.Fault != fault.Default(c.Command.Fault.Kind) {
			t.Fatalf("%+v", c)
		}
		steps = append(steps, step{c.Batch, c.Command.Op, c.Command.Sensors[0], c.Command.Fault.Kind})
	}
	return steps
}

func TestAFaultOfAScriptIsActiveFromItsFirstBatchToItsLast(t *testing.T) {
	const in, end = event.Inject, event.EndFault
	for name, tt := range map[string]struct {
		faults []string
		want   []step
	}{
		"none":       {nil, nil},
		"to the end": {[]string{"S3:crash@5"}, []step{{5, in, 3, fault.Crash}}},
		"a range":    {[]string{"S3:crash@5-15"}, []step{{5, in, 3, fault.Crash}, {16, end, 3, fault.Crash}}},
		"one batch":  {[]string{"S0:fail-first@1-1"}, []step{{1, in, 0, fault.FailFirst}, {2, end, 0, fault.FailFirst}}},
		"past the end of the run": {
			[]string{"S0:hang@30-99"},
			[]step{{30, in, 0, fault.Hang}, {100, end, 0, fault.Hang}},
		},
		"in the order of the batches, the end first": {
			[]string{"S3:crash@8-9", "S3:crash@5-7", "S3:slow@6-12", "S2:crash@8"},
			[]step{
				{5, in, 3, fault.Crash},
				{6, in, 3, fault.Slow},
				{8, end, 3, fault.Crash},
				{8, in, 3, fault.Crash},
				{8, in, 2, fault.Crash},
				{10, end, 3, fault.Crash},
				{13, end, 3, fault.Slow},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, stepsOf(t, Pipeline(), 30, tt.faults...), cmp.AllowUnexported(step{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestEveryKindOfFaultAndEverySensorCanBeInAScript(t *testing.T) {
	for _, s := range builtin() {
		for i := range s.Sensors {
			for _, k := range fault.Kinds() {
				got := stepsOf(t, s, 0, s.Sensors[i].Info.ID+":"+k.Name+"@7")
				if want := (step{7, event.Inject, i, k.Number}); len(got) != 1 || got[0] != want {
					t.Errorf("%s, sensor %d, %s: %v", s.Name, i, k.Name, got)
				}
			}
		}
	}
	odd := Pipeline()
	odd.Sensors[1].Info.ID = "a:b@c"
	if got := stepsOf(t, odd, 0, "a:b@c:slow@2"); len(got) != 1 || got[0].sensor != 1 {
		t.Errorf("%v", got)
	}
}

func TestABlackHoleIsCalledAsOnTheScreenToo(t *testing.T) {
	if got, err := faultKind("black-hole"); got != fault.Hang || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

func TestAFaultThatCannotBeSaysWhatIsAllowed(t *testing.T) {
	for text, want := range map[string][]string{
		"":                  {`"" is no fault`, "SENSOR:KIND@FROM"},
		"S3":                {`"S3" is no fault`, "S3:crash@5-15"},
		"S3:crash":          {"is no fault"},
		"crash@5":           {"is no fault"},
		":crash@5":          {"is no fault"},
		"S33:crash@5":       {`unknown sensor "S33"`, `did you mean "S3"?`, "S0, S1, S2, S3, S4"},
		"zebra:crash@5":     {`zebra:crash@5: unknown sensor "zebra" in scenario pipeline; its sensors are`},
		"S3:crahs@5":        {`unknown fault "crahs"; did you mean "crash"?`, "the faults are: black-hole, crash, hang, slow"},
		"S3:@5":             {`unknown fault ""`, "rate-limit"},
		"S3:crash@":         {`batch "": must be a whole number from 1 to 30`},
		"S3:crash@0":        {`S3:crash@0: batch "0": must be`},
		"S3:crash@x":        {`batch "x"`},
		"S3:crash@31":       {`batch "31": must be a whole number from 1 to 30`},
		"S3:crash@1.5":      {`batch "1.5"`},
		"S3:crash@-5":       {`batch ""`},
		"S3:crash@5-":       {`batch ""`},
		"S3:crash@5-x":      {`batch "x"`},
		"S3:crash@5-4":      {"ends with batch 4, before it begins with batch 5"},
		"S3:crash@5-6-7":    {`batch "6-7"`},
		"S3:cr\x1b[2Jsh@5":  {"unknown fault"},
		"S3:crash@9\x1b[2J": {"batch"},
	} {
		s := Pipeline()
		script, err := s.FaultScript([]string{"S3:slow@5", text}, 30)
		if err == nil || script != nil {
			t.Errorf("%q: %v", text, script)
			continue
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%q: %q does not say %q", text, err, w)
			}
		}
		if strings.ContainsRune(err.Error(), '\x1b') {
			t.Errorf("%q: the error holds an escape", text)
		}
	}
	s := Pipeline()
	if _, err := s.FaultScript([]string{"S3:crash@1000000001"}, 0); err == nil {
		t.Error("no limit without an end")
	}
}

func TestTwoFaultsOfAKindDoNotOverlap(t *testing.T) {
	for text, overlaps := range map[string]bool{
		"S3:crash@5-15": true, "S3:crash@15-20": true, "S3:crash@1-5": true, "S3:crash@1": true, "S3:crash@7-8": true,
		"S3:crash@16": false, "S3:crash@1-4": false, "S3:slow@5-15": false, "S2:crash@5-15": false,
	} {
		s := Pipeline()
		_, err := s.FaultScript([]string{"S3:crash@5-15", text}, 0)
		if (err != nil) != overlaps || err != nil && !strings.Contains(err.Error(), text+": overlaps S3:crash@5-15") {
			t.Errorf("%s: %v", text, err)
		}
	}
}
