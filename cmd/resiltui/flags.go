package main

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"resiltui/internal/engine"
	"resiltui/internal/engine/clock"
	"resiltui/internal/scenario"
	"resiltui/internal/sensors/fault"
	"resiltui/internal/terminal"
	"resiltui/internal/views/draw"
)

// dashboardFlags are the flags of all commands that open the dashboard.
type dashboardFlags struct {
	seed     uint64
	speed    float64
	batches  int
	interval time.Duration
	set      []string
	load     loadFlags

	fps           int
	theme         string
	ascii         bool
	reducedMotion bool
	showKeys      bool
	noMouse       bool
	logFile       string

	plain       bool
	format      string
	statusEvery time.Duration
	onChange    string
	bell        bool
	note        string // what is wrong with the configuration file
}

// The formats of what a run leaves behind.
const (
	formatText = "text"
	formatJSON = "json"
)

// Bounds of flags.
const (
	minFPS, maxFPS = 1, 120
	defaultFPS     = 30
)

// screenFlags are the flags that every dashboard has. The commands share these flags, so
// that each lists and accepts those that have a meaning for it.
func (o *dashboardFlags) screenFlags() *pflag.FlagSet {
	all := pflag.NewFlagSet("screen", pflag.ContinueOnError)
	all.IntVar(&o.fps, "fps", defaultFPS, "frames a second at most, 1 to 120")
	all.StringVar(&o.theme, "theme", "auto", "colours: "+themeNames())
	all.BoolVar(&o.ascii, "ascii", false, "draw with ASCII characters only; by itself where the locale has no UTF-8")
	all.BoolVar(&o.reducedMotion, "reduced-motion", false, "no flash when a state changes")
	all.BoolVar(&o.showKeys, "show-keys", false, "caption each key pressed, for an audience")
	all.BoolVar(&o.noMouse, "no-mouse", false, "leave the mouse to the terminal")
	all.StringVar(&o.logFile, "log-file", "", "write every event to this file, one JSON object a line")
	all.BoolVar(&o.plain, "plain", false, "no full screen: a line for each notable event; needs no terminal")
	all.StringVar(&o.format, "format", formatText, "text, or json: no screen, and at the end the figures of the run (docs/summary.schema.json); needs an end of the run")
	all.DurationVar(&o.statusEvery, "status-every", 0, "with --plain, say how it stands this often in real time; 0 is on Enter only")
	all.StringVar(&o.onChange, "on-change", "", "run this shell command when a circuit changes its state, or an endpoint is down, up again or slow; RESILTUI_KIND, RESILTUI_SENSOR, RESILTUI_FROM, RESILTUI_TO, RESILTUI_REASON and RESILTUI_AT say what, which, why and when")
	all.BoolVar(&o.bell, "bell", false, "ring the terminal's bell when a circuit changes its state, or an endpoint is down, up again or slow")

	return all
}

// register adds the flags of simulations.
func (o *dashboardFlags) register(simulated *pflag.FlagSet) {
	simulated.Uint64Var(&o.seed, "seed", scenario.DefaultSeed, "the seed of all randomness; the same seed is the same run")
	simulated.Float64Var(&o.speed, "speed", 1, "pace of simulated time, 0.25 to 64")
	simulated.IntVar(&o.batches, "batches", 0, "end the run after this many batches; 0 is never")
	simulated.StringArrayVar(&o.set, "set", nil, "change a setting, KEY=VALUE, such as policy.breaker.threshold=4 or threshold=4, or @FILE of them; may be repeated; docs/settings.md lists them")
	simulated.DurationVar(&o.interval, "interval", scenario.DefaultInterval, "time from one batch's start to the next")
	o.load.register(simulated)
}

func themeNames() string {
	var names []string
	for _, t := range draw.Themes() {
		names = append(names, string(t))
	}
	return strings.Join(names, ", ")
}

// maxStatusEvery is the longest interval between two status lines of --plain.
const maxStatusEvery = 24 * time.Hour

// look checks the flags of the screen and detects what they leave open: the theme is mono
// where NO_COLOR is set to anything or the terminal has no colours, and the output is ASCII
// where the locale is not UTF-8.
func (o *dashboardFlags) look(cmd *cobra.Command) (draw.Options, error) {
	theme, err := draw.ParseTheme(o.theme)
	if err != nil {
		return draw.Options{}, fmt.Errorf("--theme: %w", err)
	}
	if o.fps < minFPS || o.fps > maxFPS {
		return draw.Options{}, fmt.Errorf("--fps %d: must be from %d to %d", o.fps, minFPS, maxFPS)
	}
	if o.statusEvery != 0 && (o.statusEvery < 100*time.Millisecond || o.statusEvery > maxStatusEvery) {
		return draw.Options{}, fmt.Errorf("--status-every %v: must be 0 (never) or from 100ms to %v", o.statusEvery, maxStatusEvery)
	}
	if cmd.Flags().Changed("status-every") && !o.plain {
		return draw.Options{}, errors.New("--status-every: goes with --plain, which has no screen that says how it stands")
	}
	if o.format != formatText && o.format != formatJSON {
		return draw.Options{}, fmt.Errorf("--format %q: must be %s or %s", o.format, formatText, formatJSON)
	}
	if terminal.Colourless() && !cmd.Flags().Changed("theme") {
		theme = draw.ThemeMono
	}
	ascii := o.ascii || !cmd.Flags().Changed("ascii") && terminal.ASCIIOnly()
	return draw.Options{ASCII: ascii, ReducedMotion: o.reducedMotion, Theme: theme}, nil
}

// pace checks the flags about speed and time.
func (o *dashboardFlags) pace() error {
	if math.IsNaN(o.speed) || o.speed < clock.MinSpeed || o.speed > clock.MaxSpeed {
		return fmt.Errorf("--speed %g: must be from %g to %g", o.speed, clock.MinSpeed, clock.MaxSpeed)
	}
	if o.batches < 0 {
		return fmt.Errorf("--batches %d: must be 0 (no end) or more", o.batches)
	}
	return checkInterval(o.interval, engine.MinInterval)
}

func checkInterval(d, least time.Duration) error {
	if d < least || d > engine.MaxInterval {
		return fmt.Errorf("--interval %v: must be from %v to %v", d, least, engine.MaxInterval)
	}
	return nil
}

// simulate opens a scenario.
func (o *dashboardFlags) simulate(cmd *cobra.Command, s streams, args []string) error {
	name := "pipeline"
	if len(args) > 0 {
		name = args[0]
	}
	sc, err := scenario.Find(name)
	if err != nil {
		return unknownScenario(cmd, name, err)
	}
	o.readDefaults(cmd, s.err)
	if err := o.pace(); err != nil {
		return err
	}
	if err := o.load.check(cmd); err != nil {
		return err
	}
	look, err := o.look(cmd)
	if err != nil {
		return err
	}
	seed := sc.Seed
	if cmd.Flags().Changed("seed") {
		seed = o.seed
	}
	if cmd.Flags().Changed("interval") {
		sc.Interval = o.interval
	}
	for _, assignment := range o.set {
		if err := sc.Set(assignment); err != nil {
			return fmt.Errorf("--set: %w", err)
		}
	}
	script, err := o.load.script(cmd, &sc, o.batches)
	if err != nil {
		return err
	}
	build := func(seed uint64) (engine.Config, error) {
		c := sc.Config(seed)
		c.Batches, c.Callers, c.Script = o.batches, o.load.concurrency, script
		return c, nil
	}
	return dashboard{
		streams: s, flags: o, look: look, seed: seed, started: sc.Name, build: build, endless: o.batches == 0,
		choices: choose(cmd, sc.Name, seed, o.batches, build), again: o.again(cmd, &sc),
	}.open()
}

// unknownScenario suggests names that are similar, of scenarios and of commands. err is the
// error for an address, where name is one.
func unknownScenario(cmd *cobra.Command, name string, err error) error {
	if strings.Contains(name, "://") {
		return err
	}
	known := scenario.Names()
	for _, c := range cmd.Root().Commands() {
		known = append(known, c.Name())
	}
	if name == "version" {
		return errors.New("unknown scenario \"version\"; resiltui --version says which version this is")
	}
	return fmt.Errorf("unknown scenario %q%s; the scenarios are: %s", name, scenario.DidYouMean(name, known), strings.Join(scenario.Names(), ", "))
}

// quote quotes a word for a shell where that is necessary.
func quote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_./:=,@%+-", r)
	}
	if word != "" && !strings.ContainsFunc(word, func(r rune) bool { return !plain(r) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// complete registers shell completions for the values of the flags that a command has.
func complete(cmd *cobra.Command) {
	for name, values := range map[string]cobra.CompletionFunc{
		"format": cobra.FixedCompletions([]string{formatText, formatJSON}, cobra.ShellCompDirectiveNoFileComp),
		"theme":  cobra.FixedCompletions(strings.Split(themeNames(), ", "), cobra.ShellCompDirectiveNoFileComp),
		"fault":  completeFault,
	} {
		if cmd.Flags().Lookup(name) != nil {
			_ = cmd.RegisterFlagCompletionFunc(name, values) // cannot fail: the flag exists
		}
	}
}

// completeFault completes SENSOR:KIND@; the user types the batches.
func completeFault(cmd *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
	name := "pipeline"
	if len(args) > 0 && cmd == cmd.Root() {
		name = args[0]
	}
	sc, err := scenario.Find(name)
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var out []string
	for i := range sc.Sensors {
		id := sc.Sensors[i].Info.ID + ":"
		if !strings.HasPrefix(typed, id) {
			out = append(out, id)
			continue
		}
		for _, k := range fault.Kinds() {
			out = append(out, id+k.Name+"@")
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

func completeScenarios(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return scenario.Names(), cobra.ShellCompDirectiveNoFileComp
}
