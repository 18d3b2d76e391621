package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"resiltui/internal/report"
	"resiltui/internal/report/render"
	"resiltui/internal/scenario"
	"resiltui/internal/terminal"
)

// reportFlags are the flags of `resiltui report`.
type reportFlags struct {
	seed     uint64
	format   string
	out      string
	table    string
	set      []string
	faults   []string
	runs     int
	batches  int
	realtime bool
	ascii    bool
	locale   bool // detect from the locale whether a terminal gets ASCII
}

// formats are the names of the formats, in the order to list them.
func formats() []string { return []string{"text", "json", "markdown", "csv"} }

// maxRuns prevents that a typing mistake runs for days.
const maxRuns = 1_000_000

func newReport(s streams) *cobra.Command {
	r := &reportFlags{}
	cmd := &cobra.Command{
		Use:   "report " + strings.Join(append(report.Names(), report.All), "|"),
		Short: "Run an exercise without a terminal and report",
		Long: `Runs an exercise in virtual time and reports what came out. The same seed gives
the same bytes, on every machine.

retry       retries with statistics and error filtering
breaker     a circuit breaker over crashes, closing after one good probe or two
strategies  drop, last-known-good and interpolated on the same failures
pipeline    the whole layer on five sensors, beside a naive pipeline
all         all four`,
		Example: `resiltui report all
resiltui report pipeline --format json --seed 7 --out pipeline.json
resiltui report breaker --set policy.breaker.threshold=5
resiltui report pipeline --fault S3:crash@5-15
resiltui report strategies --runs 200
resiltui report pipeline --format csv --table sensors`,
		ValidArgs: append(report.Names(), report.All),
		RunE: func(cmd *cobra.Command, args []string) error {
			r.locale = !cmd.Flags().Changed("ascii")
			return r.report(s, args)
		},
	}
	f := cmd.Flags()
	f.Uint64Var(&r.seed, "seed", scenario.DefaultSeed, "the seed of all randomness")
	f.StringVar(&r.format, "format", "text", strings.Join(formats(), ", "))
	f.StringVar(&r.out, "out", "", "write to this file; with --format csv to this directory, one file a table")
	f.StringVar(&r.table, "table", "", "with --format csv: write this table to standard output")
	f.StringArrayVar(&r.set, "set", nil, "change a setting, KEY=VALUE, or @FILE of them; may be repeated; docs/settings.md lists them")
	f.IntVar(&r.batches, "batches", 0, fmt.Sprintf("batches of the run, up to %d; 0 is as many as the exercise has", report.MaxBatches))
	registerFaults(f, &r.faults)
	f.IntVar(&r.runs, "runs", 1, "repeat over this many seeds, from --seed on, and give mean, deviation and the interval of 95 per cent")
	f.BoolVar(&r.realtime, "realtime", false, "run on the wall clock instead of virtual time")
	f.BoolVar(&r.ascii, "ascii", false, "draw with ASCII characters only; on a terminal by itself where the locale has no UTF-8")
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats(), cobra.ShellCompDirectiveNoFileComp)) // cannot fail: the flag exists
	return cmd
}

// check validates the flags before anything runs.
func (r *reportFlags) check(args []string) (names []string, err error) {
	if len(args) != 1 {
		return nil, fmt.Errorf("name one report: %s or %s", strings.Join(report.Names(), ", "), report.All)
	}
	if err := report.CheckName(args[0]); err != nil {
		return nil, err
	}
	if !slices.Contains(formats(), r.format) {
		return nil, fmt.Errorf("--format %q: the formats are %s", r.format, strings.Join(formats(), ", "))
	}
	if r.runs < 1 || r.runs > maxRuns {
		return nil, fmt.Errorf("--runs %d: must be from 1 to %d", r.runs, maxRuns)
	}
	if r.batches < 0 || r.batches > report.MaxBatches {
		return nil, fmt.Errorf("--batches %d: must be 0 (as many as the exercise has) or up to %d", r.batches, report.MaxBatches)
	}
	if r.table != "" && (r.format != "csv" || r.out != "") {
		return nil, errors.New("--table goes with --format csv and without --out")
	}
	if len(r.faults) > 0 && args[0] != "pipeline" {
		return nil, errors.New("--fault goes with report pipeline, which says what the policies made of it")
	}
	if args[0] == report.All {
		if r.table != "" {
			return nil, errors.New("--table needs one report, not all of them")
		}
		if len(r.set) > 0 {
			return nil, errors.New("--set needs one report, because each has its own sensors")
		}
		return report.Names(), nil
	}
	return args, nil
}

func (r *reportFlags) report(s streams, args []string) error {
	names, err := r.check(args)
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	done := make(chan error, 1)
	go func() { done <- r.runAndWrite(ctx, s, names) }()
	select {
	case err = <-done:
	case <-ctx.Done():
		// Reading settings from a pipe that nobody writes to would block for ever,
		// and so would writing to one that nobody reads.
		t := time.NewTimer(graceTime)
		defer t.Stop()
		select {
		case err = <-done:
		case <-t.C:
		}
	}
	if ctx.Err() != nil {
		return &exitError{status: terminal.ExitInterrupted}
	}
	return err
}

// runAndWrite does the whole work.
func (r *reportFlags) runAndWrite(ctx context.Context, s streams, names []string) error {
	results, err := r.run(ctx, s, names)
	if err != nil {
		return err
	}
	if err := r.write(s, names, results); err != nil {
		return err
	}
	var failures []string
	for _, res := range results {
		failures = append(failures, res.failed...)
	}
	if len(failures) > 0 {
		return failed(fmt.Errorf("a check does not hold: %s", strings.Join(failures, "; ")))
	}
	return nil
}

// result is one report, or the statistics of many runs of it.
type result struct {
	data     any // what JSON contains
	document render.Document
	failed   []string
}

func (r *reportFlags) run(ctx context.Context, s streams, names []string) ([]result, error) {
	set, err := scenario.ReadFiles(r.set)
	if err != nil {
		return nil, err
	}
	o := report.Options{Seed: r.seed, Set: set, Faults: r.faults, Batches: r.batches, Realtime: r.realtime, Among: report.Seeds}
	var results []result
	for _, name := range names {
		if r.runs > 1 {
			bar := terminal.NewProgress(s.err, name, r.runs)
			stats, err := report.Repeat(ctx, name, o, r.runs, 0, bar.Show)
			bar.Done()
			if err != nil {
				return nil, err
			}
			results = append(results, result{
				data:     report.NewStatsReport(name, o, r.runs, stats),
				document: report.StatsDocument(name, o, r.runs, stats),
			})
			continue
		}
		rep, err := report.Run(ctx, name, o)
		if err != nil {
			return nil, err
		}
		results = append(results, result{data: rep, document: rep.Document(), failed: rep.Failed()})
	}
	return results, nil
}

// write writes the results to standard output or to the file of --out. A file is
// written completely or not at all.
func (r *reportFlags) write(s streams, names []string, results []result) error {
	var docs []render.Document
	var data []any
	for _, res := range results {
		docs = append(docs, res.document)
		data = append(data, res.data)
	}
	if r.format == "csv" {
		return r.writeCSV(s, docs)
	}
	write := func(w io.Writer) error {
		switch r.format {
		case "json":
			return render.WriteJSON(w, names, data)
		case "markdown":
			return render.WriteMarkdown(w, docs)
		default:
			o := r.textOptions(s)
			if o.Color { // the terminal may have fewer colours than the theme
				w = &colorprofile.Writer{Forward: w, Profile: terminal.Profile(s.out)}
			}
			return render.WriteText(w, docs, o)
		}
	}
	if r.out == "" {
		return written(write(s.out))
	}
	return written(render.WriteFile(r.out, write))
}

// written marks an error of writing as a failure while running, not a wrong use of
// the command line.
func written(err error) error {
	if err == nil {
		return nil
	}
	return failed(err)
}

// writeCSV writes one table to standard output, or all into a directory.
func (r *reportFlags) writeCSV(s streams, docs []render.Document) error {
	if r.out == "" {
		if r.table == "" {
			return fmt.Errorf("--format csv writes one table to standard output with --table NAME, or all with --out DIR; the tables are: %s",
				strings.Join(render.TableNames(docs), ", "))
		}
		if err := render.WriteCSV(io.Discard, docs[0], r.table); err != nil {
			return err // there is no table of this name
		}
		return written(render.WriteCSV(s.out, docs[0], r.table))
	}
	return written(render.WriteCSVFiles(r.out, docs))
}

// textOptions adapts the text to the output.
func (r *reportFlags) textOptions(s streams) render.TextOptions {
	o := render.TextOptions{ASCII: r.ascii}
	f := terminal.FileOf(s.out)
	if r.out != "" || f == nil || !term.IsTerminal(f.Fd()) {
		return o
	}
	if width, _, err := term.GetSize(f.Fd()); err == nil {
		o.Width = width
	}
	o.ASCII = r.ascii || r.locale && terminal.ASCIIOnly()
	o.Color = !terminal.Colourless() && os.Getenv("TERM") != "dumb"
	return o
}
