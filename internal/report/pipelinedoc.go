package report

import (
	"fmt"
	"strconv"
	"strings"

	"resiltui/internal/report/render"
	"resiltui/internal/words"
)

// Document shows the batches, the sensors, the recovery and the comparison.
func (r *PipelineReport) Document() render.Document {
	d := render.Document{
		Name: r.Report, Title: "The whole layer on a pipeline",
		Intro: introduce(r.intro, r.Settings),
		Sections: []render.Section{
			{Title: "Batches", Tables: []render.Table{r.batchTable()}, Pictures: []render.Picture{r.score()}},
			{Title: "Sensors", Prose: []string{"Opened at, probed at: the batches in which the circuit opened and let a probe through."}, Tables: []render.Table{r.sensorTable()}, Conclusion: []string{r.Recovery.words()}},
			{Title: "With policies and without", Tables: []render.Table{r.comparisonTable()}, Conclusion: []string{r.comparisonWords() + r.lackingWords(), r.seedWords()}},
		},
	}
	if len(r.Episodes) > 0 || len(r.judged) > 0 {
		d.Sections = append(d.Sections, r.episodeSection())
	}
	return d
}

func (r *PipelineReport) batchTable() render.Table {
	t := render.Table{Name: "batches", Columns: []render.Column{{Title: "batch", Key: "batch", Right: true}}}
	for _, s := range r.Sensors {
		t.Columns = append(t.Columns,
			render.Column{Title: s.ID, Key: s.ID + " status"},
			render.Column{Title: "circuit", Key: s.ID + " breaker", Spare: true})
	}
	t.Columns = append(t.Columns, render.Column{Title: "live", Key: "live", Right: true}, render.Column{Title: "degraded", Key: "degraded"})
	for _, b := range r.Batches {
		row := []render.Cell{count(b.Batch)}
		for _, s := range b.Sensors {
			row = append(row, toned(s.Status, statusTone(s.Status)), toned(s.Breaker, stateTone(s.Breaker)))
		}
		t.Rows = append(t.Rows, append(row, count(b.Live), yesNo(b.Degraded)))
	}
	return t
}

func statusTone(status string) render.Tone {
	switch status {
	case "live":
		return render.Live
	case "fast-fail":
		return render.FastFail
	case "missing":
		return render.Missing
	default:
		return render.Stale
	}
}

// score draws the run as the dashboard does: calls, states and latency.
func (r *PipelineReport) score() render.Picture {
	top := 0.0
	for _, values := range r.latency {
		for _, v := range values {
			if v > top { // NaN, for a missing latency, is never greater
				top = v
			}
		}
	}
	title := "calls and circuits, one column a batch; no call was answered, so there are no ms"
	if top > 0 {
		title = fmt.Sprintf("calls and circuits, one column a batch; ms up to %.0f", top)
	}
	p := render.Picture{
		Title:    title,
		Legend:   append(callLegend(), stateLegend()...),
		AxisFrom: "batch 1", AxisTo: "batch " + strconv.Itoa(len(r.Batches)),
	}
	for i, s := range r.Sensors {
		p.Strips = append(
			p.Strips,
			render.Strip{Label: s.ID + " ms", Pieces: []render.Piece{{Text: render.Sparkline(r.latency[i], top), Tone: render.Plain}}},
			render.Strip{Label: "call", Pieces: r.marks[i], Note: fmt.Sprintf("%d %s", s.TotalRetries, words.Plural("retry", "retries", int(s.TotalRetries)))},
			render.Strip{Label: "circuit", Pieces: r.states[i], Note: words.Counted(int(s.CircuitOpenCount), "opening")})
	}
	return p
}

func (r *PipelineReport) sensorTable() render.Table {
	t := render.Table{Name: "sensors", Columns: []render.Column{
		{Title: "sensor", Key: "id"},
		{Title: "live", Key: "liveRate", Right: true},
		{Title: "stale", Key: "staleRate", Right: true},
		{Title: "fast-fail", Key: "fastFailRate", Right: true},
		{Title: "missing", Key: "missingRate", Right: true},
		{Title: "delivered", Key: "deliveredRate", Right: true, Spare: true},
		{Title: "retries", Key: "totalRetries", Right: true},
		{Title: "opens", Key: "circuitOpenCount", Right: true},
		{Title: "opened at", Key: "openedAtBatches"},
		{Title: "probed at", Key: "probedAtBatches"},
	}}
	for _, s := range r.Sensors {
		t.Rows = append(t.Rows, []render.Cell{
			text(s.ID), percent(s.LiveRate), percent(s.StaleRate), percent(s.FastFailRate), percent(s.MissingRate), percent(s.DeliveredRate),
			count(s.TotalRetries), count(s.CircuitOpenCount), batchList(s.OpenedAtBatches), batchList(s.ProbedAtBatches),
		})
	}
	return t
}

func batchList(batches []int) render.Cell {
	if len(batches) == 0 {
		return render.Cell{Text: "-", Tone: render.Faint}
	}
	words := make([]string, len(batches))
	for i, b := range batches {
		words[i] = strconv.Itoa(b)
	}
	return render.Cell{Text: strings.Join(words, ", "), Raw: strings.Join(words, " ")}
}

func (r *PipelineReport) comparisonTable() render.Table {
	t := render.Table{Name: "comparison", Columns: []render.Column{
		{Title: "pipeline", Key: "pipeline"},
		{Title: "seconds", Key: "seconds", Right: true},
		{Title: "successful", Key: "successfulBatches", Right: true},
		{Title: "readings", Key: "readingsDelivered", Right: true},
		{Title: "per success", Key: "secondsPerSuccessfulBatch", Right: true},
	}}
	for _, row := range []struct {
		name string
		cost Cost
	}{{"resilient", r.Comparison.Resilient}, {"naive", r.Comparison.Naive}} {
		t.Rows = append(t.Rows, []render.Cell{
			text(row.name), secondsCell(&row.cost.Seconds, 2),
			{Text: fmt.Sprintf("%d of %d", row.cost.SuccessfulBatches, len(r.Batches)), Raw: strconv.Itoa(row.cost.SuccessfulBatches)},
			{Text: fmt.Sprintf("%d of %d", row.cost.ReadingsDelivered, r.readings()), Raw: count(row.cost.ReadingsDelivered).Raw},
			secondsCell(row.cost.SecondsPerSuccessfulBatch, 3),
		})
	}
	return t
}

// readings is how many readings the run could have delivered.
func (r *PipelineReport) readings() int { return len(r.Batches) * len(r.Sensors) }

// comparisonWords state the result of the comparison, whichever pipeline is
// better.
func (r *PipelineReport) comparisonWords() string {
	with, naive := r.Comparison.Resilient, r.Comparison.Naive
	n := float64(max(len(r.Batches), 1))
	text := fmt.Sprintf("A batch with policies took %.0f ms on average and a naive one %.0f ms. With policies %s delivered a value for every sensor, live or served; the naive pipeline delivered %s.",
		with.Seconds/n*1000, naive.Seconds/n*1000, ofBatches(with.SuccessfulBatches, len(r.Batches)), some(naive.SuccessfulBatches, len(r.Batches)))
	text += fmt.Sprintf(" That is %s against %s: a naive batch that fails delivers none.",
		outOf(int(with.ReadingsDelivered), r.readings(), "reading"), some(int(naive.ReadingsDelivered), r.readings()))
	switch {
	case with.SuccessfulBatches == 0 && naive.SuccessfulBatches == 0:
		text += " Neither has a cost per success."
	case naive.SuccessfulBatches == 0:
		text += " A naive batch that fails gives nothing, so it has no cost per success."
	case with.SuccessfulBatches == 0:
		text += fmt.Sprintf(" Per successful batch the naive one took %.3f s; the other has no success to divide by.", *naive.SecondsPerSuccessfulBatch)
	default:
		text += fmt.Sprintf(" Per successful batch that is %.3f s against %.3f s.", *with.SecondsPerSuccessfulBatch, *naive.SecondsPerSuccessfulBatch)
	}
	return text
}

// ofBatches words n of this number of batches: "29 of 30 batches".
func ofBatches(n, of int) string { return outOf(n, of, "batch") }

// outOf words n of this number of things: "29 of 30 batches".
func outOf(n, of int, thing string) string {
	switch n {
	case 0:
		return "none of " + words.Counted(of, thing)
	case of:
		return "all " + words.Counted(of, thing)
	default:
		return fmt.Sprintf("%d of %s", n, words.Counted(of, thing))
	}
}

// some words n of this number of things, with "none" for 0 and "all" for all.
func some(n, of int) string {
	if n == of {
		return "all"
	}
	return nothing(n)
}

// nothing words a number, with "none" for 0.
func nothing(n int) string {
	if n == 0 {
		return "none"
	}
	return strconv.Itoa(n)
}
