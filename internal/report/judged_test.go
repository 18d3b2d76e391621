package report

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// statOf finds the statistics of a figure.
func statOf(t *testing.T, stats []Stat, figure string) Stat {
	t.Helper()
	i := slices.IndexFunc(stats, func(s Stat) bool { return s.Figure == figure })
	if i < 0 {
		t.Fatalf("there is no %q among the figures", figure)
	}
	return stats[i]
}

// S3 fails for nothing but the crash, so every seed sees the same: the fifth failed call
// opens the circuit, and two good probes close it.
func TestRepeatedRunsHaveTheFiguresOfTheVerdict(t *testing.T) {
	const runs = 20
	stats, err := Repeat(t.Context(), "pipeline", faulted(42, []string{"S3:crash@5-15"}), runs, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for figure, want := range map[string]Stat{
		"seen after": {N: runs, Mean: 2.153, Unit: "s"},
		"attempts":   {N: runs, Mean: 15}, "attempts without the breaker": {N: runs, Mean: 33},
		"refused": {N: runs, Mean: 6}, "served": {N: runs, Mean: 11},
	} {
		got := statOf(t, stats, "S3:crash@5-15 "+figure)
		if got.N != want.N || got.Unit != want.Unit || got.Mean != want.Mean || got.SD != 0 {
			t.Errorf("%s: %+v", figure, got)
		}
	}
	back := statOf(t, stats, "S3:crash@5-15 back")
	if back.N != runs || back.Unit != "s" || back.Mean < 0.54 || back.Mean > 0.56 || back.SD <= 0 {
		t.Errorf("back: %+v", back)
	}
}

func TestTheFiguresOfAFaultAreThoseOfItsVerdictRunByRun(t *testing.T) {
	const runs, name = 12, "S1:crash@5-9"
	o := faulted(7, []string{name})
	stats, err := Repeat(t.Context(), "pipeline", o, runs, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	sum, n, seen := 0.0, 0, 0
	for i := range uint64(runs) {
		o.Seed = 7 + i
		if r := pipelineOf(t, o); len(r.Episodes) > 0 {
			sum += r.Episodes[0].BackSeconds
			n++
			if r.Episodes[0].SeenAfterSeconds != nil {
				seen++
			}
		}
	}
	back, after := statOf(t, stats, name+" back"), statOf(t, stats, name+" seen after")
	if back.N != n || back.Mean != micro(sum/float64(n)) || back.SD <= 0 {
		t.Errorf("back of %d runs, together %v s: %+v", n, sum, back)
	}
	if after.N != seen {
		t.Errorf("%d runs have seen it: %+v", seen, after)
	}
}

func TestWhereTheSensorIsNeverBackTheFiguresOfTheFaultAreNotKnown(t *testing.T) {
	stats, err := Repeat(t.Context(), "pipeline", faulted(42, []string{"S2:crash@5-40", "S3:stuck@4-5"}), 3, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	for figure, n := range map[string]int{
		"S2:crash@5-40 seen after": 0, "S2:crash@5-40 back": 0, "S2:crash@5-40 attempts": 0,
		"S3:stuck@4-5 seen after": 0, "S3:stuck@4-5 back": 3,
	} {
		if got := statOf(t, stats, figure); got.N != n {
			t.Errorf("%s: known in %d runs, not %d", figure, got.N, n)
		}
	}
	words := strings.Join(StatsDocument("pipeline", faulted(42, []string{"S2:crash@5-40"}), 3, stats).Sections[0].Conclusion, "\n")
	if !strings.Contains(words, "those of its verdict") {
		t.Errorf("nothing says what they are: %s", words)
	}
}

func TestFaultsThatAreOneEpisodeHaveItsFiguresTogether(t *testing.T) {
	for _, c := range []struct {
		faults []string
		want   []string // what has figures, known or not
	}{
		{[]string{"S3:crash@10-18", "S3:slow@15-20"}, []string{"S3:crash@10-18 + S3:slow@15-20"}},
		{[]string{"S3:slow@9-10", "S3:crash@5-8"}, []string{"S3:crash@5-8 + S3:slow@9-10"}},
		{[]string{"S3:slow@10", "S3:crash@15-20"}, []string{"S3:slow@10 + S3:crash@15-20"}},
		{[]string{"S3:crash@4-5", "S3:slow@12-20", "S0:crash@4-5"}, []string{"S0:crash@4-5", "S3:crash@4-5", "S3:slow@12-20"}},
		// The circuit of S3 is still open when it is slowed, so its episode goes on.
		{[]string{"S3:crash@4-12", "S3:slow@14-15"}, []string{"S3:crash@4-12", "S3:slow@14-15", "S3:crash@4-12 + S3:slow@14-15"}},
	} {
		var got []string
		for _, f := range pipelineOf(t, faulted(42, c.faults)).Figures() {
			if name, ok := strings.CutSuffix(f.Name, " seen after"); ok {
				got = append(got, name)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%v: %s", c.faults, diff)
		}
	}
}

func TestTheReportSaysWhyAFaultHasNoVerdictOrWasNotSeen(t *testing.T) {
	for _, c := range []struct {
		faults []string
		want   []string
	}{
		{[]string{"S3:crash@5-15"}, nil},
		{[]string{"S3:crash@5"}, []string{"There is no verdict on S3:crash@5: it lasted to the end of the run."}},
		{[]string{"S2:crash@20-25"}, []string{"There is no verdict on S2:crash@20-25: the sensor was not back by the end of the run."}},
		{[]string{"S3:stuck@4-5"}, []string{"The breaker did not see S3:stuck@4-5: the values were wrong, and no policy can see that."}},
		{[]string{"S3:crash@4-12", "S3:slow@14-15"}, nil}, // one verdict on both
	} {
		d := pipelineOf(t, faulted(42, c.faults)).Document()
		last := d.Sections[len(d.Sections)-1]
		if diff := cmp.Diff(c.want, last.Conclusion); diff != "" || last.Title != "Verdicts" {
			t.Errorf("%v: %s %s", c.faults, last.Title, diff)
		}
	}
}
