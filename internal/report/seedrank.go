package report

import (
	"context"
	"errors"
	"fmt"

	"resiltui/internal/engine"
	"resiltui/internal/scenario"
	"resiltui/internal/seeds"
	"resiltui/internal/words"
)

// SeedRank is the rank of a seed among other seeds with the same settings and faults, by
// successful batches: the result of a single seed is one random draw.
type SeedRank struct {
	// Of is the number of seeds compared, from FirstSeed on. The ranked seed may be one of
	// them.
	Of        int    `json:"of"`
	FirstSeed uint64 `json:"firstSeed"`
	// FewerSuccessfulBatches and MoreSuccessfulBatches are how many seeds have fewer and
	// more successful batches than this one, NoSuccessfulBatch how many have none.
	FewerSuccessfulBatches int `json:"fewerSuccessfulBatches"`
	MoreSuccessfulBatches  int `json:"moreSuccessfulBatches"`
	NoSuccessfulBatch      int `json:"noSuccessfulBatch"`
	// NaiveAhead is how many seeds have more successful batches with the naive pipeline.
	NaiveAhead int `json:"naiveAhead"`
	// MeanSuccessfulBatches and StandardDeviation are over all these seeds.
	MeanSuccessfulBatches float64 `json:"meanSuccessfulBatches"`
	StandardDeviation     float64 `json:"standardDeviation"`

	last uint64
}

// rank ranks a run with this number of successful batches among runs with other seeds. It
// is nil where that was not asked for, or would take too long.
func rank(ctx context.Context, sc *scenario.Scenario, o Options, delivered int) (*SeedRank, error) {
	if o.Among <= 0 {
		return nil, nil
	}
	build := func(seed uint64) (engine.Config, error) { return configOf(*sc, o, seed), nil }
	among := seeds.Sample{Build: build, First: sc.Seed, Runs: o.Among, Batches: sc.Batches}
	s, err := among.Stand(ctx, delivered)
	switch {
	case errors.Is(err, seeds.ErrTooMany):
		return nil, nil
	case err != nil:
		return nil, err
	}
	return &SeedRank{
		Of: s.Of, FirstSeed: s.First, FewerSuccessfulBatches: s.Fewer, MoreSuccessfulBatches: s.More,
		NoSuccessfulBatch: s.None, NaiveAhead: s.NaiveAhead,
		MeanSuccessfulBatches: s.Mean, StandardDeviation: s.Deviation, last: s.Last(),
	}, nil
}

// seedWords say that one seed is one random draw, and the rank of this one.
func (r *PipelineReport) seedWords() string {
	s := r.Comparison.SeedRank
	if s == nil {
		return fmt.Sprintf("Seed %d is one draw, and another may come out otherwise: --runs repeats the report over many.", r.Seed)
	}
	faults := ""
	if len(r.judged) > 0 {
		faults = " and faults"
	}
	text := fmt.Sprintf("Seed %d is one draw. Of %s, %d to %d, with the same settings%s, ",
		r.Seed, words.Counted(s.Of, "seed"), s.FirstSeed, s.last, faults)
	if s.FewerSuccessfulBatches == 0 && s.MoreSuccessfulBatches == 0 {
		return text + "all have as many successful batches."
	}
	text += fmt.Sprintf("%s fewer successful batches and %s more; the mean is %.1f (standard deviation %.1f).",
		have(s.FewerSuccessfulBatches), nothing(s.MoreSuccessfulBatches), s.MeanSuccessfulBatches, s.StandardDeviation)
	switch s.NoSuccessfulBatch {
	case 0:
		text += " Each has one at least"
	case s.Of:
		text += " None of them has one"
	default:
		text += " " + capital(have(s.NoSuccessfulBatch)) + " none"
	}
	if s.NaiveAhead == 0 {
		return text + ", and the naive pipeline never has more than the one with policies."
	}
	return text + fmt.Sprintf(", and with %s the naive pipeline has more than the one with policies.", some(s.NaiveAhead, s.Of))
}

// have words how many seeds have something: "none has", "1 has", "166 have".
func have(n int) string {
	if n > 1 {
		return fmt.Sprintf("%d have", n)
	}
	return nothing(n) + " has"
}

// lackingWords name the sensors whose readings were missing, and say whether they had ever
// answered: before its first answer a sensor has no substitute to serve. Empty where
// nothing was missing.
func (r *PipelineReport) lackingWords() string {
	list, lacking := make([]statement, len(r.Sensors)), false
	for i := range r.Sensors {
		n, before, answered := 0, 0, false
		for b := range r.Batches {
			s := &r.Batches[b].Sensors[i]
			answered = answered || s.Status == "live"
			if s.Value == nil {
				n++
				if !answered {
					before++
				}
			}
		}
		t := statement{who: r.Sensors[i].ID, what: "delivered in each"}
		if n > 0 {
			lacking = true
			t.what = "delivered nothing in " + ofBatches(n, len(r.Batches))
			switch {
			case !answered:
				t.what, t.alone = t.what+", for they never answered", t.what+", for it never answered"
			case before == n:
				t.what, t.alone = t.what+", before their first answer", t.what+", before its first answer"
			}
		}
		list[i] = t
	}
	if !lacking {
		return ""
	}
	return " " + inFull(list, "all sensors ", " ")
}
