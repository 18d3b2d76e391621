package report

import (
	"context"
	"fmt"
	"slices"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/report/render"
	"resiltui/internal/scenario"
	"resiltui/internal/words"
)

// PipelineReport is the fourth exercise: all policies together on a pipeline.
type PipelineReport struct {
	Report string `json:"report"`
	Seed   uint64 `json:"seed"`
	// Settings are the settings that were changed, KEY=VALUE each.
	Settings   []string         `json:"settings"`
	Batches    []PipelineBatch  `json:"batches"`
	Sensors    []PipelineSensor `json:"sensors"`
	Recovery   Recovery         `json:"recovery"`
	Comparison Comparison       `json:"comparison"`
	// Episodes are the verdicts on injected faults, in the order in which the sensors
	// recovered; empty where no fault was injected.
	Episodes []Episode `json:"episodes"`

	intro         string
	judged        []judged // by episode
	states, marks [][]render.Piece
	latency       [][]float64
}

// PipelineBatch is one batch of the pipeline.
type PipelineBatch struct {
	Batch    int           `json:"batch"`
	Live     int           `json:"live"`
	Degraded bool          `json:"degraded"`
	Sensors  []SensorBatch `json:"sensors"`
}

// SensorBatch is one sensor in one batch.
type SensorBatch struct {
	ID       string `json:"id"`
	Status   string `json:"status"`
	Breaker  string `json:"breaker"`
	Attempts int    `json:"attempts"`
	// Value and AgeSeconds are null where the call got no value.
	Value      *float64 `json:"value"`
	AgeSeconds *float64 `json:"ageSeconds"`
}

// PipelineSensor is the summary of a sensor. The four rates add up to 1.
type PipelineSensor struct {
	ID           string   `json:"id"`
	LiveRate     *float64 `json:"liveRate"`
	StaleRate    *float64 `json:"staleRate"`
	FastFailRate *float64 `json:"fastFailRate"`
	MissingRate  *float64 `json:"missingRate"`
	// DeliveredRate is the share of calls that got a value, live or a substitute, whether
	// refused or not.
	DeliveredRate    *float64 `json:"deliveredRate"`
	TotalRetries     uint64   `json:"totalRetries"`
	CircuitOpenCount uint64   `json:"circuitOpenCount"`
	OpenedAtBatches  []int    `json:"openedAtBatches"`
	ProbedAtBatches  []int    `json:"probedAtBatches"`
}

// Comparison is the pipeline with all policies and without any.
type Comparison struct {
	Resilient Cost `json:"resilient"`
	Naive     Cost `json:"naive"`
	// SeedRank is the rank of the seed among other seeds; null where it was not asked
	// for, or would take too long to compute.
	SeedRank *SeedRank `json:"seedRank"`
}

// naiveAhead is 1 where the naive pipeline has more successful batches, else 0. Its mean
// over many runs is the share of such runs.
func (c *Comparison) naiveAhead() float64 {
	if c.Naive.SuccessfulBatches > c.Resilient.SuccessfulBatches {
		return 1
	}
	return 0
}

// Cost is the time that the batches took, and what they delivered.
type Cost struct {
	// Seconds is the sum of the durations of the batches, without the time between them.
	Seconds           float64 `json:"seconds"`
	SuccessfulBatches int     `json:"successfulBatches"`
	// SecondsPerSuccessfulBatch is null where no batch succeeded.
	SecondsPerSuccessfulBatch *float64 `json:"secondsPerSuccessfulBatch"`
	// ReadingsDelivered counts the readings that gave a value, live or substitute. A
	// naive batch that fails delivers none.
	ReadingsDelivered uint64 `json:"readingsDelivered"`
}

// RunPipeline runs the batches of the pipeline, and beside it the naive pipeline.
func RunPipeline(ctx context.Context, o Options) (Report, error) {
	sc, err := setUp("pipeline", o)
	if err != nil {
		return nil, err
	}
	faults, err := sc.ScriptedFaults(o.Faults, sc.Batches)
	if err != nil {
		return nil, fmt.Errorf("fault %w", err)
	}
	o.Script = slices.Concat(o.Script, scenario.ScriptOf(faults))
	r, err := play(ctx, sc, o, 0, nil)
	if err != nil {
		return nil, err
	}
	p := &r.final.Pipeline
	out := &PipelineReport{
		intro: fmt.Sprintf("Five sensors behind fallback(breaker(retry(timeout(read)))), %s, one every %s. %s Seed %d.",
			words.Counted(sc.Batches, "batch"), words.Spoken(sc.Interval), inFull(ofEach(&sc, stackWords), "", ": "), o.Seed),
		Report: "pipeline", Seed: o.Seed, Settings: settings(&sc, o), Batches: pipelineBatches(r),
		Recovery: recovery(r, &sc),
		Comparison: Comparison{
			Resilient: cost(seconds(p.Took), p.Delivered, p.Readings),
			Naive:     cost(seconds(p.NaiveTook), p.NaiveDelivered, p.NaiveReadings),
		},
		Episodes: episodes(r),
	}
	for i := range r.run.Sensors {
		out.Sensors = append(out.Sensors, pipelineSensor(r, i))
		out.states = append(out.states, statesOf(r.calls[i]))
		out.marks = append(out.marks, marksOf(r.calls[i]))
		out.latency = append(out.latency, latencies(r.calls[i]))
	}
	out.judged = judge(faults, r, out.Episodes)
	out.Comparison.SeedRank, err = rank(ctx, &sc, o, p.Delivered)
	if err != nil {
		return nil, err
	}
	return out, nil
}

func cost(took float64, successes int, readings uint64) Cost {
	c := Cost{Seconds: micro(took), SuccessfulBatches: successes, ReadingsDelivered: readings}
	if successes > 0 {
		c.SecondsPerSuccessfulBatch = ptr(micro(took / float64(successes)))
	}
	return c
}

// pipelineBatches lists every sensor in every batch.
func pipelineBatches(r *record) []PipelineBatch {
	out := make([]PipelineBatch, len(r.rounds))
	for b := range out {
		out[b].Batch = b + 1
		for i, s := range r.run.Sensors {
			e := &r.calls[i][b]
			c := &e.Call
			row := SensorBatch{ID: s.ID, Status: c.Result.Status(), Breaker: c.Circuit.State.String(), Attempts: c.Attempts}
			if c.Served {
				row.Value = ptr(c.Value)
				row.AgeSeconds = ptr(seconds(e.At - c.SourceAt))
			}
			if c.Result == event.Live {
				out[b].Live++
			}
			out[b].Sensors = append(out[b].Sensors, row)
		}
		out[b].Degraded = out[b].Live < len(r.run.Sensors)
	}
	return out
}

func pipelineSensor(r *record, i int) PipelineSensor {
	c := r.final.Sensors[i].Counts
	n := c.Calls()
	out := PipelineSensor{
		ID:           r.run.Sensors[i].ID,
		LiveRate:     shareOf(c.Live, n),
		StaleRate:    shareOf(c.Stale+c.Interpolated, n),
		FastFailRate: shareOf(c.FastFail, n),
		MissingRate:  shareOf(c.Missing, n), DeliveredRate: shareOf(c.Delivered(), n),
		TotalRetries: c.Retries, CircuitOpenCount: c.Metrics.CircuitOpenCount,
		OpenedAtBatches: []int{}, ProbedAtBatches: []int{},
	}
	for k := range r.changes[i] {
		if e := &r.changes[i][k]; e.Change.To == breaker.Open {
			out.OpenedAtBatches = append(out.OpenedAtBatches, e.Batch)
		}
	}
	for k := range r.calls[i] {
		if e := &r.calls[i][k]; e.Call.Probe {
			out.ProbedAtBatches = append(out.ProbedAtBatches, e.Batch)
		}
	}
	return out
}

// Failed returns nothing: the report has no checks.
func (r *PipelineReport) Failed() []string { return nil }

// Figures are the numbers on which the comparison and the verdicts are based.
func (r *PipelineReport) Figures() []Figure {
	out := []Figure{
		{Name: "resilient successful batches", Value: float64(r.Comparison.Resilient.SuccessfulBatches), Known: true},
		{Name: "naive successful batches", Value: float64(r.Comparison.Naive.SuccessfulBatches), Known: true},
		{Name: "naive ahead", Value: r.Comparison.naiveAhead(), Known: true, Unit: "%"},
		{Name: "resilient readings delivered", Value: float64(r.Comparison.Resilient.ReadingsDelivered), Known: true},
		{Name: "naive readings delivered", Value: float64(r.Comparison.Naive.ReadingsDelivered), Known: true},
		{Name: "resilient seconds", Value: r.Comparison.Resilient.Seconds, Known: true, Unit: "s"},
		{Name: "naive seconds", Value: r.Comparison.Naive.Seconds, Known: true, Unit: "s"},
		perBatch("resilient seconds per successful batch", r.Comparison.Resilient),
		perBatch("naive seconds per successful batch", r.Comparison.Naive),
	}
	for _, s := range r.Sensors {
		out = append(out, rate(s.ID+" live", s.LiveRate), rate(s.ID+" stale", s.StaleRate),
			rate(s.ID+" fast-fail", s.FastFailRate), rate(s.ID+" missing", s.MissingRate),
			Figure{Name: s.ID + " retries", Value: float64(s.TotalRetries), Known: true},
			Figure{Name: s.ID + " opens", Value: float64(s.CircuitOpenCount), Known: true})
	}
	closed := Figure{Name: r.Recovery.Sensor + " circuit closed at batch"}
	if r.Recovery.ClosedAtBatch != nil {
		closed.Value, closed.Known = float64(*r.Recovery.ClosedAtBatch), true
	}
	out = append(out, closed)
	for i := range r.judged {
		out = append(out, r.judged[i].figures()...)
	}
	return out
}

func perBatch(name string, c Cost) Figure {
	return ratio(name, c.Seconds, float64(c.SuccessfulBatches), "s")
}
