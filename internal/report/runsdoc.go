package report

import (
	"fmt"
	"strconv"

	"resiltui/internal/report/render"
	"resiltui/internal/words"
)

// StatsReport is the JSON of repeated runs. Numbers are rounded to 1e-6. null is
// for numbers that are not known: all where n is 0, the standard deviation and the
// interval where n is 1.
type StatsReport struct {
	Report string `json:"report"`
	// Seed is the first seed; the others are the numbers after it.
	Seed    uint64        `json:"seed"`
	Runs    int           `json:"runs"`
	Figures []StatsFigure `json:"figures"`
}

// StatsFigure is one figure of a [StatsReport]. Its fields are those of [Stat].
type StatsFigure struct {
	Name              string   `json:"name"`
	Unit              string   `json:"unit"`
	N                 int      `json:"n"`
	Pooled            bool     `json:"pooled"`
	Mean              *float64 `json:"mean"`
	StandardDeviation *float64 `json:"standardDeviation"`
	Low95             *float64 `json:"low95"`
	High95            *float64 `json:"high95"`
	Min               *float64 `json:"min"`
	Max               *float64 `json:"max"`
}

// NewStatsReport is the JSON form of the result of [Repeat].
func NewStatsReport(name string, o Options, runs int, stats []Stat) StatsReport {
	out := StatsReport{Report: name, Seed: o.Seed, Runs: runs, Figures: []StatsFigure{}}
	for _, s := range stats {
		out.Figures = append(out.Figures, s.figure())
	}
	return out
}

func (s *Stat) figure() StatsFigure {
	f := StatsFigure{Name: s.Figure, Unit: s.Unit, N: s.N, Pooled: s.Pooled}
	if f.Unit == "%" { // JSON has fractions, also where people read per cent
		f.Unit = "fraction"
	}
	if s.N > 0 {
		f.Mean, f.Min, f.Max = &s.Mean, &s.Min, &s.Max
	}
	if s.N > 1 {
		f.StandardDeviation, f.Low95, f.High95 = &s.SD, &s.Low, &s.High
	}
	return f
}

// StatsDocument is the result of [Repeat] in the form for people: one table,
// "runs".
func StatsDocument(name string, o Options, runs int, stats []Stat) render.Document {
	t := render.Table{
		Name: "runs",
		Columns: []render.Column{
			{Title: "figure", Key: "name"},
			{Title: "unit", Key: "unit", Spare: true},
			{Title: "n", Key: "n", Right: true},
			{Title: "pooled", Key: "pooled", Spare: true},
			{Title: "mean", Key: "mean", Right: true},
			{Title: "std dev", Key: "standardDeviation", Right: true},
			{Title: "95 % from", Key: "low95", Right: true},
			{Title: "to", Key: "high95", Right: true},
			{Title: "min", Key: "min", Right: true, Spare: true},
			{Title: "max", Key: "max", Right: true, Spare: true},
		},
	}
	for i := range stats {
		f := stats[i].figure()
		row := []render.Cell{text(f.Name), {Text: stats[i].Unit, Raw: f.Unit}, runsCell(f.N, runs), yesNo(f.Pooled)}
		for _, v := range []*float64{f.Mean, f.StandardDeviation, f.Low95, f.High95, f.Min, f.Max} {
			row = append(row, statCell(v, stats[i].Unit))
		}
		t.Rows = append(t.Rows, row)
	}
	return render.Document{
		Name: name, Title: "repeated over " + words.Counted(runs, "seed"),
		Intro: []string{statsIntro(o.Seed, runs)},
		Sections: []render.Section{{
			Tables:     []render.Table{t},
			Conclusion: runsWords(stats, runs, o.Faults),
		}},
	}
}

// runsWords explain what the numbers mean.
func runsWords(stats []Stat, runs int, faults []string) []string {
	fewer, pooled := 0, 0
	for i := range stats {
		if stats[i].N < runs {
			fewer++
		}
		if stats[i].Pooled {
			pooled++
		}
	}
	words := []string{"The interval is that of the mean, at 95 %, by Student's t distribution. It knows no bounds: near 0 % and 100 % it may reach beyond."}
	if fewer > 0 {
		words = append(words, "n is the number of runs in which the figure is known: where it is fewer than all, the mean and its interval are of those alone.")
	}
	if len(faults) > 0 {
		words = append(words, "The figures of a fault are those of its verdict. There is none where the sensor was not back by the end of the run, and no time after which it was seen where the breaker did not open the circuit.")
	}
	if pooled > 0 {
		words = append(words, "Ratios whose denominators differ from run to run are pooled: the sum over all runs is divided by the sum over all runs, so a run in which nothing succeeded counts with what it cost. Their min and max are of the runs in which there is a ratio.")
	}
	return words
}

// runsCell is how many runs a mean is from, with the total where that is larger.
func runsCell(n, runs int) render.Cell {
	c := count(n)
	if n < runs {
		c.Text = fmt.Sprintf("%d of %d", n, runs)
	}
	return c
}

func statsIntro(seed uint64, runs int) string {
	if runs < 2 {
		return fmt.Sprintf("One run, seed %d: too few for a deviation and an interval.", seed)
	}
	return fmt.Sprintf("%d runs, seeds %d to %d.", runs, seed, seed+uint64(runs-1))
}

// statCell shows a number, a fraction as per cent; nil is n/a.
func statCell(v *float64, unit string) render.Cell {
	switch {
	case v == nil:
		return render.Cell{Text: notAvailable, Tone: render.Faint}
	case unit == "%":
		return render.Cell{Text: strconv.FormatFloat(*v*100, 'f', 2, 64) + " %", Raw: number(*v)}
	default:
		return render.Cell{Text: strconv.FormatFloat(*v, 'f', 3, 64), Raw: number(*v)}
	}
}
