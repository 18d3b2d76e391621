package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"resiltui/internal/model/tour"
	"resiltui/internal/scenario"
)

// newTour is `resiltui tour`.
func newTour(s streams, o *dashboardFlags, screen *pflag.FlagSet) *cobra.Command {
	auto := false
	cmd := &cobra.Command{
		Use:   "tour",
		Short: "A guided tour of two minutes through the dashboard",
		Long: `Leads through the live dashboard in six steps: a retry, an opening, a failed
probe, two good probes, a strategy, the verdict. A strip below the screen explains
one thing at a time, says what to press, and goes on when it was done.

With --auto it presses the keys itself: for an audience, or to watch it first.`,
		Example: `resiltui tour
resiltui tour --auto`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.tour(cmd, s, auto) },
	}
	cmd.Flags().BoolVar(&auto, "auto", false, "press the keys by itself, at a pace to read along")
	screen.VisitAll(func(f *pflag.Flag) {
		if f.Name != "plain" && f.Name != "status-every" { // these two are not about the full screen
			cmd.Flags().AddFlag(f)
		}
	})
	return cmd
}

// tour opens the pipeline with its default seed, for which the steps were
// written.
func (o *dashboardFlags) tour(cmd *cobra.Command, s streams, auto bool) error {
	o.readDefaults(cmd, s.err)
	look, err := o.look(cmd)
	if err != nil {
		return err
	}
	sc := scenario.Pipeline()
	d := dashboard{
		streams: s, flags: o, look: look, seed: sc.Seed, started: sc.Name, build: plainRun(sc),
		again: o.again(cmd, &sc), tour: tour.Guided,
	}
	d.choices = choose(cmd, sc.Name, sc.Seed, 0, d.build)
	if auto {
		d.tour = tour.Automatic
		o.showKeys = true // so that viewers see what is pressed
	}
	return d.open()
}
