package report

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Three runs with 2, 0 and 4 successes in 3, 1 and 2 seconds: 6 s for 6 successes. The
// mean of ratios would be (1.5 + 0.5) / 2 and leave the second run out. Beyond their
// share the runs have 3-2 = 1, 1-0 = 1 and 2-4 = -2, by 2 successes a run 0.5, 0.5 and
// -1: SD = √(1.5/2), and the margin is 4.302653 · SD / √3.
func TestARatioIsPooledOverAllRuns(t *testing.T) {
	parts, of := []float64{3, 1, 2}, []float64{2, 0, 4}
	got, err := repeat(t.Context(), 0, 3, 2, nil, func(_ context.Context, seed uint64) ([]Figure, error) {
		return []Figure{ratio("v", parts[seed], of[seed], "s")}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []Stat{{Figure: "v", Unit: "s", N: 3, Pooled: true, Mean: 1, SD: 0.866025, Low: -1.151326, High: 3.151326, Min: 0.5, Max: 1.5}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// With one denominator the pooled ratio is the mean of the ratios.
func TestPoolingChangesNothingWhereDenominatorsAreEqual(t *testing.T) {
	values := []float64{0.3, 0.7, 0.45, 0.9}
	means, err := repeat(t.Context(), 0, len(values), 1, nil, figuresOf(values...))
	if err != nil {
		t.Fatal(err)
	}
	pooled, err := repeat(t.Context(), 0, len(values), 1, nil, func(_ context.Context, seed uint64) ([]Figure, error) {
		return []Figure{ratio("v", values[seed]*8, 8, "s")}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	pooled[0].Pooled = false
	if diff := cmp.Diff(means, pooled); diff != "" {
		t.Error(diff)
	}
}

func TestARatioThatNoRunHasIsNotKnown(t *testing.T) {
	got, err := repeat(t.Context(), 0, 2, 1, nil, func(context.Context, uint64) ([]Figure, error) {
		return []Figure{ratio("v", 3, 0, "s")}, nil
	})
	if err != nil || got[0] != (Stat{Figure: "v", Unit: "s", Pooled: true}) {
		t.Errorf("%+v, %v", got, err)
	}
}

// What a successful batch costs is all seconds by all successes, those of the runs
// without any success among them.
func TestSecondsPerSuccessfulBatchArePooled(t *testing.T) {
	const runs = 60
	stats, err := Repeat(t.Context(), "pipeline", seeded(1), runs, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	of := map[string]Stat{}
	for _, s := range stats {
		of[s.Figure] = s
	}
	for _, which := range []string{"resilient", "naive"} {
		seconds, successes, without := 0.0, 0, 0
		for seed := range uint64(runs) {
			c := pipelineOf(t, seeded(1+seed)).Comparison
			cost := c.Resilient
			if which == "naive" {
				cost = c.Naive
			}
			seconds, successes = seconds+cost.Seconds, successes+cost.SuccessfulBatches
			if cost.SuccessfulBatches == 0 {
				without++
			}
		}
		s := of[which+" seconds per successful batch"]
		if want := seconds / float64(successes); math.Abs(s.Mean-want) > 1e-6 || s.N != runs || !s.Pooled || without == 0 {
			t.Errorf("%s: %+v, want %v over %d runs, %d of them without a success", which, s, want, runs, without)
		}
	}
}

// The table says of how many runs a mean is, and its words do not say "all".
func TestWhatIsKnownInSomeRunsOnlySaysInHowMany(t *testing.T) {
	o := seeded(1)
	stats, err := Repeat(t.Context(), "pipeline", o, 30, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	d := StatsDocument("pipeline", o, 30, stats)
	rows := d.Sections[0].Tables[0].Rows
	closed := rows[len(rows)-1]
	if !strings.HasSuffix(closed[2].Text, " of 30") {
		t.Errorf("%q in %q runs", closed[0].Text, closed[2].Text)
	}
	words := strings.Join(d.Sections[0].Conclusion, " ")
	if strings.Contains(words, "mean over all seeds") || !strings.Contains(words, "fewer than all") || !strings.Contains(words, "pooled") {
		t.Error(words)
	}
}
