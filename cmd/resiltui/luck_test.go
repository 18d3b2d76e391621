package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/scenario"
)

// standsAfter is what is known of the pipeline's run with a seed, after a choice was built.
func standsAfter(t *testing.T, l *luck, builds map[string]builder, name string, seed uint64) (of, delivered, batches int) {
	t.Helper()
	if _, err := builds[name](seed); err != nil {
		t.Fatal(err)
	}
	s, err := l.rank(t.Context(), &event.Run{Seed: seed})
	if err != nil {
		t.Fatal(err)
	}
	return s.Of, s.Delivered, s.Batches
}

func TestARunStandsAmongThoseOfItsOwnSettings(t *testing.T) {
	o := &dashboardFlags{}
	cmd := &cobra.Command{}
	o.register(cmd.Flags())
	dead := scenario.Pipeline()
	if err := dead.Set("S3.fail=1"); err != nil {
		t.Fatal(err)
	}
	built := func(seed uint64) (engine.Config, error) {
		c := dead.Config(seed)
		c.Batches = 9
		return c, nil
	}
	l := &luck{samples: choose(cmd, "pipeline", 42, 9, built).samples}
	if _, err := l.rank(t.Context(), &event.Run{}); !errors.Is(err, errNoOthers) {
		t.Errorf("before the first run: %v", err)
	}
	builds := l.allTracked(choose(cmd, "pipeline", 42, 9, built).builds)
	// With S3 dead from the start no batch is complete; the tour is about the pipeline as it is.
	for _, c := range []struct {
		name               string
		seed               uint64
		delivered, batches int
	}{{"pipeline", 42, 0, 9}, {"tour", 42, 29, 30}, {"pipeline", 4, 0, 9}, {"tour", 4, 0, 30}} {
		of, delivered, batches := standsAfter(t, l, builds, c.name, c.seed)
		if of != 200 || delivered != c.delivered || batches != c.batches {
			t.Errorf("%s, seed %d: %d of %d batches among %d seeds, not %d of %d", c.name, c.seed, delivered, batches, of, c.delivered, c.batches)
		}
	}
}

func TestThePlainSummarySaysWhereTheSeedStands(t *testing.T) {
	for _, c := range []struct{ seed, want string }{
		{"42", "\nreadings: 149 of 150 with policies, 5 naive\none draw: in 30 batches 166 of 200 seeds do worse and 9 better\n"},
		{"4", "\nreadings: 108 of 150 with policies, 0 naive\none draw: in 30 batches 0 of 200 seeds do worse and 143 better\n"},
	} {
		status, out, errs := called("--plain", "--seed", c.seed, "--batches", "30", "--speed", "64")
		if status != exitOK || !strings.Contains(out, c.want) {
			t.Errorf("seed %s: status %d, %s\n%s", c.seed, status, errs, out)
		}
	}
}
