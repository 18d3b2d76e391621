package main

import (
	"errors"
	"fmt"
	nethttp "net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"resiltui/internal/engine"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/http"
	"resiltui/internal/views/draw"
)

// Bounds of a watch: nobody's server is asked more often than ten times a
// second by one endpoint.
const (
	minWatchInterval = 100 * time.Millisecond
	maxWatchTimeout  = 10 * time.Minute
)

// watchFlags are the flags of `resiltui watch`.
type watchFlags struct {
	interval, timeout time.Duration
	calls             int
	method            string
	headers           []string
	expect, jq, unit  string
}

func newWatch(s streams, o *dashboardFlags, screen *pflag.FlagSet) *cobra.Command {
	w := &watchFlags{}
	cmd := &cobra.Command{
		Use:   "watch ENDPOINT...",
		Short: "Watch real HTTP endpoints",
		Long: `Watches real HTTP endpoints through the same stack, in real time, each on a
schedule of its own. An endpoint is a URL, or NAME=URL. The value shown is the latency, or with --jq a number from
the JSON body. Up to 3 attempts a call; 5 failed calls in a row open the circuit
for three intervals.

Fault keys are locked until !. Faults act inside resiltui only: nothing is ever
done to the endpoint, except that it is read.`,
		Example: `resiltui watch https://example.com/health
resiltui watch api=https://example.com/health db=http://localhost:8080/ready --interval 2s
resiltui watch https://example.com/stats --jq .queue.length --unit jobs`,
		RunE: func(cmd *cobra.Command, args []string) error { return w.watch(cmd, s, o, screen, args) },
	}
	f := cmd.Flags()
	f.DurationVar(&w.interval, "interval", 5*time.Second, "time from one call's start to the next, for each endpoint")
	f.DurationVar(&w.timeout, "timeout", 3*time.Second, "limit of one attempt")
	f.IntVar(&w.calls, "calls", 0, "end after this many calls of each endpoint; 0 is never")
	f.StringVar(&w.method, "method", "GET", "request method")
	f.StringArrayVar(&w.headers, "header", nil, "request header \"Name: value\"; may be repeated; values are never shown")
	f.StringVar(&w.expect, "expect", http.DefaultExpect, "statuses that are a success, e.g. 200,204,3xx")
	f.StringVar(&w.jq, "jq", "", "jq expression that gives the value shown, a number from the JSON body")
	f.StringVar(&w.unit, "unit", "", "unit of the value that --jq gives")
	f.AddFlagSet(screen)
	return cmd
}

func (w *watchFlags) watch(cmd *cobra.Command, s streams, o *dashboardFlags, screen *pflag.FlagSet, args []string) error {
	options, err := w.options(args)
	if err != nil {
		return err
	}
	config, err := scenario.Watch(options)
	if err != nil {
		return err
	}
	o.readDefaults(cmd, s.err)
	look, err := o.look(cmd)
	if err != nil {
		return err
	}
	again := w.again(cmd, screen, args)
	return dashboard{
		streams: s, flags: o, look: look, locked: true, choices: choose(cmd, "", 0, nil),
		build: func(uint64) (engine.Config, error) { return config, nil },
		again: func(uint64) []draw.Hint { return again },
	}.open()
}

// again is the command that watches the same endpoints the same way. What may be
// secret is left out, and said to be.
func (w *watchFlags) again(cmd *cobra.Command, screen *pflag.FlagSet, args []string) []draw.Hint {
	command := "resiltui watch"
	hidden := len(w.headers) > 0
	for _, target := range args {
		shown := scenario.RedactTarget(target)
		hidden = hidden || shown != target
		command += " " + quote(shown)
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		// The flags of every dashboard are about its look.
		if f.Name != "header" && screen.Lookup(f.Name) == nil {
			command += " --" + f.Name + " " + quote(f.Value.String())
		}
	})
	if hidden {
		command += "   (without credentials, queries and headers)"
	}
	return []draw.Hint{{Key: "again", Word: command}}
}

func (w *watchFlags) options(args []string) (scenario.WatchOptions, error) {
	var none scenario.WatchOptions
	if len(args) == 0 {
		return none, errors.New("no endpoint to watch; write resiltui watch https://HOST/PATH")
	}
	if err := checkInterval(w.interval, minWatchInterval); err != nil {
		return none, err
	}
	if w.timeout <= 0 || w.timeout > maxWatchTimeout {
		return none, fmt.Errorf("--timeout %v: must be more than 0 and at most %v", w.timeout, maxWatchTimeout)
	}
	if w.calls < 0 {
		return none, fmt.Errorf("--calls %d: must be 0 (no end) or more", w.calls)
	}
	header, err := parseHeaders(w.headers)
	if err != nil {
		return none, err
	}
	return scenario.WatchOptions{
		Targets: args, Interval: w.interval, Timeout: w.timeout, Calls: w.calls,
		HTTP: http.Config{Method: w.method, Header: header, Expect: w.expect, JQ: w.jq, Unit: w.unit},
	}, nil
}

// parseHeaders reads "Name: value". A mistake is told without the value, which
// may be a secret.
func parseHeaders(lines []string) (nethttp.Header, error) {
	header := nethttp.Header{}
	for i, line := range lines {
		name, value, ok := strings.Cut(line, ":")
		if !ok || strings.TrimSpace(name) == "" {
			return nil, fmt.Errorf("--header number %d has no name and colon; write --header \"Name: value\"", i+1)
		}
		header.Add(strings.TrimSpace(name), strings.TrimSpace(value))
	}
	return header, nil
}
