package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"charm.land/fang/v2"
	"charm.land/lipgloss/v2"
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
	err := fang.Execute(context.Background(), root,
		fang.WithVersion(version), fang.WithErrorHandler(sayError))
	if err == nil {
		return exitOK
	}
	if e, ok := errors.AsType[*exitError](err); ok {
		return e.status
	}
	return exitUsage
}

// sayError prints one line that says what is wrong and what to do.
func sayError(w io.Writer, styles fang.Styles, err error) {
	if err.Error() == "" {
		return
	}
	head := lipgloss.NewStyle().Foreground(styles.ErrorHeader.GetBackground()).Bold(true).Render("resiltui:")
	text := make([]string, 0, 2)
	for line := range strings.SplitSeq(err.Error(), "\n") {
		if line = sensors.Clean(line, 400); line != "" {
			text = append(text, line)
		}
	}
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
	root.AddCommand(newWatch(s, o))
	root.SetVersionTemplate("resiltui {{.Version}}\n")
	return root
}

// stdoutFile is standard output where it is a file, and so may be a terminal.
func stdoutFile(w io.Writer) *os.File {
	f, _ := w.(*os.File)
	return f
}
