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

// MaxBatches is the maximum number of batches of a report; each batch is a row.
const MaxBatches = 10_000

// Options of a report.
type Options struct {
	Seed uint64
	// Set are changes to the scenario, KEY=VALUE each (scenario.Set).
	Set []string
	// Faults are faults for certain batches, in the format of scenario.ScriptedFaults. The
	// pipeline's report has a verdict on each; other reports ignore them.
	Faults []string
	// Script holds commands at the start of batches, such as faults to inject.
	Script []engine.Scripted
	// Batches is how many batches the run has, at most MaxBatches; 0 is the default of
	// the scenario's report.
	Batches int
	// Realtime runs on the wall clock instead of the virtual one.
	Realtime bool
	// Among is the number of runs with other seeds among which the pipeline's run is
	// ranked; 0 is no ranking. They run in virtual time; 200 runs of 30 batches take 0.1
	// s of one core. Other reports ignore it.
	Among int
}

// Seeds is the number of runs for the ranking where a person reads the report.
const Seeds = 200

// Report is the result of one report. The concrete types marshal to the documented JSON.
type Report interface {
	// Document is the report in the form for people.
	Document() render.Document
	// Failed names the checks that failed; empty is a success.
	Failed() []string
	// Figures are the numbers that the conclusions use; repeated runs compute statistics
	// of them.
	Figures() []Figure
}

// Figure is one number of a report that can be compared between seeds. Its name is
// unique in the report.
type Figure struct {
	Name string
	// Value has a meaning only where Known is true; a rate without a denominator is not
	// known.
	Value float64
	Known bool
	// Pooled says that Value is Part / Of, and that over several runs the sums of both
	// are divided. A mean of the ratios would leave out the runs in which Of is 0, and
	// would give a run with a small Of the same weight as one with a large.
	Pooled   bool
	Part, Of float64
	// Unit is "s", "%" (Value is a fraction then), a sensor's unit, or empty.
	Unit string
}

// settings are the changed settings for JSON, with files replaced by their content and
// all names in full: never null.
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

// introduce adds the changed settings to the text of the exercise.
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

// kind is a report with its name.
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

// All is the name for all four reports.
const All = "all"

// Names are the names of the reports, without All.
func Names() []string {
	var names []string
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

// CheckName returns an error unless a report has this name; All is allowed. The error
// lists the names and suggests the most similar.
func CheckName(name string) error {
	known := append(Names(), All)
	if slices.Contains(known, name) {
		return nil
	}
	return fmt.Errorf("unknown report %q%s; the reports are: %s, %s",
		words.Clean(name, 40), scenario.DidYouMean(name, known), strings.Join(Names(), ", "), All)
}

// Run runs one report by name. All is not allowed.
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
