package report

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// figuresOf gives the runs from seed 0 on these values; NaN is not known.
func figuresOf(values ...float64) func(context.Context, uint64) ([]Figure, error) {
	return func(_ context.Context, seed uint64) ([]Figure, error) {
		v := values[seed]
		return []Figure{{Name: "v", Value: v, Known: !math.IsNaN(v), Unit: "s"}}, nil
	}
}

func TestStatisticsByHand(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name   string
		values []float64
		want   Stat
	}{
		// The squares of 2, 4, 4, 4, 5, 5, 7, 9 around 5 add up to 32: SD = √(32/7) = 2.138090,
		// the margin is 2.364624 · 2.138090 / √8 = 1.787488.
		{"eight", []float64{2, 4, 4, 4, 5, 5, 7, 9}, Stat{N: 8, Mean: 5, SD: 2.13809, Low: 3.212512, High: 6.787488, Min: 2, Max: 9}},
		// SD = √2, the margin is 12.706205 · √2 / √2.
		{"two", []float64{1, 3}, Stat{N: 2, Mean: 2, SD: 1.414214, Low: -10.706205, High: 14.706205, Min: 1, Max: 3}},
		{"equal", []float64{0.1, 0.1, 0.1}, Stat{N: 3, Mean: 0.1, Low: 0.1, High: 0.1, Min: 0.1, Max: 0.1}},
		{"one", []float64{0.5}, Stat{N: 1, Mean: 0.5, Min: 0.5, Max: 0.5}},
		{"one known", []float64{nan, 7, nan}, Stat{N: 1, Mean: 7, Min: 7, Max: 7}},
		{"none known", []float64{nan, nan}, Stat{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := repeat(t.Context(), 0, len(c.values), 2, nil, figuresOf(c.values...))
			if err != nil {
				t.Fatal(err)
			}
			c.want.Figure, c.want.Unit = "v", "s"
			if diff := cmp.Diff([]Stat{c.want}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFiguresAreJoinedByName(t *testing.T) {
	runs := [][]Figure{
		{{Name: "a", Value: 1, Known: true}, {Name: "b", Value: 10, Known: true}},
		{{Name: "c", Value: 5, Known: true}, {Name: "b", Value: 30, Known: true}, {Name: "a", Value: math.Inf(1), Known: true}},
	}
	got, err := repeat(t.Context(), 0, 2, 1, nil, func(_ context.Context, seed uint64) ([]Figure, error) { return runs[seed], nil })
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range got {
		lines = append(lines, fmt.Sprintf("%s %d %g", s.Figure, s.N, s.Mean))
	}
	if diff := cmp.Diff([]string{"a 1 1", "b 2 20", "c 1 5"}, lines); diff != "" {
		t.Error(diff)
	}
}

func TestTheResultDoesNotDependOnTheWorkers(t *testing.T) {
	var want []Stat
	for _, workers := range []int{1, 0, 3, 64} {
		got, err := Repeat(t.Context(), "retry", Options{Seed: 42}, 12, workers, nil)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d workers: %s", workers, diff)
		}
	}
	if len(want) == 0 || want[0].N != 12 {
		t.Errorf("statistics of 12 runs: %+v", want)
	}
}

func TestEveryReportCanBeRepeated(t *testing.T) {
	for _, name := range Names() {
		stats, err := Repeat(t.Context(), name, Options{Seed: math.MaxUint64 - 1}, 2, 0, nil)
		if err != nil || len(stats) == 0 {
			t.Errorf("%s: %v, %v", name, stats, err)
		}
	}
}

func TestRunsThatCannotBe(t *testing.T) {
	for _, c := range []struct {
		name string
		seed uint64
		runs int
		want string
	}{
		{"retry", 1, 0, "at least 1"},
		{"retry", 1, -3, "at least 1"},
		{"retry", math.MaxUint64, 2, "18446744073709551615"},
		{"retry", math.MaxUint64 - 3, 5, "18446744073709551615"},
		{"rety", 1, 1, `did you mean "retry"?`},
		{All, 1, 1, "one report at a time"},
	} {
		stats, err := Repeat(t.Context(), c.name, Options{Seed: c.seed}, c.runs, 0, nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || stats != nil {
			t.Errorf("%+v gave %v, %v", c, stats, err)
		}
	}
	if _, err := Repeat(t.Context(), "retry", Options{Set: []string{"no.such=1"}}, 3, 0, nil); err == nil || !strings.Contains(err.Error(), "run 1 of 3") {
		t.Errorf("a wrong setting: %v", err)
	}
}

func TestACancelledReportIsNotRepeated(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Repeat(ctx, "retry", Options{}, 2, 0, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func sampleStats() []Stat {
	return []Stat{
		{Figure: "success rate", Unit: "%", N: 3, Mean: 0.75, SD: 0.125, Low: 0.439473, High: 1.060527, Min: 0.6, Max: 0.85},
		{Figure: "time", Unit: "s", N: 1, Mean: 1.5, Min: 1.5, Max: 1.5},
		{Figure: "closed at", N: 0},
	}
}

func TestStatsReportHasNullWhereNothingIsKnown(t *testing.T) {
	got, err := json.Marshal(NewStatsReport("retry", Options{Seed: 7}, 3, sampleStats()))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"report":"retry","seed":7,"runs":3,"figures":[` +
		`{"name":"success rate","unit":"fraction","n":3,"pooled":false,"mean":0.75,"standardDeviation":0.125,"low95":0.439473,"high95":1.060527,"min":0.6,"max":0.85},` +
		`{"name":"time","unit":"s","n":1,"pooled":false,"mean":1.5,"standardDeviation":null,"low95":null,"high95":null,"min":1.5,"max":1.5},` +
		`{"name":"closed at","unit":"","n":0,"pooled":false,"mean":null,"standardDeviation":null,"low95":null,"high95":null,"min":null,"max":null}]}`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Error(diff)
	}
	if got, _ := json.Marshal(NewStatsReport("retry", Options{}, 1, nil)); !strings.Contains(string(got), `"figures":[]`) {
		t.Errorf("no figures: %s", got)
	}
}

func TestStatsReportDoesNotShareTheStats(t *testing.T) {
	stats := sampleStats()
	r := NewStatsReport("retry", Options{}, 3, stats)
	stats[0].Mean = 99
	if *r.Figures[0].Mean != 0.75 {
		t.Error("the report changed with the statistics")
	}
}

func TestStatsDocument(t *testing.T) {
	d := StatsDocument("retry", Options{Seed: 7}, 3, sampleStats())
	if d.Name != "retry" || d.Title != "repeated over 3 seeds" || d.Intro[0] != "3 runs, seeds 7 to 9." {
		t.Errorf("%q, %q, %q", d.Name, d.Title, d.Intro)
	}
	table := d.Sections[0].Tables[0]
	var texts, raws [][]string
	for _, row := range table.Rows {
		if len(row) != len(table.Columns) {
			t.Fatalf("%d cells under %d columns", len(row), len(table.Columns))
		}
		var text, raw []string
		for _, c := range row {
			text, raw = append(text, c.Text), append(raw, c.Raw)
		}
		texts, raws = append(texts, text), append(raws, raw)
	}
	na := notAvailable
	if want := [][]string{
		{"success rate", "%", "3", "no", "75.00 %", "12.50 %", "43.95 %", "106.05 %", "60.00 %", "85.00 %"},
		{"time", "s", "1 of 3", "no", "1.500", na, na, na, "1.500", "1.500"},
		{"closed at", "", "0 of 3", "no", na, na, na, na, na, na},
	}; !reflect.DeepEqual(texts, want) {
		t.Errorf("texts %q, want %q", texts, want)
	}
	if want := [][]string{
		{"success rate", "fraction", "3", "no", "0.75", "0.125", "0.439473", "1.060527", "0.6", "0.85"},
		{"time", "s", "1", "no", "1.5", "", "", "", "1.5", "1.5"},
		{"closed at", "", "0", "no", "", "", "", "", "", ""},
	}; !reflect.DeepEqual(raws, want) {
		t.Errorf("raws %q, want %q", raws, want)
	}
	if one := StatsDocument("retry", Options{Seed: 7}, 1, nil); one.Intro[0] != "One run, seed 7: too few for a deviation and an interval." {
		t.Errorf("%q", one.Intro)
	}
}
