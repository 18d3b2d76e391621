// Package report runs the four exercises (retry, breaker, strategies, pipeline) without
// a terminal and returns the results: as data for JSON, and as a document that package
// render writes as text, Markdown or CSV.
//
// A report is a run of a scenario on the same engine as the dashboard's, with the same
// events, counted by the same package stats: it counts nothing itself. On the virtual
// clock the same seed gives the same bytes, on every machine.
package report

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"resiltui/internal/engine"
	"resiltui/internal/report/render"
	"resiltui/internal/scenario"
	"resiltui/internal/words"
)

// MaxBatches is how many batches a report may have: each of them is a row.
const MaxBatches = 10_000

// Options of a report.
type Options struct {
	Seed uint64
	// Set are changes to the scenario, KEY=VALUE each (scenario.Set).
	Set []string
	// Faults are faults of certain batches, as scenario.FaultScript reads them. The
	// pipeline's verdicts say what came of them; other reports ignore them.
	Faults []string
	// Script is commands at the start of batches, such as faults to inject.
	Script []engine.Scripted
	// Batches is how many batches the run has, at most MaxBatches; 0 is as many as
	// the scenario's report has by itself.
	Batches int
	// Realtime runs on the wall clock instead of the virtual one.
	Realtime bool
	// Among is how many runs of other seeds the pipeline's stands among; 0 is none. They
	// are made in virtual time; 200 of 30 batches take a tenth of a second of one core.
	// Other reports ignore it.
	Among int
}

// Seeds is how many runs a report stands among where a person reads it.
const Seeds = 200

// Report is the result of one report. The concrete types marshal to the JSON of
// the contract.
type Report interface {
	// Document is the report as people read it.
	Document() render.Document
	// Failed names the checks that did not hold; empty is a success.
	Failed() []string
	// Figures are the numbers that the conclusions use, for repeated runs.
	Figures() []Figure
}

// Figure is one number of a report, comparable between seeds. Its name is
// unique in the report.
type Figure struct {
	Name string
	// Value is meaningful where Known; a rate without a denominator is not.
	Value float64
	Known bool
	// Pooled says that Value is Part / Of, and that over several runs the sums of
	// both are divided: a mean of ratios would leave out the runs in which Of is 0,
	// and count a run with little in it as much as one with a lot.
	Pooled   bool
	Part, Of float64
	// Unit is "s", "%" (Value is a fraction then), a sensor's unit, or empty.
	Unit string
}

// settings are the changes of a scenario for JSON, those of files written out and
// all of them under their full names: never null.
func settings(sc *scenario.Scenario, o Options) []string {
	list := sc.Written(o.Set)
	if o.Batches > 0 {
		list = append(list, "batches="+strconv.Itoa(o.Batches))
	}
	for _, fault := range o.Faults {
		list = append(list, "fault="+fault)
	}
	return list
}

// introduce follows the exercise as it is given with what was changed of it.
func introduce(exercise string, set []string) []string {
	if len(set) == 0 {
		return []string{exercise}
	}
	changes := make([]string, len(set))
	for i, s := range set {
		changes[i] = words.Clean(s, 100)
	}
	return []string{exercise, "Changed for this report: " + strings.Join(changes, ", ") + "."}
}

// kind is one report by name.
type kind struct {
	name string
	run  func(ctx context.Context, o Options) (Report, error)
}

func kinds() []kind {
	return []kind{
		{"retry", RunRetry},
		{"breaker", RunBreaker},
		{"strategies", RunStrategies},
		{"pipeline", RunPipeline},
	}
}

// All is the name that stands for all four.
const All = "all"

// Names of the reports, All not among them.
func Names() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// CheckName says whether a report of this name exists, All included. The error
// lists the names and the nearest.
func CheckName(name string) error {
	known := append(Names(), All)
	if slices.Contains(known, name) {
		return nil
	}
	return fmt.Errorf("unknown report %q%s; the reports are: %s, %s",
		words.Clean(name, 40), scenario.DidYouMean(name, known), strings.Join(Names(), ", "), All)
}

// Run runs one report by name. All is not one.
func Run(ctx context.Context, name string, o Options) (Report, error) {
	for _, k := range kinds() {
		if k.name == name {
			return k.run(ctx, o)
		}
	}
	if err := CheckName(name); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%s is more than one report; run %s one by one", name, strings.Join(Names(), ", "))
}
