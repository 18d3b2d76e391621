package report

import (
	"context"
	"fmt"
	"strconv"

	"resiltui/internal/engine/retry"
	"resiltui/internal/report/render"
	"resiltui/internal/scenario"
	"resiltui/internal/words"
)

// Check is a condition that must hold in a report; otherwise the command fails.
type Check struct {
	Name   string `json:"name"`
	Pass   bool   `json:"pass"`
	Detail string `json:"detail"`
}

// RetryReport is the first exercise: retries with statistics and error
// filtering.
type RetryReport struct {
	Report string `json:"report"`
	Seed   uint64 `json:"seed"`
	// Settings are the settings that were changed, KEY=VALUE each.
	Settings         []string        `json:"settings"`
	CallsPerFunction int             `json:"callsPerFunction"`
	Functions        []retry.Summary `json:"functions"`
	Checks           []Check         `json:"checks"`

	intro string
	marks map[string][]render.Piece
	file  fileErrors
}

// RunRetry calls each of the four functions, and reports the counts of the
// registry.
func RunRetry(ctx context.Context, o Options) (Report, error) {
	sc, err := setUp("retry", o)
	if err != nil {
		return nil, err
	}
	registry := retry.NewRegistry()
	r, err := play(ctx, sc, o, 0, registry)
	if err != nil {
		return nil, err
	}
	out := &RetryReport{
		intro: fmt.Sprintf("Four functions, %s each. %s Seed %d.",
			words.Counted(sc.Batches, "call"), inFull(ofEach(&sc, attemptsWords), "", ": "), o.Seed),
		Report: "retry", Seed: o.Seed, CallsPerFunction: sc.Batches,
		Functions: registry.Summaries(), marks: map[string][]render.Piece{}, Settings: settings(&sc, o),
	}
	for i, s := range r.run.Sensors {
		out.marks[s.ID] = marksOf(r.calls[i])
		if s.ID == scenario.ReadLocalFile {
			out.file = fileErrorsOf(r.calls[i], sc.Sensors[i].Policy.Resolved().Retry)
			out.Checks = out.file.checks()
		}
	}
	return out, nil
}

// Failed names the checks that failed.
func (r *RetryReport) Failed() []string {
	var names []string
	for _, c := range r.Checks {
		if !c.Pass {
			names = append(names, c.Name+": "+c.Detail)
		}
	}
	return names
}

// Figures are the rates of each function.
func (r *RetryReport) Figures() []Figure {
	var out []Figure
	for _, f := range r.Functions {
		out = append(out,
			rate(f.Name+" success rate", f.SuccessRate),
			ratio(f.Name+" retry success rate", float64(f.SuccessfulRetries), float64(f.SuccessfulRetries+f.PermanentFailures), "%"),
			ratio(f.Name+" attempts per call", float64(f.TotalAttempts), float64(f.TotalCalls), ""),
			Figure{Name: f.Name + " total delay", Value: f.TotalDelaySeconds, Known: true, Unit: "s"},
		)
	}
	return out
}

// ratio is a figure that is pooled over several runs.
func ratio(name string, part, of float64, unit string) Figure {
	f := Figure{Name: name, Unit: unit, Pooled: true, Part: part, Of: of}
	if of > 0 {
		f.Value, f.Known = micro(part/of), true
	}
	return f
}

// rate is a figure of a fraction whose denominator is the same in every run.
func rate(name string, f *float64) Figure {
	if f == nil {
		return Figure{Name: name, Unit: "%"}
	}
	return Figure{Name: name, Value: *f, Known: true, Unit: "%"}
}

// Document is the report of the registry with a conclusion.
func (r *RetryReport) Document() render.Document {
	table := render.Table{Name: "functions", Columns: []render.Column{
		{Title: "function", Key: "name"},
		{Title: "calls", Key: "totalCalls", Right: true},
		{Title: "success", Key: "successRate", Right: true},
		{Title: "attempts", Key: "totalAttempts", Right: true},
		{Title: "saved", Key: "successfulRetries", Right: true},
		{Title: "ran out", Key: "permanentFailures", Right: true},
		{Title: "passed on", Key: "propagated", Right: true},
		{Title: "retry success", Key: "retrySuccessRate", Right: true, Spare: true},
		{Title: "retry rate", Key: "retryRate", Right: true, Spare: true},
		{Title: "avg delay", Key: "averageDelayPerPermanentFailureSeconds", Right: true},
		{Title: "delay", Key: "totalDelaySeconds", Right: true},
	}}
	for _, f := range r.Functions {
		table.Rows = append(table.Rows, []render.Cell{
			text(f.Name), count(f.TotalCalls), percent(f.SuccessRate), count(f.TotalAttempts),
			count(f.SuccessfulRetries), count(f.PermanentFailures), count(f.Propagated),
			percent(f.RetrySuccessRate), percent(f.RetryRate),
			secondsCell(f.AverageDelayPerPermanentFailureSeconds, 3), secondsCell(&f.TotalDelaySeconds, 2),
		})
	}
	checks := render.Table{Name: "checks", Columns: []render.Column{
		{Title: "check", Key: "name"}, {Title: "holds", Key: "pass"}, {Title: "detail", Key: "detail"},
	}}
	for _, c := range r.Checks {
		tone := render.Live
		if !c.Pass {
			tone = render.FastFail
		}
		cell := yesNo(c.Pass)
		cell.Tone = tone
		checks.Rows = append(checks.Rows, []render.Cell{text(c.Name), cell, text(c.Detail)})
	}
	return render.Document{
		Name: r.Report, Title: "Retry with statistics and error filtering",
		Intro: introduce(r.intro, r.Settings),
		Sections: []render.Section{
			{
				Title: "Statistics by function", Tables: []render.Table{table}, Pictures: []render.Picture{r.picture()},
				Prose:      []string{"Delay is the time spent waiting between attempts; avg delay is the total delay divided by the calls whose attempts ran out."},
				Conclusion: []string{r.saved()},
			},
			{
				Title: "Errors that are not retried", Tables: []render.Table{checks},
				Conclusion: []string{r.file.words()},
			},
		},
	}
}

func (r *RetryReport) picture() render.Picture {
	p := render.Picture{Title: "calls, oldest first", Legend: []render.Piece{{Text: "● at once", Tone: render.Live}, {Text: "+ after retries", Tone: render.Retried}, {Text: "_ failed", Tone: render.Missing}}}
	for _, f := range r.Functions {
		p.Strips = append(p.Strips, render.Strip{Label: f.Name, Pieces: r.marks[f.Name], Note: strconv.FormatUint(f.Retries, 10) + " retries"})
	}
	return p
}

// saved describes what the retries gained.
func (r *RetryReport) saved() string {
	var saved, ranOut, retries uint64
	var delay float64
	for _, f := range r.Functions {
		saved += f.SuccessfulRetries
		ranOut += f.PermanentFailures
		retries += f.Retries
		delay += f.TotalDelaySeconds
	}
	needed := saved + ranOut
	cost := fmt.Sprintf("they cost %s of waiting.", secondsCell(ptr(micro(delay)), 2).Text)
	switch {
	case retries == 0 && needed == 0:
		return "No call failed with an error worth a retry, so nothing was retried."
	case retries == 0:
		return fmt.Sprintf("Nothing was retried, though %s failed with an error worth it.", words.Counted(int(needed), "call"))
	case saved == 0:
		return fmt.Sprintf("Retries saved none of the %s whose first attempt failed with an error worth a retry; %s", words.Counted(int(needed), "call"), cost)
	case saved == needed:
		return fmt.Sprintf("Retries saved every call whose first attempt failed with an error worth a retry, %d in all; %s", saved, cost)
	default:
		return fmt.Sprintf("Retries saved %d of the %d calls whose first attempt failed with an error worth a retry; %s", saved, needed, cost)
	}
}
