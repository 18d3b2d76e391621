package model

import (
	"context"
	"regexp"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model/dialog/dialogtest"
	"resiltui/internal/scenario"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/views"
)

// oneFrame is longer than a frame at 30 a second, and shorter than two.
const oneFrame = 40 * time.Millisecond

// longestTick is longer than anything that is shown for a while.
const longestTick = verdictTime + time.Second

// watcher is a model that counts what Bubble Tea asks of the one inside.
type watcher struct {
	*Model

	mu                     sync.Mutex
	updates, views, frames int
	content                string
}

func (w *watcher) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.updates++
	if _, ok := msg.(frameMsg); ok {
		w.frames++
	}
	_, cmd := w.Model.Update(msg)
	return w, cmd
}

func (w *watcher) View() tea.View {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.views++
	v := w.Model.View()
	w.content = v.Content
	return v
}

// counts are the numbers of Updates, Views and frames so far.
func (w *watcher) counts() (updates, views, frames int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.updates, w.views, w.frames
}

// rig is a whole program with a whole engine, in fake time.
type rig struct {
	t       *testing.T
	program *tea.Program
	seen    *watcher
	hub     *event.Hub
	ended   chan error
}

// rigOptions are what a rig is made of; the zero value is the pipeline with the
// default seed at 120 × 36.
type rigOptions struct {
	width, height int
	config        func(seed uint64) engine.Config
	model         Options
	// idle leaves the engine out: nothing happens but what the test publishes.
	idle bool
}

// withRig runs fn beside a program. Everything it needs lives and ends in one
// bubble of fake time.
func withRig(t *testing.T, o rigOptions, fn func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		r, stop := startRig(ctx, t, o)
		defer func() { // also where the test gave up
			r.program.Quit()
			if err := <-r.ended; err != nil {
				t.Errorf("the program ended with %v", err)
			}
			cancel()
			stop()
			time.Sleep(longestTick) // Bubble Tea's ticks cannot be cancelled
		}()
		fn(t, r)
	})
}

func startRig(ctx context.Context, t *testing.T, o rigOptions) (r *rig, stop func()) {
	t.Helper()
	if o.width == 0 {
		o.width, o.height = 120, 36
	}
	if o.config == nil {
		o.config = scenario.Pipeline().Config
	}
	counts := stats.New()
	past := history.New(counts)
	hub := event.NewHub(past)
	opts := o.model
	opts.Context, opts.Hub, opts.Aggregator, opts.History = ctx, hub, counts, past
	engineEnded := make(chan error, 1)
	if o.idle {
		opts.Engine = &deafEngine{}
		hub.Publish(runStarted(o.config(scenario.DefaultSeed)))
		engineEnded <- nil
	} else {
		session, err := engine.NewSession(engine.Options{
			Hub: hub, Seed: scenario.DefaultSeed, Paced: true,
			Build: func(seed uint64) (engine.Config, error) { return o.config(seed), nil }, Scenarios: builds(t),
		})
		if err != nil {
			t.Fatal(err)
		}
		opts.Engine = session
		go func() { engineEnded <- session.Run(ctx) }()
		synctest.Wait() // so that the model knows of the run from the start
	}
	r = &rig{t: t, hub: hub, seen: &watcher{Model: New(opts)}, ended: make(chan error, 1)}
	// Views are asked for as always; writing them to a terminal is Bubble Tea's, and
	// would take half the time.
	r.program = tea.NewProgram(r.seen, tea.WithInput(nil), tea.WithoutRenderer(),
		tea.WithoutSignalHandler(), tea.WithWindowSize(o.width, o.height), tea.WithFPS(30),
		tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	go func() {
		_, err := r.program.Run()
		r.ended <- err
	}()
	synctest.Wait()
	return r, func() {
		if err := <-engineEnded; err != nil {
			t.Errorf("the engine ended with %v", err)
		}
	}
}

// builds make the runs of the built-in scenarios.
func builds(t testing.TB) map[string]func(seed uint64) (engine.Config, error) {
	t.Helper()
	all := map[string]func(seed uint64) (engine.Config, error){}
	for _, s := range builtin(t) {
		sc, err := scenario.Find(s.Name)
		if err != nil {
			t.Fatal(err)
		}
		all[s.Name] = func(seed uint64) (engine.Config, error) { return sc.Config(seed), nil }
	}
	return all
}

// runStarted is the first event of a run that nobody runs.
func runStarted(c engine.Config) event.Event {
	run := &event.Run{Scenario: c.Scenario, Seed: c.Seed, Interval: c.Interval, Virtual: true, Naive: true}
	for _, m := range c.Members {
		run.Sensors = append(run.Sensors, event.Sensor{Info: m.Info})
	}
	return event.Event{Sensor: event.NoSensor, Kind: event.RunStarted, Run: run}
}

// deafEngine keeps what it is told and does nothing.
type deafEngine struct {
	mu   sync.Mutex
	told []event.Command
}

func (e *deafEngine) Do(c event.Command) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.told = append(e.told, c)
}

func (e *deafEngine) Now() time.Duration { return 0 }

func (e *deafEngine) Window(int) (*engine.Window, error) { return nil, engine.ErrNotRehearsed }

func (e *deafEngine) WindowAt(time.Duration, int, int) (*engine.Window, error) {
	return nil, engine.ErrNotRehearsed
}

func (e *deafEngine) commands() []event.Command {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.told
}

// typed is the message of a key by its name, as a terminal would send it.
func typed(name string) tea.KeyPressMsg { return dialogtest.Key(name) }

// press types keys, each answered before the next.
func (r *rig) press(names ...string) {
	for _, n := range names {
		r.program.Send(typed(n))
		synctest.Wait()
		time.Sleep(oneFrame)
		synctest.Wait()
	}
}

// pass lets fake time pass.
func (r *rig) pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// screen is what stands on it now, without colours.
func (r *rig) screen() string {
	r.seen.mu.Lock()
	defer r.seen.mu.Unlock()
	return ansi.Strip(r.seen.content)
}

// frame is a copy of what the model draws.
func (r *rig) frame() views.Frame {
	r.seen.mu.Lock()
	defer r.seen.mu.Unlock()
	return r.seen.frame
}

func (r *rig) layout() views.Layout {
	r.seen.mu.Lock()
	defer r.seen.mu.Unlock()
	return r.seen.layout
}

// sees waits until a line of the screen matches.
func (r *rig) sees(pattern string, limit time.Duration) {
	r.t.Helper()
	re := regexp.MustCompile(pattern)
	for start := time.Now(); time.Since(start) <= limit; r.pass(20 * time.Millisecond) {
		if re.MatchString(r.screen()) {
			return
		}
	}
	r.t.Fatalf("%q is not on the screen after %v:\n%s", pattern, limit, r.screen())
}

// seesNot fails where a pattern is on the screen.
func (r *rig) seesNot(pattern string) {
	r.t.Helper()
	if regexp.MustCompile(pattern).MatchString(r.screen()) {
		r.t.Errorf("%q is on the screen:\n%s", pattern, r.screen())
	}
}
