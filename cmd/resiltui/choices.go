package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/scenario"
	"resiltui/internal/views"
)

// builder makes the runs of a dashboard.
type builder func(seed uint64) (engine.Config, error)

// choices are the scenarios that can be chosen while the program goes on. The
// one that it was started with stays as the flags have made it; the others are as
// they are by themselves, because settings name the sensors of their scenario.
func choices(cmd *cobra.Command, started string, seed uint64, build builder) []model.Scenario {
	var all []model.Scenario
	for _, name := range scenario.Names() {
		sc, err := scenario.Find(name)
		if err != nil {
			continue // it lists itself
		}
		c := model.Scenario{Name: sc.Name, See: sc.See, Seed: sc.Seed, Build: plainRun(sc)}
		if name == started {
			c.Seed, c.Build = seed, build
		} else if f := cmd.Flags().Lookup("seed"); f != nil && f.Changed {
			c.Seed = seed
		}
		all = append(all, c)
	}
	return append(all, tourChoice())
}

// tourChoice is the tour among the scenarios.
func tourChoice() model.Scenario {
	sc := scenario.Pipeline()
	return model.Scenario{
		Name: "tour", See: "The pipeline, with a guide: six steps that break and mend it, each with what to press.",
		Seed: sc.Seed, Build: plainRun(sc), Tour: true,
	}
}

// plainRun is a scenario as it is by itself, without end.
func plainRun(sc scenario.Scenario) builder {
	return func(seed uint64) (engine.Config, error) { return sc.Config(seed), nil }
}

// repeat is the commands that repeat the run that was on the screen last: that
// which the program was started with, or another that was chosen.
func (d dashboard) repeat(run *event.Run) []views.Hint {
	switch {
	case run == nil:
		return d.again(d.seed)
	case !run.Virtual || run.Scenario == d.started || d.started == "":
		return d.again(run.Seed)
	}
	return []views.Hint{
		{Key: "again", Word: fmt.Sprintf("resiltui %s --seed %d", run.Scenario, run.Seed)},
		{Key: "as a report", Word: fmt.Sprintf("resiltui report %s --seed %d", run.Scenario, run.Seed)},
	}
}
