package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/spf13/cobra"

	"resiltui/internal/sensors"
)

// Exit statuses.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitHangup      = 129 // 128 + SIGHUP
	exitInterrupted = 130 // 128 + SIGINT
)

// exitError ends the program with a status of its own. Err may be nil: the
// status alone is said then.
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

// streams are the standard ones.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run is the program: it returns the exit status.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	root := newRoot(streams{in, out, errs})
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
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

// keepErrors has the commands end well and keeps their error. Otherwise fang
// would ask the terminal for its background before it shows one, and that takes
// seconds where nobody answers: on a dumb terminal, or after SIGHUP.
func keepErrors(root *cobra.Command) (kept *error) {
	kept = new(error)
	for _, c := range slices.Concat(root.Commands(), []*cobra.Command{root}) {
		check, do := c.Args, c.RunE
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
		c.SetFlagErrorFunc(func(_ *cobra.Command, err error) error {
			*kept = err
			return nil
		})
	}
	return kept
}

// sayError prints one line that says what is wrong and what to do.
func sayError(errs io.Writer, err error) {
	text := make([]string, 0, 2)
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if line = sensors.Clean(sensors.RedactText(line), 400); line != "" {
			text = append(text, line)
		}
	}
	if len(text) == 0 {
		return // the exit status says it all
	}
	w := colorprofile.NewWriter(errs, os.Environ())
	if noColor() {
		w.Profile = min(w.Profile, colorprofile.ASCII)
	}
	head := lipgloss.NewStyle().Foreground(lipgloss.Red).Bold(true).Render("resiltui:")
	_, _ = fmt.Fprintln(w, head, strings.Join(text, "; "))
}

const long = `A live dashboard for retries, circuit breakers and fallbacks.

Sensors run behind the whole stack; keys crash, slow, corrupt and recover them,
and every breaker says why it is as it is and what is missing for the next
state. A run is reproducible from its seed.`

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

# your own endpoint
resiltui watch https://example.com/health

# the exercises without a terminal
resiltui report all`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: completeScenarios,
		RunE: func(cmd *cobra.Command, args []string) error {
			return o.simulate(cmd, s, args)
		},
	}
	o.register(root.PersistentFlags(), root.Flags())
	root.AddCommand(newWatch(s, o), newReport(s))
	root.SetVersionTemplate("resiltui {{.Version}}\n")
	return root
}

// stdoutFile is standard output where it is a file, and so may be a terminal.
func stdoutFile(w io.Writer) *os.File {
	f, _ := w.(*os.File)
	return f
}
