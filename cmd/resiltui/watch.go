package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"resiltui/internal/apart"
	"resiltui/internal/engine"
	"resiltui/internal/engine/health"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors"
	"resiltui/internal/sensors/kinds"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// Bounds of a watch: an endpoint sends its server at most ten requests per
// second.
const (
	minWatchInterval = 100 * time.Millisecond
	maxWatchTimeout  = 10 * time.Minute
)

// watchFlags are the flags of `resiltui watch`.
type watchFlags struct {
	interval, timeout time.Duration
	calls             int
	once              bool
	policies, utc     bool
	set               []string
	thresholds        health.Thresholds
	kinds             watchKinds
}

func newWatch(s streams, o *dashboardFlags, screen *pflag.FlagSet) *cobra.Command {
	w := &watchFlags{kinds: kinds.Addressed()}
	cmd := &cobra.Command{
		Use:   "watch ENDPOINT...",
		Short: "Watch real " + w.kinds.titles() + " endpoints",
		Long: w.about() + `

Every endpoint is asked once an interval, and the policies run beside: 5 failed calls
in a row open the circuit for three intervals, but it refuses nothing; what it would
have done stands in parentheses. --policies puts them in the way: up to 3 attempts a
call, an open circuit refuses it, and the last good value is served instead.

Fault keys are locked until !. Faults act inside resiltui only: nothing is ever
done to the endpoint, except that it is read.`,
		Example: w.kinds.examples(),
		RunE:    func(cmd *cobra.Command, args []string) error { return w.watch(cmd, s, o, screen, args) },
	}
	w.register(cmd.Flags())
	cmd.Flags().AddFlagSet(screen)
	return cmd
}

// register adds the flags of a watch.
func (w *watchFlags) register(f *pflag.FlagSet) {
	f.DurationVar(&w.interval, "interval", 5*time.Second, "time from one call's start to the next, for each endpoint")
	f.DurationVar(&w.timeout, "timeout", 3*time.Second, "limit of one attempt")
	f.IntVar(&w.calls, "calls", 0, "end after this many calls of each endpoint; 0 is never")
	f.BoolVar(&w.once, "once", false, "ask each endpoint once and end, as --calls 1")
	f.BoolVar(&w.policies, "policies", false, "put the policies in the way of the calls, instead of beside them")
	f.StringArrayVar(&w.set, "set", nil, "change a setting of the policies, KEY=VALUE, such as policy.breaker.threshold=4 or threshold=4, or @FILE of them; may be repeated; docs/settings.md lists them")
	f.BoolVar(&w.utc, "utc", false, "clock times in UTC instead of the zone of this machine")
	f.DurationVar(&w.thresholds.Slow, "slow", health.DefaultSlow, "an answer that takes longer is slow")
	f.IntVar(&w.thresholds.SlowAnswers, "slow-answers", health.DefaultSlowAnswers, "so many slow answers in a row make an endpoint slow")
	f.IntVar(&w.thresholds.OutageAfter, "outage-after", health.DefaultOutageAfter, "so many failed calls in a row are an outage")
	w.kinds.register(f)
}

// about says what can be watched, in lines of the width of the rest of the help.
func (w *watchFlags) about() string {
	text := "Watches real " + w.kinds.titles() + " endpoints in real time, each on a schedule of its own. " +
		"An endpoint is a URL, or NAME=URL. " + w.kinds.help()
	return strings.Join(words.Wrap(text, 86, 0), "\n")
}

func (w *watchFlags) watch(cmd *cobra.Command, s streams, o *dashboardFlags, screen *pflag.FlagSet, args []string) error {
	options, err := w.options(cmd.Flags(), args)
	if err != nil {
		return err
	}
	workers := apart.New()
	defer workers.Close()
	options.Apart = workers.Of
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
		streams: s, flags: o, look: look, locked: true, endless: options.Calls == 0, secrets: w.secrets(cmd.Flags(), args), choices: choose(cmd, "", 0, 0, nil),
		build: func(uint64) (engine.Config, error) { return config, nil },
		again: func(uint64) []draw.Hint { return again },
	}.open()
}

// secrets are the parts of targets and settings that must never be shown.
func (w *watchFlags) secrets(f *pflag.FlagSet, args []string) *words.Secrets {
	s := &words.Secrets{}
	set := w.kinds.values(f)
	for _, target := range args {
		address := scenario.AddressOf(target)
		if kind, err := sensors.Find(w.kinds, address); err == nil && kind.Secrets != nil {
			s.AddAll(kind.Secrets(address, set))
		}
	}
	return s
}

// again is the command that watches the same endpoints with the same settings.
// Values that may be secret are left out, and a remark after the command says so.
func (w *watchFlags) again(cmd *cobra.Command, screen *pflag.FlagSet, args []string) []draw.Hint {
	command := "resiltui watch"
	hidden := false
	for _, target := range args {
		shown := scenario.RedactTarget(target)
		hidden = hidden || shown != strings.TrimSpace(target)
		command += " " + quote(shown)
	}
	cmd.Flags().Visit(func(f *pflag.Flag) {
		switch {
		case screen.Lookup(f.Name) != nil: // these change only the look
		case w.kinds.secret(f.Name):
			hidden = true
		case f.Value.Type() == "bool": // a value after a blank would be an endpoint
			command += " --" + f.Name
			if v := f.Value.String(); v != "true" {
				command += "=" + v
			}
		default:
			for _, v := range valuesOf(f) {
				command += " --" + f.Name + " " + quote(v)
			}
		}
	})
	hints := []draw.Hint{{Key: "again", Word: command}}
	if hidden {
		hints = append(hints, draw.Hint{Word: "(without credentials, queries and headers)"})
	}
	return hints
}

func (w *watchFlags) options(f *pflag.FlagSet, args []string) (scenario.WatchOptions, error) {
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
	calls := w.calls
	if w.once {
		if calls > 1 {
			return none, fmt.Errorf("--once and --calls %d: give one of the two", calls)
		}
		calls = 1
	}
	if w.thresholds.Slow <= 0 {
		return none, fmt.Errorf("--slow %v: must be more than 0", w.thresholds.Slow)
	}
	for _, t := range []struct {
		flag  string
		calls int
	}{{"slow-answers", w.thresholds.SlowAnswers}, {"outage-after", w.thresholds.OutageAfter}} {
		if t.calls < 1 {
			return none, fmt.Errorf("--%s %d: must be 1 or more", t.flag, t.calls)
		}
	}
	set := w.kinds.values(f)
	if err := w.kinds.check(set, args); err != nil {
		return none, err
	}
	return scenario.WatchOptions{
		Targets: args, Interval: w.interval, Timeout: w.timeout, Calls: calls, Policies: w.policies, Thresholds: w.thresholds,
		Assignments: w.set, UTC: w.utc,
		Kinds: w.kinds, Set: set,
	}, nil
}
