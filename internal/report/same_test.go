package report

import (
	"bytes"
	"context"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestTheSameSeedGivesTheSameBytesTwice(t *testing.T) {
	for _, seed := range []uint64{7, 42, 0, 1<<64 - 1} {
		one, two := jsonOf(t, Names(), seeded(seed)), jsonOf(t, Names(), seeded(seed))
		if !bytes.Equal(one, two) {
			t.Errorf("seed %d: %s", seed, cmp.Diff(string(one), string(two)))
		}
		if bytes.Equal(one, jsonOf(t, Names(), seeded(seed+1))) {
			t.Errorf("seed %d gives what the next one gives", seed)
		}
	}
}

func TestTheNumberOfProcessorsMakesNoDifference(t *testing.T) {
	before := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(before)
	want := jsonOf(t, Names(), seeded(7))
	for _, n := range []int{2, 8} {
		runtime.GOMAXPROCS(n)
		if got := jsonOf(t, Names(), seeded(7)); !bytes.Equal(got, want) {
			t.Errorf("%d processors: %s", n, cmp.Diff(string(want), string(got)))
		}
	}
}

// The bubble's clock goes on when everybody waits, so the wall clock of a real
// run takes no time here, and is exact.
func TestTheWallClockGivesWhatVirtualTimeGives(t *testing.T) {
	for _, name := range Names() {
		want := string(jsonOf(t, []string{name}, seeded(7)))
		synctest.Test(t, func(t *testing.T) {
			o := seeded(7)
			o.Realtime = true
			began := time.Now()
			if diff := cmp.Diff(want, string(jsonOf(t, []string{name}, o))); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
			// Ten batches at least, one every half second.
			if took := time.Since(began); took < 4500*time.Millisecond {
				t.Errorf("%s took %v of the wall clock", name, took)
			}
		})
	}
}

func TestASettingChangesWhatTheReportSays(t *testing.T) {
	plain := breakerOf(t, seeded(7))
	r := breakerOf(t, seeded(7, "policy.breaker.threshold=1"))
	if got := timeline(&r.Runs[0])[0]; got != "5.05 OPEN" {
		t.Errorf("with a threshold of 1 the circuit's first change is %s", got)
	}
	if cmp.Equal(plain.Runs[0].Transitions, r.Runs[0].Transitions) {
		t.Error("the threshold changes nothing")
	}
	before := jsonOf(t, []string{"pipeline"}, seeded(7))
	p := pipelineOf(t, seeded(7, "sensors.S1.fail=0", "sensors.S3.fail=1"))
	if !is(p.Sensors[1].LiveRate, 1) || p.Sensors[1].TotalRetries != 0 || !is(p.Sensors[3].LiveRate, 0) {
		t.Errorf("S1 %+v, S3 %+v", p.Sensors[1], p.Sensors[3])
	}
	if !bytes.Equal(before, jsonOf(t, []string{"pipeline"}, seeded(7))) {
		t.Error("a setting outlives its report")
	}
	// Later settings win over earlier ones.
	last := retryOf(t, seeded(7, "policy.retry.attempts=5", "policy.retry.attempts=1"))
	for _, f := range last.Functions {
		if f.Retries != 0 {
			t.Errorf("%+v", f)
		}
	}
}

// The introduction describes the exercise as it is given.
func TestTheIntroductionNamesWhatWasChanged(t *testing.T) {
	for _, name := range Names() {
		plain := reportOf[Report](t, name, seeded(7)).Document().Intro
		set := reportOf[Report](t, name, seeded(7, "policy.timeout=3s", "policy.fallback.maxAge=4s")).Document().Intro
		if len(plain) != 1 || len(set) != 2 || set[1] != "Changed for this report: policy.timeout=3s, policy.fallback.maxAge=4s." {
			t.Errorf("%s: %q and %q", name, plain, set)
		}
	}
}

func TestASettingThatDoesNotExistIsAnErrorOfEveryReport(t *testing.T) {
	for _, name := range Names() {
		r, err := Run(context.Background(), name, seeded(7, "policy.breaker.treshold=4"))
		if err == nil || !strings.Contains(err.Error(), "policy.breaker.threshold") {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
}

func TestAnUnknownReportIsToldTheKnownOnes(t *testing.T) {
	for _, name := range append(Names(), All) {
		if err := CheckName(name); err != nil {
			t.Error(err)
		}
	}
	for name, said := range map[string][]string{
		"pipelin": {`unknown report "pipelin"`, `did you mean "pipeline"?`, "retry, breaker, strategies, pipeline, all"},
		"BREAKER": {`did you mean "breaker"?`},
		"quux":    {`unknown report "quux"; the reports are`},
		"":        {`unknown report ""; the reports are`},
	} {
		err := CheckName(name)
		if err == nil {
			t.Fatalf("%q is accepted", name)
		}
		for _, s := range said {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%q does not say %q", err, s)
			}
		}
		if _, err2 := Run(context.Background(), name, seeded(1)); err2 == nil || err2.Error() != err.Error() {
			t.Errorf("Run says %v", err2)
		}
	}
	if err := CheckName("x\x1b[31m"); strings.Contains(err.Error(), "\x1b") {
		t.Errorf("%q carries a control sequence", err)
	}
}

// Repeated runs join figures by their names.
func TestFigureNamesAreUniqueAndTheSameForEverySeed(t *testing.T) {
	for _, name := range Names() {
		var want []string
		for seed := range uint64(10) {
			var names []string
			seen := map[string]bool{}
			for _, f := range reportOf[Report](t, name, seeded(seed)).Figures() {
				if f.Name == "" || seen[f.Name] {
					t.Errorf("%s, seed %d: the name %q a second time", name, seed, f.Name)
				}
				seen[f.Name] = true
				names = append(names, f.Name)
			}
			if want == nil {
				want = names
			}
			if !cmp.Equal(names, want) {
				t.Errorf("%s, seed %d: %s", name, seed, cmp.Diff(want, names))
			}
		}
		if len(want) == 0 {
			t.Errorf("%s has no figures", name)
		}
	}
}

// A table that is not rectangular cannot be written as CSV.
func TestDocumentsAreRectangularAndTheirTablesHaveNames(t *testing.T) {
	for _, name := range Names() {
		d := reportOf[Report](t, name, seeded(7)).Document()
		if d.Name != name || d.Title == "" || len(d.Intro) == 0 || len(d.Sections) == 0 {
			t.Errorf("%s: %+v", name, d)
		}
		seen := map[string]bool{}
		for _, s := range d.Sections {
			for _, table := range s.Tables {
				if table.Name == "" || seen[table.Name] {
					t.Errorf("%s: the name %q a second time", name, table.Name)
				}
				seen[table.Name] = true
				for i, row := range table.Rows {
					if len(row) != len(table.Columns) {
						t.Errorf("%s %s, row %d: %d cells under %d columns", name, table.Name, i, len(row), len(table.Columns))
					}
				}
			}
		}
	}
}
