package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// ranked is a report whose seed stands among so many others.
func ranked(seed uint64, among int, set ...string) Options {
	o := seeded(seed, set...)
	o.Among = among
	return o
}

// The figures are those of running each of the seeds 42 to 241 by itself.
func TestTheSeedStandsAmongTwoHundredWhereItReallyDoes(t *testing.T) {
	want := SeedRank{
		Of: 200, FirstSeed: 42, NoSuccessfulBatch: 57, NaiveAhead: 13, MeanSuccessfulBatches: 16.305, StandardDeviation: 12.016821, last: 241,
	}
	for seed, stands := range map[uint64]struct{ fewer, more int }{42: {166, 9}, 4: {0, 143}} {
		want.FewerSuccessfulBatches, want.MoreSuccessfulBatches = stands.fewer, stands.more
		got := pipelineOf(t, ranked(seed, Seeds)).Comparison.SeedRank
		if got == nil || *got != want {
			t.Errorf("seed %d: %+v, want %+v", seed, got, want)
		}
	}
}

func TestTheRankIsThatOfTheSameSettingsFaultsAndBatches(t *testing.T) {
	o := ranked(42, 20, "sensors.S1.fail=0.9")
	o.Faults, o.Batches = []string{"S3:crash@1-12"}, 14
	fewer, sum := 0, 0
	own := pipelineOf(t, o)
	for seed := range uint64(20) {
		one := o
		one.Seed, one.Among = 42+seed, 0
		n := pipelineOf(t, one).Comparison.Resilient.SuccessfulBatches
		sum += n
		if n < own.Comparison.Resilient.SuccessfulBatches {
			fewer++
		}
	}
	if got := own.Comparison.SeedRank; got.Of != 20 || got.FewerSuccessfulBatches != fewer || got.MeanSuccessfulBatches != micro(float64(sum)/20) {
		t.Errorf("%+v, but %d have fewer, and all together %d", got, fewer, sum)
	}
	if !strings.Contains(own.seedWords(), "with the same settings and faults, ") {
		t.Error(own.seedWords())
	}
}

func TestThereIsNoRankWhereNobodyAskedOrItWouldTakeTooLong(t *testing.T) {
	long := ranked(42, Seeds)
	long.Batches = 1001
	for name, o := range map[string]Options{"nobody asked": seeded(42), "a long run": long} {
		r := pipelineOf(t, o)
		if r.Comparison.SeedRank != nil {
			t.Errorf("%s: %+v", name, r.Comparison.SeedRank)
		}
		if got, _ := json.Marshal(r.Comparison); !strings.Contains(string(got), `"seedRank":null`) {
			t.Errorf("%s: %s", name, got)
		}
		if got := r.seedWords(); got != "Seed 42 is one draw, and another may come out otherwise: --runs repeats the report over many." {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestTheReadingsAreThoseOfTheTable(t *testing.T) {
	for _, seed := range []uint64{42, 4, 7} {
		r := pipelineOf(t, seeded(seed))
		with, naive := uint64(0), uint64(0)
		for _, b := range r.Batches {
			for _, s := range b.Sensors {
				if s.Value != nil {
					with++
				}
			}
		}
		naive += uint64(5 * r.Comparison.Naive.SuccessfulBatches)
		if c := &r.Comparison; c.Resilient.ReadingsDelivered != with || c.Naive.ReadingsDelivered != naive {
			t.Errorf("seed %d: %d and %d readings, want %d and %d", seed, c.Resilient.ReadingsDelivered, c.Naive.ReadingsDelivered, with, naive)
		}
	}
	if r := pipelineOf(t, seeded(4)); r.Comparison.Resilient.SuccessfulBatches != 0 || r.Comparison.Resilient.ReadingsDelivered != 108 {
		t.Errorf("seed 4 completes no batch and delivers 108 readings, not %+v", r.Comparison.Resilient)
	}
}

func TestTheSentencesSayWhatOneSeedIsAndWhatWasLacking(t *testing.T) {
	for _, c := range []struct {
		o             Options
		seed, lacking string
	}{
		{
			ranked(42, 200),
			"Seed 42 is one draw. Of 200 seeds, 42 to 241, with the same settings, 166 have fewer successful batches and 9 more; the mean is 16.3 (standard deviation 12.0). 57 have none, and with 13 the naive pipeline has more than the one with policies.",
			" S2 delivered nothing in 1 of 30 batches, before its first answer; the others delivered in each.",
		},
		{
			ranked(4, 3),
			"Seed 4 is one draw. Of 3 seeds, 42 to 44, with the same settings, none has fewer successful batches and 3 more; the mean is 26.0 (standard deviation 6.1). Each has one at least, and the naive pipeline never has more than the one with policies.",
			" S1 delivered nothing in 1 of 30 batches, before its first answer; S2 delivered nothing in all 30 batches, for it never answered; S4 delivered nothing in 11 of 30 batches, before its first answer; the others delivered in each.",
		},
		{
			ranked(1, 2, "sensors.S0.fail=0", "sensors.S1.fail=0", "sensors.S2.fail=0", "sensors.S4.fail=0"),
			"Seed 1 is one draw. Of 2 seeds, 42 to 43, with the same settings, all have as many successful batches.", "",
		},
		{
			ranked(42, 2, "sensors.S1.fail=1", "sensors.S3.fail=1"),
			"Seed 42 is one draw. Of 2 seeds, 42 to 43, with the same settings, all have as many successful batches.",
			" S1 and S3 delivered nothing in all 30 batches, for they never answered; S2 delivered nothing in 1 of 30 batches, before its first answer; the others delivered in each.",
		},
	} {
		r := pipelineOf(t, c.o)
		if diff := cmp.Diff(c.seed, r.seedWords()); diff != "" {
			t.Errorf("seed %d: %s", c.o.Seed, diff)
		}
		if diff := cmp.Diff(c.lacking, r.lackingWords()); diff != "" {
			t.Errorf("seed %d: %s", c.o.Seed, diff)
		}
	}
}

func TestTheFiguresSayInHowManyRunsTheNaivePipelineIsAhead(t *testing.T) {
	const runs = 200
	stats, err := Repeat(t.Context(), "pipeline", ranked(42, Seeds), runs, 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := statOf(t, stats, "naive ahead"); got.Mean != 13.0/runs || got.N != runs || got.Unit != "%" {
		t.Errorf("%+v", got)
	}
	if got := statOf(t, stats, "resilient successful batches"); got.Mean != 16.305 || got.SD != 12.016821 {
		t.Errorf("the mean is not that of the rank: %+v", got)
	}
	if got := statOf(t, stats, "resilient readings delivered"); got.Mean < 110 || got.Mean > 150 || got.N != runs {
		t.Errorf("%+v", got)
	}
}
