package report

import (
	"context"
	"fmt"
	"math"

	"resiltui/internal/seeds"
	"resiltui/internal/stats"
)

// Stat is the statistics of one figure over several runs. All numbers are in the
// figure's unit and rounded to 1e-6.
type Stat struct {
	Figure, Unit string
	// N is the number of runs in the mean: those in which the figure was known, or
	// all runs where it is pooled. Mean, Min and Max have a meaning from N = 1 on,
	// SD, Low and High from N = 2 on; below that they are 0.
	N int
	// Pooled says that Mean is a sum over all runs divided by another sum over all
	// runs, for example of seconds and of successful batches. Min and Max are of the
	// runs in which the ratio is known.
	Pooled bool
	// SD is the standard deviation of the sample (divisor N-1). For a pooled figure,
	// it is that of the residuals of the runs, Part - Mean × Of, divided by the mean
	// of Of; where Of is the same in all runs, this is the ordinary standard
	// deviation.
	Mean, SD float64
	// Low and High are the bounds of the 95 % confidence interval of the mean, from
	// Student's t with N-1 degrees of freedom. For a rate they may be below 0 or
	// above 1, because the interval does not know the bounds of a rate.
	Low, High float64
	Min, Max  float64
}

// Repeat runs the report for the seeds o.Seed, o.Seed+1 and so on, runs of them,
// as many at a time as there are workers (0 or less: GOMAXPROCS). Figures are
// joined by name, in the order of the first seed, and summed in the order of
// seeds, so the result does not depend on scheduling. progress, unless nil, is
// called by the caller's goroutine after every run with the number of runs that
// are done.
//
// It is an error when there is no such report (All is not one), when runs is
// less than 1, when the last seed would be more than 64 bits hold, and when a
// run fails: of several failures, the one of the first seed. No goroutine is
// left when Repeat returns.
func Repeat(ctx context.Context, name string, o Options, runs, workers int, progress func(done int)) ([]Stat, error) {
	if err := CheckName(name); err != nil {
		return nil, err
	}
	if name == All {
		return nil, fmt.Errorf("repeated runs are of one report at a time, not of %s", All)
	}
	return repeat(ctx, o.Seed, runs, workers, progress, func(ctx context.Context, seed uint64) ([]Figure, error) {
		o := o
		o.Seed, o.Among = seed, 0 // the statistics show the distribution of all seeds
		r, err := Run(ctx, name, o)
		if err != nil {
			return nil, err
		}
		return r.Figures(), nil
	})
}

// repeat runs the report for each seed, and joins the figures.
func repeat(ctx context.Context, seed uint64, runs, workers int, progress func(int),
	run func(context.Context, uint64) ([]Figure, error),
) ([]Stat, error) {
	trials, err := seeds.Each(ctx, seed, runs, workers, progress, run)
	if err != nil {
		return nil, err
	}
	return statistics(trials), nil
}

// statistics joins the figures by name.
func statistics(trials [][]Figure) []Stat {
	var stats []Stat
	var values [][]Figure
	index := make(map[string]int)
	for _, figures := range trials {
		for _, f := range figures {
			at, ok := index[f.Name]
			if !ok {
				at = len(stats)
				index[f.Name] = at
				stats = append(stats, Stat{Figure: f.Name, Unit: f.Unit, Pooled: f.Pooled})
				values = append(values, nil)
			}
			if math.IsNaN(f.Value) || math.IsInf(f.Value, 0) {
				f.Known = false
			}
			values[at] = append(values[at], f)
		}
	}
	for i := range stats {
		if stats[i].Pooled {
			stats[i].pool(values[i])
		} else {
			stats[i].summarize(values[i])
		}
	}
	return stats
}

// summarize fills in the numbers of a figure that is a mean of its values.
func (s *Stat) summarize(figures []Figure) {
	var values []float64
	sum := 0.0
	for _, f := range figures {
		if f.Known {
			values = append(values, f.Value)
			sum += f.Value
		}
	}
	if len(values) == 0 {
		return
	}
	mean := sum / float64(len(values))
	for i := range values {
		values[i] -= mean
	}
	s.bound(figures)
	s.spread(mean, values)
}

// pool fills in the numbers of a figure that is a ratio of sums. Its interval is that
// of the ratio estimator, from the residual of each run (its part minus the ratio
// times its denominator), divided by the mean denominator (Cochran, Sampling
// Techniques, 6.4).
func (s *Stat) pool(figures []Figure) {
	part, of := 0.0, 0.0
	for _, f := range figures {
		part += f.Part
		of += f.Of
	}
	if of <= 0 {
		return
	}
	mean := part / of
	each := of / float64(len(figures))
	beyond := make([]float64, len(figures))
	for i, f := range figures {
		beyond[i] = (f.Part - float64(mean*f.Of)) / each
	}
	s.bound(figures)
	s.spread(mean, beyond)
}

// bound finds the minimum and the maximum of the values that are known.
func (s *Stat) bound(figures []Figure) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, f := range figures {
		if f.Known {
			low, high = min(low, f.Value), max(high, f.Value)
		}
	}
	s.Min, s.Max = micro(low), micro(high)
}

// spread fills in the mean and its interval. distances are the deviations of the runs
// from the mean; their sum is 0.
func (s *Stat) spread(mean float64, distances []float64) {
	s.N, s.Mean = len(distances), micro(mean)
	if s.N < 2 {
		return
	}
	sd := stats.Deviation(distances)
	margin := float64(tQuantile(s.N-1) * sd / math.Sqrt(float64(s.N)))
	s.SD, s.Low, s.High = micro(sd), micro(mean-margin), micro(mean+margin)
}
