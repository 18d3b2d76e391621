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

// builder makes the configuration of a run from a seed.
type builder = func(seed uint64) (engine.Config, error)

// choices are the scenarios that the user can choose while the program runs, with
// the builders of their runs.
type choices struct {
	list   []model.Scenario
	builds map[string]builder // by scenario name
	// samples are runs of the same scenarios with other seeds, for comparison; by
	// scenario name.
	samples map[string]*seeds.Sample
}

func (c *choices) add(s model.Scenario, build builder, sample *seeds.Sample) {
	c.list = append(c.list, s)
	c.builds[s.Name], c.samples[s.Name] = build, sample
}

// choose lists the scenarios that can be chosen. The one that the program was
// started with keeps the settings of the flags. The others have their defaults,
// because settings name the sensors of one scenario. batches is the number of
// batches of the run that the program was started with; 0 is no end.
func choose(cmd *cobra.Command, started string, seed uint64, batches int, build builder) choices {
	all := choices{builds: map[string]builder{}, samples: map[string]*seeds.Sample{}}
	for _, name := range scenario.Names() {
		sc, err := scenario.Find(name)
		if err != nil {
			continue // Names lists only scenarios that Find knows
		}
		c, makes := model.Scenario{Name: sc.Name, See: sc.See, Seed: sc.Seed}, plainRun(sc)
		n := sc.Batches
		if name == started {
			c.Seed, makes, n = seed, build, cmp.Or(batches, n)
		} else if f := cmd.Flags().Lookup("seed"); f != nil && f.Changed {
			c.Seed = seed
		}
		all.add(c, makes, sampleOf(makes, sc.Seed, n))
	}
	all.addTour()
	return all
}

// addTour adds the tour to the scenarios.
func (c *choices) addTour() {
	sc := scenario.Pipeline()
	c.add(model.Scenario{
		Name: "tour", See: "The pipeline, with a guide: six steps that break and repair it, each with what to press.",
		Seed: sc.Seed, Tour: true,
	}, plainRun(sc), sampleOf(plainRun(sc), sc.Seed, sc.Batches))
}

// plainRun builds a scenario with its default settings and without an end.
func plainRun(sc scenario.Scenario) builder {
	return func(seed uint64) (engine.Config, error) { return sc.Config(seed), nil }
}

// repeat returns the commands that repeat the last run on the screen, which may be
// another scenario than the one that the program was started with.
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
