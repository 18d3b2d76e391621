package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"resiltui/internal/config"
	"resiltui/internal/engine"
	"resiltui/internal/scenario"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// auto is the value of a flag that is detected, for example from the terminal.
const auto = "auto"

// configKeys are the keys of the configuration file, each with its flag.
func configKeys() []config.Key {
	isBool := func(v string) bool {
		_, err := strconv.ParseBool(v)
		return err == nil
	}
	return []config.Key{
		{
			Name: "theme", Flag: "theme", Help: "colours", Allowed: themeNames(), Default: string(draw.ThemeAuto),
			Check: func(v string) bool {
				_, err := draw.ParseTheme(v)
				return err == nil && v != ""
			},
		},
		{
			Name: "fps", Flag: "fps", Help: "frames a second at most", Allowed: fmt.Sprintf("from %d to %d", minFPS, maxFPS),
			Default: strconv.Itoa(defaultFPS),
			Check: func(v string) bool {
				n, err := strconv.Atoi(v)
				return err == nil && n >= minFPS && n <= maxFPS
			},
		},
		{
			Name: "ascii", Flag: "ascii", Help: "ASCII characters only", Allowed: "auto (by the locale), true or false",
			Default: auto, Check: func(v string) bool { return v == auto || isBool(v) },
		},
		{Name: "mouse", Flag: "no-mouse", Inverted: true, Help: "take the mouse", Allowed: "true or false", Default: "true", Check: isBool},
		{
			Name: "interval", Flag: "interval", Help: "time between batches of a simulation",
			Allowed: fmt.Sprintf("a time from %v to %v, such as 500ms or 2s", engine.MinInterval, engine.MaxInterval),
			Default: scenario.DefaultInterval.String(),
			Check: func(v string) bool {
				d, err := time.ParseDuration(v)
				return err == nil && checkInterval(d, engine.MinInterval) == nil
			},
		},
		{Name: "bell", Flag: "bell", Help: "ring when a circuit changes its state", Allowed: "true or false", Default: "false", Check: isBool},
	}
}

// readDefaults sets the flags that were not given from the configuration file. A
// file with a mistake is ignored as a whole, and the user is notified.
func (o *dashboardFlags) readDefaults(cmd *cobra.Command, errs io.Writer) {
	values, err := config.Read(config.Path(), configKeys())
	if err != nil {
		first, more, _ := strings.Cut(err.Error(), "\n")
		if more != "" {
			first += fmt.Sprintf(" (and %d more; resiltui config show lists them)", strings.Count(more, "\n")+1)
		}
		o.note = words.Clean("the defaults are used: "+first, 400)
		sayError(errs, errors.New(o.note))
		return
	}
	for _, v := range values {
		// A flag that a subcommand defines itself, such as watch --interval, has
		// only the name in common.
		f := cmd.Flag(v.Key.Flag)
		if f == nil || f != cmd.Root().Flag(v.Key.Flag) || f.Changed || f.Value.Type() == "bool" && v.Text == auto {
			continue
		}
		_ = cmd.Flags().Set(f.Name, v.FlagText()) // cannot fail: the value was checked above
	}
}

func newConfig(s streams) *cobra.Command {
	return &cobra.Command{
		Use:   "config path|show",
		Short: "Say where the configuration file is, or what is in force",
		Long: `The configuration file holds defaults of your own, one KEY: VALUE a line; flags
win over it. It need not exist. path says where it is looked for; show writes
the settings in force, as a file that can be kept there.`,
		Example: `resiltui config path
mkdir -p "$(dirname "$(resiltui config path)")" && resiltui config show > "$(resiltui config path)"`,
		ValidArgs: []string{"path", "show"},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 || args[0] != "path" && args[0] != "show" {
				return errors.New("write resiltui config path, or resiltui config show")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			path := config.Path()
			if args[0] == "path" {
				_, err := fmt.Fprintln(s.out, path)
				return written(err)
			}
			values, err := config.Read(path, configKeys())
			_, notWritten := fmt.Fprint(s.out, config.Show(configKeys(), values))
			if err != nil {
				return err // a mistake in the file exits with the same status as one in a flag
			}
			return written(notWritten)
		},
	}
}
