package main

import (
	"slices"
	"testing"

	"github.com/spf13/cobra"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
	"resiltui/internal/views/draw"
)

func TestEveryScenarioCanBeChosenAndTheFirstStaysAsItWasStarted(t *testing.T) {
	for _, c := range []struct {
		args           []string
		started, other uint64 // seeds
	}{{nil, 7, scenario.DefaultSeed}, {[]string{"--seed", "7"}, 7, 7}} {
		o := &dashboardFlags{}
		cmd := &cobra.Command{}
		o.register(cmd.Flags())
		if err := cmd.Flags().Parse(c.args); err != nil {
			t.Fatal(err)
		}
		mine := func(seed uint64) (engine.Config, error) {
			return engine.Config{Scenario: "retry", Batches: 3, Seed: seed}, nil
		}
		chosen := choose(cmd, "retry", 7, 3, mine)
		all := chosen.list
		tour := all[len(all)-1]
		if config, err := chosen.builds[tour.Name](tour.Seed); err != nil || !tour.Tour || config.Scenario != "pipeline" || config.Seed != scenario.DefaultSeed {
			t.Errorf("the tour leads through %s, seed %d, %v", config.Scenario, config.Seed, err)
		}
		var names []string
		for _, s := range all[:len(all)-1] {
			names = append(names, s.Name)
			config, err := chosen.builds[s.Name](s.Seed)
			if err != nil || config.Scenario != s.Name || config.Seed != s.Seed || s.See == "" {
				t.Errorf("%s, %q, builds %+v, %v", s.Name, s.See, config, err)
			}
			want, batches := c.other, 0
			if s.Name == "retry" {
				want, batches = c.started, 3
			}
			if s.Seed != want || config.Batches != batches {
				t.Errorf("%v: %s starts with seed %d and %d batches, not %d and %d", c.args, s.Name, s.Seed, config.Batches, want, batches)
			}
		}
		if !slices.Equal(names, scenario.Names()) {
			t.Errorf("the choice is %v", names)
		}
	}
}

func TestTheCommandThatRepeatsFollowsTheScenario(t *testing.T) {
	d := dashboard{started: "retry", seed: 7, again: func(seed uint64) []draw.Hint {
		return []draw.Hint{{Key: "again", Word: "as started"}}
	}}
	for _, c := range []struct {
		run  *event.Run
		want string
	}{
		{nil, "as started"},
		{&event.Run{Scenario: "retry", Seed: 8, Virtual: true}, "as started"},
		{&event.Run{Scenario: "breaker", Seed: 8, Virtual: true}, "resiltui breaker --seed 8"},
		{&event.Run{Scenario: "watch"}, "as started"},
	} {
		if got := d.repeat(c.run); got[0].Word != c.want {
			t.Errorf("%+v is repeated by %q, not %q", c.run, got[0].Word, c.want)
		}
	}
}

func TestATourHasNoPlainForm(t *testing.T) {
	status, _, errs := called("tour", "--plain")
	if status != exitUsage || errs == "" {
		t.Errorf("status %d, %q", status, errs)
	}
}
