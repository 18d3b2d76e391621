package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"resiltui/internal/report"
	"resiltui/internal/scenario"
	"resiltui/internal/views/draw"
)

// again returns the commands that repeat a run, on the screen and as a report.
// They contain every setting that changes the run, under its full name, but not
// those that change only the look. There is no report command where no report can
// give the same run: with several callers, with faults outside the pipeline, or
// with more batches than a report may have.
func (o *dashboardFlags) again(cmd *cobra.Command, sc *scenario.Scenario) func(seed uint64) []draw.Hint {
	name, set, batches := sc.Name, "", ""
	if cmd.Flags().Changed("interval") {
		set += " --set interval=" + o.interval.String() // first, because --set wins over it
	}
	for _, assignment := range o.set {
		set += " --set " + quote(sc.InFull(assignment))
	}
	if o.batches > 0 {
		batches = " --batches " + strconv.Itoa(o.batches)
	}
	live, reportFlags, reported := o.load.again(cmd)
	reported = reported && (len(o.load.faults) == 0 || name == "pipeline")
	reportBatches := batches
	if last := scenario.LastBatch(o.load.faults); o.batches == 0 && last > sc.Batches {
		// A report needs an end: it goes on after the last fault for as many
		// batches as it has by default.
		reportBatches = " --batches " + strconv.Itoa(last+sc.Batches)
		reported = reported && last+sc.Batches <= report.MaxBatches
	}
	reported = reported && o.batches <= report.MaxBatches
	return func(seed uint64) []draw.Hint {
		hints := []draw.Hint{{Key: "again", Word: fmt.Sprintf("resiltui %s --seed %d%s%s%s", name, seed, batches, set, live)}}
		if reported {
			hints = append(hints, draw.Hint{
				Key: "as a report", Word: fmt.Sprintf("resiltui report %s --seed %d%s%s%s", name, seed, reportBatches, set, reportFlags),
			})
		}
		return hints
	}
}
