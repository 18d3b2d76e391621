package report

import (
	"context"
	"fmt"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/fallback"
	"resiltui/internal/report/render"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
)

// StrategiesReport is the third exercise: the three fallback strategies with
// the same failures and the same values.
type StrategiesReport struct {
	Report string `json:"report"`
	Seed   uint64 `json:"seed"`
	// Settings are the settings that were changed, KEY=VALUE each.
	Settings        []string         `json:"settings"`
	Strategies      []StrategyRun    `json:"strategies"`
	Recommendations []Recommendation `json:"recommendations"`

	intro string
}

// StrategyRun is the pipeline with one strategy.
type StrategyRun struct {
	Name                string          `json:"name"`
	Batches             []StrategyBatch `json:"batches"`
	TotalDelivered      int             `json:"totalDelivered"`
	AverageFreshness    *float64        `json:"averageFreshness"`
	LiveShare           *float64        `json:"liveShare"`
	WorstBatch          int             `json:"worstBatch"`
	WorstBatchDelivered int             `json:"worstBatchDelivered"`
	// Errors are the differences between substitutes and the hidden true
	// signal, one entry per sensor, in the order of the sensors.
	Errors []StrategyError `json:"errors"`
	// Substituted counts the substitutes that were served.
	Substituted uint64 `json:"substituted"`
	// Readings is the number of readings that could have been delivered.
	Readings int `json:"readings"`
}

// StrategyBatch counts the readings of one batch by their result.
type StrategyBatch struct {
	Batch        int `json:"batch"`
	Live         int `json:"live"`
	Stale        int `json:"stale"`
	Interpolated int `json:"interpolated"`
	Dropped      int `json:"dropped"`
	Delivered    int `json:"delivered"`
}

// Recommendation says what a strategy is good for, and which figures of this
// run show it.
type Recommendation struct {
	Strategy string `json:"strategy"`
	UseWhen  string `json:"useWhen"`
	Because  string `json:"because"`
}

// RunStrategies runs the five sensors with each strategy.
func RunStrategies(ctx context.Context, o Options) (Report, error) {
	sc, err := setUp("strategies", o)
	if err != nil {
		return nil, err
	}
	r, err := play(ctx, sc, o, 0, nil)
	if err != nil {
		return nil, err
	}
	out := &StrategiesReport{Report: "strategies", Seed: o.Seed, Settings: settings(&sc, o), intro: strategiesIntro(&sc, o.Seed)}
	for _, name := range fallback.Names() {
		out.Strategies = append(out.Strategies, strategyRun(r, &sc, name))
	}
	out.Recommendations = out.recommend()
	return out, nil
}

// strategyRun adds up the sensors with this strategy.
func strategyRun(r *record, sc *scenario.Scenario, name string) StrategyRun {
	run := StrategyRun{Name: name, Batches: make([]StrategyBatch, sc.Batches), Errors: []StrategyError{}}
	for b := range run.Batches {
		run.Batches[b].Batch = b + 1
	}
	var counts stats.Counts
	for i, s := range r.run.Sensors {
		if s.Strategy != name {
			continue
		}
		for k := range r.calls[i] {
			e := &r.calls[i][k]
			run.Batches[e.Batch-1].add(&e.Call)
		}
		c := r.final.Sensors[i].Counts
		counts.Live += c.Live
		counts.Served += c.Served
		shared := sc.Sensors[i].Draws
		if scenario.Strategies().Sensors[i].Policy.Strategy != name { // this sensor has the strategy only through a setting
			shared = s.ID
		}
		run.Errors = append(run.Errors, strategyError(r, i, shared))
		run.Readings += int(c.Calls())
	}
	run.TotalDelivered = int(counts.Live + counts.Served)
	run.Substituted = counts.Served
	run.AverageFreshness = shareOf(counts.Live, counts.Live+counts.Served)
	run.LiveShare = shareOf(counts.Live, uint64(run.Readings))
	run.worst()
	return run
}

func (b *StrategyBatch) add(c *event.Call) {
	switch {
	case c.Result == event.Live:
		b.Live++
	case c.Served && c.Quality == fallback.Interpolated:
		b.Interpolated++
	case c.Served:
		b.Stale++
	default:
		b.Dropped++
	}
	if c.Served {
		b.Delivered++
	}
}

// worst finds the batch with the fewest readings delivered; of equal ones the
// first.
func (run *StrategyRun) worst() {
	for i, b := range run.Batches {
		if i == 0 || b.Delivered < run.WorstBatchDelivered {
			run.WorstBatch, run.WorstBatchDelivered = b.Batch, b.Delivered
		}
	}
}

// Failed returns nothing: the report has no checks.
func (r *StrategiesReport) Failed() []string { return nil }

// Figures are the numbers on which the recommendations are based.
func (r *StrategiesReport) Figures() []Figure {
	var out []Figure
	for _, s := range r.Strategies {
		out = append(out,
			Figure{Name: s.Name + " delivered", Value: float64(s.TotalDelivered), Known: true},
			ratio(s.Name+" freshness", float64(s.TotalDelivered)-float64(s.Substituted), float64(s.TotalDelivered), "%"),
			rate(s.Name+" live share", s.LiveShare),
			Figure{Name: s.Name + " worst batch delivered", Value: float64(s.WorstBatchDelivered), Known: true},
		)
		if s.Name == fallback.NameDrop {
			continue // this strategy serves no substitutes
		}
		for _, e := range s.Errors {
			out = append(out, ratio(s.Name+" mean absolute error at "+e.Sensor, float64(e.judged.OffBy)/1e6, float64(e.Substituted), e.Unit))
		}
	}
	return out
}

// Document compares the strategies.
func (r *StrategiesReport) Document() render.Document {
	summary := render.Table{Name: "summary", Columns: []render.Column{
		{Title: "strategy", Key: "name"},
		{Title: "delivered", Key: "totalDelivered", Right: true},
		{Title: "freshness", Key: "averageFreshness", Right: true},
		{Title: "live/all", Key: "liveShare", Right: true},
		{Title: "worst batch", Key: "worstBatch", Right: true},
		{Title: "fewest", Key: "worstBatchDelivered", Right: true},
	}}
	batches := render.Table{Name: "batches", Columns: []render.Column{
		{Title: "strategy", Key: "name"},
		{Title: "batch", Key: "batch", Right: true},
		{Title: "live", Key: "live", Right: true},
		{Title: "stale", Key: "stale", Right: true, Spare: true},
		{Title: "interpolated", Key: "interpolated", Right: true, Spare: true},
		{Title: "dropped", Key: "dropped", Right: true, Spare: true},
		{Title: "delivered", Key: "delivered", Right: true},
	}}
	picture := render.Picture{
		Title:  "per batch: live, stale, interpolated, dropped",
		Legend: []render.Piece{{Text: "█ live  ", Tone: render.Live}, {Text: "▓ stale  ", Tone: render.Stale}, {Text: "▒ interpolated  ", Tone: render.Retried}, {Text: "· dropped", Tone: render.Missing}},
	}
	for _, s := range r.Strategies {
		summary.Rows = append(summary.Rows, []render.Cell{
			text(s.Name), count(s.TotalDelivered), percent(s.AverageFreshness), percent(s.LiveShare),
			count(s.WorstBatch), count(s.WorstBatchDelivered),
		})
		strip := render.Strip{Label: s.Name}
		for _, b := range s.Batches {
			batches.Rows = append(batches.Rows, []render.Cell{
				text(s.Name), count(b.Batch), count(b.Live), count(b.Stale), count(b.Interpolated), count(b.Dropped), count(b.Delivered),
			})
			strip.Pieces = append(strip.Pieces, b.bar()...)
		}
		picture.Strips = append(picture.Strips, strip)
	}
	conclusion := make([]string, 0, len(r.Recommendations))
	for _, rec := range r.Recommendations {
		conclusion = append(conclusion, fmt.Sprintf("%s: use it when %s. Here %s.", rec.Strategy, rec.UseWhen, rec.Because))
	}
	return render.Document{
		Name: r.Report, Title: "Graceful degradation with fallback strategies",
		Intro: introduce(r.intro, r.Settings),
		Sections: []render.Section{
			{Title: "Per batch", Tables: []render.Table{batches}, Pictures: []render.Picture{picture}},
			{Title: "Compared", Prose: []string{"Freshness is live / delivered; beside it live / all, since dropping makes the first one perfect. The errors are of the substituted values against the hidden true signal, each in its sensor's own unit: they are not added up over sensors."}, Tables: []render.Table{summary, r.errorTable()}, Conclusion: conclusion},
		},
	}
}

// bar draws a batch as a row of cells, one per reading, and a gap.
func (b *StrategyBatch) bar() []render.Piece {
	var out []render.Piece
	for _, part := range []struct {
		n     int
		glyph string
		tone  render.Tone
	}{{b.Live, "█", render.Live}, {b.Stale, "▓", render.Stale}, {b.Interpolated, "▒", render.Retried}, {b.Dropped, "·", render.Missing}} {
		for range part.n {
			out = join(out, render.Piece{Text: part.glyph, Tone: part.tone})
		}
	}
	return append(out, render.Piece{Text: " ", Tone: render.Plain})
}
