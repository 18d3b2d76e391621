package main

import (
	"cmp"
	"fmt"

	"github.com/spf13/cobra"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/scenario"
	"resiltui/internal/seeds"
	"resiltui/internal/views/draw"
)

// builder makes the runs of a dashboard.
type builder = func(seed uint64) (engine.Config, error)

// choices are the scenarios that can be chosen while the program goes on, and what
// makes their runs.
type choices struct {
	list   []model.Scenario
	builds map[string]builder // by their names
	// samples are the same runs with other seeds, of those that are compared.
	samples map[string]*seeds.Sample
}

func (c *choices) add(s model.Scenario, build builder, sample *seeds.Sample) {
	c.list = append(c.list, s)
	c.builds[s.Name], c.samples[s.Name] = build, sample
}

// choose says what can be chosen. The scenario that the program was started with
// stays as the flags have made it; the others are as they are by themselves,
// because settings name the sensors of their scenario.
// batches is how many the run has that it was started with, 0 without an end.
func choose(cmd *cobra.Command, started string, seed uint64, batches int, build builder) choices {
	all := choices{builds: map[string]builder{}, samples: map[string]*seeds.Sample{}}
	for _, name := range scenario.Names() {
		sc, err := scenario.Find(name)
		if err != nil {
			continue // it lists itself
		}
		c, makes := model.Scenario{Name: sc.Name, See: sc.See, Seed: sc.Seed}, plainRun(sc)
		n := sc.Batches
		if name == started {
			c.Seed, makes, n = seed, build, cmp.Or(batches, n)
		} else if f := cmd.Flags().Lookup("seed"); f != nil && f.Changed {
			c.Seed = seed
		}
		all.add(c, makes, among(makes, sc.Seed, n))
	}
	all.addTour()
	return all
}

// addTour puts the tour among the scenarios.
func (c *choices) addTour() {
	sc := scenario.Pipeline()
	c.add(model.Scenario{
		Name: "tour", See: "The pipeline, with a guide: six steps that break and mend it, each with what to press.",
		Seed: sc.Seed, Tour: true,
	}, plainRun(sc), among(plainRun(sc), sc.Seed, sc.Batches))
}

// plainRun is a scenario as it is by itself, without end.
func plainRun(sc scenario.Scenario) builder {
	return func(seed uint64) (engine.Config, error) { return sc.Config(seed), nil }
}

// repeat is the commands that repeat the run that was on the screen last: that
// which the program was started with, or another that was chosen.
func (d dashboard) repeat(run *event.Run) []draw.Hint {
	switch {
	case run == nil:
		return d.again(d.seed)
	case !run.Virtual || run.Scenario == d.started || d.started == "":
		return d.again(run.Seed)
	}
	return []draw.Hint{
		{Key: "again", Word: fmt.Sprintf("resiltui %s --seed %d", run.Scenario, run.Seed)},
		{Key: "as a report", Word: fmt.Sprintf("resiltui report %s --seed %d", run.Scenario, run.Seed)},
	}
}
