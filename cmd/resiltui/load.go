package main

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"resiltui/internal/engine"
	"resiltui/internal/scenario"
)

// loadFlags are the load on simulated sensors and the faults to inject.
type loadFlags struct {
	concurrency int
	rate        float64
	faults      []string
}

// Bounds of --rate, in calls per second to each sensor.
const minRate, maxRate = 0.01, 1000

func (l *loadFlags) register(f *pflag.FlagSet) {
	f.IntVar(&l.concurrency, "concurrency", 1, "calls of each sensor at a time, 1 to 64; a batch waits for all of them")
	f.Float64Var(&l.rate, "rate", 0, "calls a second of each sensor at most, 0.01 to 1000; in place of --interval, which is then concurrency / rate")
	registerFaults(f, &l.faults)
}

func registerFaults(f *pflag.FlagSet, faults *[]string) {
	f.StringArrayVar(faults, "fault", nil, "a fault in certain batches, SENSOR:KIND@FROM[-TO], such as S3:crash@5-15; may be repeated")
}

// check names the flag that is out of range.
func (l *loadFlags) check(cmd *cobra.Command) error {
	if l.concurrency < 1 || l.concurrency > engine.MaxCallers {
		return fmt.Errorf("--concurrency %d: must be from 1 to %d", l.concurrency, engine.MaxCallers)
	}
	if !cmd.Flags().Changed("rate") {
		return nil
	}
	if !(l.rate >= minRate && l.rate <= maxRate) { // also refuses NaN
		return fmt.Errorf("--rate %g: must be from %g to %g calls a second", l.rate, minRate, float64(maxRate))
	}
	if cmd.Flags().Changed("interval") {
		return fmt.Errorf("--rate %g goes without --interval: the interval is then concurrency / rate, %v", l.rate, l.interval())
	}
	return nil
}

// interval is the time between two batches that gives the rate.
func (l *loadFlags) interval() time.Duration {
	return time.Duration(math.Round(float64(l.concurrency) / l.rate * float64(time.Second)))
}

// script writes the flags into the scenario, and returns the faults as commands.
func (l *loadFlags) script(cmd *cobra.Command, sc *scenario.Scenario, batches int) ([]engine.Scripted, error) {
	if cmd.Flags().Changed("rate") {
		sc.Interval = l.interval()
	}
	script, err := sc.FaultScript(l.faults, batches)
	if err != nil {
		return nil, fmt.Errorf("--fault %w", err)
	}
	return script, nil
}

// again writes the flags as they are needed to repeat the run, live and as a
// report. ok is false with several callers, since a report has one.
func (l *loadFlags) again(cmd *cobra.Command) (live, report string, ok bool) {
	if l.concurrency > 1 {
		live += " --concurrency " + strconv.Itoa(l.concurrency)
	}
	if cmd.Flags().Changed("rate") {
		live += " --rate " + strconv.FormatFloat(l.rate, 'g', -1, 64)
		report += " --set interval=" + l.interval().String()
	}
	for _, f := range l.faults {
		live += " --fault " + quote(f)
		report += " --fault " + quote(f)
	}
	return live, report, l.concurrency <= 1
}
