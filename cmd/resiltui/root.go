package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"resiltui/internal/scenario"
	"resiltui/internal/terminal"
	"resiltui/internal/words"
)

// Exit statuses. After a signal it is 128 plus the number of the signal.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// exitError ends the program with the given status. err may be nil: then nothing
// is printed.
type exitError struct {
	status int
	err    error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// failed marks an error that happened while running; every other error is a
// wrong use of the command line.
func failed(err error) error { return &exitError{exitFailed, err} }

// streams are the standard streams.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run runs the program and returns the exit status.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	root := newRoot(streams{in, out, errs})
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(terminal.Limited(out))
	root.SetErr(terminal.Limited(errs))
	strictHelpers(root)
	kept := keepErrors(root)
	err := fang.Execute(context.Background(), root, fang.WithVersion(version),
		fang.WithErrorHandler(func(_ io.Writer, _ fang.Styles, err error) { sayError(errs, err) }))
	if err == nil && *kept != nil {
		err = *kept
		sayError(errs, err)
	}
	if err == nil {
		return exitOK
	}
	if e, ok := errors.AsType[*exitError](err); ok {
		return e.status
	}
	return exitUsage
}

// keepErrors makes all commands return nil and keeps their error. Otherwise fang
// would ask the terminal for its background colour before it prints the error,
// and that takes seconds where nothing answers: on a dumb terminal, or after
// SIGHUP.
func keepErrors(root *cobra.Command) (kept *error) {
	kept = new(error)
	for _, c := range slices.Concat(root.Commands(), []*cobra.Command{root}) {
		check, do := c.Args, c.RunE
		if do == nil {
			continue
		}
		if check == nil {
			check = cobra.ArbitraryArgs
		}
		c.Args = cobra.ArbitraryArgs
		c.RunE = func(cmd *cobra.Command, args []string) error {
			if *kept = check(cmd, args); *kept == nil {
				*kept = do(cmd, args)
			}
			return nil
		}
		c.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
			*kept = flagError(cmd, err)
			return nil
		})
	}
	return kept
}

// errorCells is the longest error message, in cells: the longest lists all
// settings.
const errorCells = 1200

// sayError prints one line that says what is wrong and how to correct it.
func sayError(errs io.Writer, err error) {
	text := make([]string, 0, 2)
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if line = words.Clean(words.RedactText(line), errorCells); line != "" {
			text = append(text, line)
		}
	}
	if len(text) == 0 {
		return // there is no text; the exit status is enough
	}
	w := &colorprofile.Writer{Forward: errs, Profile: terminal.Profile(errs)}
	said := strings.Join(text, "; ")
	if terminal.ASCIIOnly() {
		said = words.ASCII(said)
	}
	head := lipgloss.NewStyle().Foreground(lipgloss.Red).Bold(true).Render("resiltui:")
	_, _ = fmt.Fprintln(w, head, said)
}

const long = `A live dashboard for retries, circuit breakers and fallbacks.

Sensors run behind the whole stack; keys crash, slow, corrupt and recover them,
and every breaker says why it is as it is and what is missing for the next
state. A run is reproducible from its seed.

The scenarios are pipeline (the default), retry, breaker and strategies.`

func newRoot(s streams) *cobra.Command {
	o := &dashboardFlags{}
	root := &cobra.Command{
		Use:   "resiltui [SCENARIO]",
		Short: "Live dashboard for retries, circuit breakers and fallbacks",
		Long:  long,
		Example: `# five simulated sensors, until q
resiltui

# another run, twice as fast, ended after 30 batches
resiltui --seed 7 --speed 2 --batches 30

# what it is all about, in two minutes
resiltui tour

# your own endpoint
resiltui watch https://example.com/health

# the exercises without a terminal
resiltui report all`,
		Args:              oneScenario,
		ValidArgsFunction: completeScenarios,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.simulate(cmd, s, args)
		},
	}
	screen := o.screenFlags()
	o.register(root.Flags())
	root.Flags().AddFlagSet(screen)
	root.AddCommand(newWatch(s, o, screen), newTour(s, o, screen), newReport(s), newConfig(s))
	for _, c := range append(root.Commands(), root) {
		complete(c)
	}
	root.SetVersionTemplate("resiltui {{.Version}}\n")
	return root
}

// strictHelpers makes the commands that cobra adds refuse unknown arguments.
// Without it they would show help for something else.
func strictHelpers(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			show := c.Run
			c.Run = nil
			c.RunE = func(cmd *cobra.Command, args []string) error {
				if known := names(root); len(args) > 1 || len(args) == 1 && !slices.Contains(known, args[0]) {
					return fmt.Errorf("help %s: there is help on %s", strings.Join(args, " "), strings.Join(known, ", "))
				}
				show(cmd, args)
				return nil
			}
		case "completion":
			c.Args = cobra.ArbitraryArgs
			c.RunE = func(cmd *cobra.Command, args []string) error {
				if len(args) > 0 {
					return fmt.Errorf("completion %s: the shells are %s", strings.Join(args, " "), strings.Join(names(c), ", "))
				}
				return cmd.Help()
			}
		}
	}
}

// names are the names of the direct subcommands.
func names(c *cobra.Command) []string {
	var out []string
	for _, sub := range c.Commands() {
		out = append(out, sub.Name())
	}
	return out
}

// flagError words an error about a flag: the flag, the value, and what is
// allowed.
func flagError(cmd *cobra.Command, err error) error {
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		allowed := map[string]string{
			"uint64":   "must be a whole number from 0 to 18446744073709551615",
			"int":      "must be a whole number",
			"float64":  "must be a number, such as 0.5",
			"duration": "must be a time, such as 500ms or 2s",
			"bool":     "must be true or false",
		}[e.GetFlag().Value.Type()]
		if allowed != "" {
			return fmt.Errorf("--%s %q: %s", e.GetFlag().Name, e.GetValue(), allowed)
		}
	}
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok && e.GetSpecifiedShortnames() == "" {
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		return fmt.Errorf("unknown flag --%s%s; --help lists the flags", e.GetSpecifiedName(), scenario.DidYouMean("--"+e.GetSpecifiedName(), known))
	}
	return fmt.Errorf("%w; --help lists the flags", err)
}

// oneScenario refuses more than one argument. Where an address is among them, it
// names the word before the address as wrong.
func oneScenario(_ *cobra.Command, args []string) error {
	switch {
	case len(args) < 2:
		return nil
	case slices.ContainsFunc(args, func(a string) bool { return strings.Contains(a, "://") }):
		return errors.New("to watch endpoints write resiltui watch and their addresses")
	default:
		return fmt.Errorf("%d arguments were given, and at most 1 argument, a scenario, can be; --help says more", len(args))
	}
}
