package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/tally"
	"resiltui/internal/views"
)

// dashboard is one use of the live screen.
type dashboard struct {
	streams
	flags  *dashboardFlags
	look   views.Options
	seed   uint64
	locked bool
	build  func(seed uint64) (engine.Config, error)
	// again is the commands that repeat the run.
	again func(seed uint64) []views.Hint
}

// needTerminal says what to do where nothing can be drawn.
func needTerminal(out *os.File) error {
	if out == nil || !term.IsTerminal(out.Fd()) {
		return errors.New("the dashboard needs a terminal, and standard output is none; " +
			"resiltui report runs without one, and resiltui --help says how")
	}
	if os.Getenv("TERM") == "dumb" {
		return errors.New("the dashboard cannot be drawn on TERM=dumb; set TERM to what your terminal is; " +
			"resiltui report runs without one, and resiltui --help says how")
	}
	return nil
}

// stopTime is how long the engine may take to stop before the program ends
// without it.
const stopTime = 2 * time.Second

// show runs the dashboard until the user quits, and prints the summary.
func (d dashboard) show() error {
	out := stdoutFile(d.out)
	if err := needTerminal(out); err != nil {
		return err
	}
	counts := tally.New()
	folders := []event.Folder{counts}
	backlog := event.NewBacklog()
	if d.flags.logFile != "" {
		folders = append(folders, backlog)
	}
	hub := event.NewHub(folders...)
	session, err := engine.NewSession(engine.Options{
		Hub: hub, Build: d.build, Seed: d.seed, Paced: true, Speed: d.flags.speed,
	})
	if err != nil {
		return err
	}
	logged, err := startLog(d.flags.logFile, backlog)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m := model.New(model.Options{
		Context: ctx, Hub: hub, Tally: counts, Engine: session, Look: d.look, FPS: d.flags.fps,
		ShowKeys: d.flags.showKeys, NoMouse: d.flags.noMouse, Locked: d.locked,
	})
	program := tea.NewProgram(m, tea.WithOutput(out), tea.WithInput(d.in), tea.WithFPS(max(d.flags.fps, defaultFPS)),
		tea.WithColorProfile(profile(out)), tea.WithoutSignalHandler())

	ended := make(chan error, 1)
	go func() {
		err := guard(func() error { return session.Run(ctx) })
		if err != nil {
			program.Quit() // the engine is gone; so must the screen be
		}
		ended <- err
	}()
	status, stopSignals := quitOnSignals(program, keepMode(d.in))
	_, screenErr := program.Run()
	stopSignals()

	last := snapshot(hub, counts)
	now := session.Now()
	if last.Ended {
		now = last.At // what came after is only the looking
	}
	cancel()
	err = errors.Join(screenErr, await(ended), logged())
	if err != nil {
		return failed(err)
	}
	if s := int(status.Load()); s == exitHangup {
		return &exitError{status: s} // nobody is there to read a summary
	}
	d.sayGoodbye(m, last, now)
	if s := int(status.Load()); s != exitOK {
		return &exitError{status: s}
	}
	return nil
}

func snapshot(hub *event.Hub, counts *tally.Tally) (s tally.Snapshot) {
	hub.Read(func() { s = counts.Snapshot(tally.Query{}) })
	return s
}

// guard turns a panic of the engine into an error, because a panic in a
// goroutine of its own would leave the terminal as it is.
func guard(fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("the engine panicked: %v; please report this:\n%s", v, debug.Stack())
		}
	}()
	return fn()
}

// await is the engine's end, or an error where it does not end.
func await(ended <-chan error) error {
	t := time.NewTimer(stopTime)
	defer t.Stop()
	select {
	case err := <-ended:
		return err
	case <-t.C:
		return fmt.Errorf("the engine did not stop within %v", stopTime)
	}
}

// quitOnSignals ends the program in an orderly way when it is told to go, so
// that the terminal is given back. The status is what to exit with: 0 for
// SIGTERM, which asks for no more than q does. A terminal that does not read
// would hold an orderly end up for ever: a second signal, or stopTime, ends the
// program without it, in the terminal mode that it found.
func quitOnSignals(p *tea.Program, giveBack func()) (status *atomic.Int32, stop func()) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	status = &atomic.Int32{}
	done := make(chan struct{})
	go func() {
		var first os.Signal
		select {
		case first = <-signals:
		case <-done:
			return
		}
		switch first {
		case syscall.SIGINT:
			status.Store(exitInterrupted)
		case syscall.SIGHUP:
			status.Store(exitHangup)
		}
		go p.Quit() // waits for a program that may be waiting for the terminal
		t := time.NewTimer(stopTime)
		defer t.Stop()
		select {
		case <-done:
		case <-signals:
			giveBack()
			os.Exit(exitFailed)
		case <-t.C:
			giveBack()
			os.Exit(exitFailed)
		}
	}()
	return status, func() {
		signal.Stop(signals)
		close(done)
	}
}

// keepMode remembers the mode of the terminal that in is, if it is one, and
// returns what sets it again.
func keepMode(in io.Reader) func() {
	f, ok := in.(*os.File)
	if !ok {
		return func() {}
	}
	state, err := term.GetState(f.Fd())
	if err != nil {
		return func() {} // no terminal, no mode
	}
	return func() { _ = term.Restore(f.Fd(), state) }
}

// sayGoodbye leaves the summary on the normal screen.
func (d dashboard) sayGoodbye(m *model.Model, last tally.Snapshot, now time.Duration) {
	out := stdoutFile(d.out)
	w := &colorprofile.Writer{Forward: out, Profile: profile(out)}
	width, _, err := term.GetSize(out.Fd())
	if err != nil || width <= 0 {
		width = 80
	}
	if screen := m.LastScreen(); screen != "" {
		_, _ = fmt.Fprintln(w, screen)
	}
	seed := d.seed
	if last.Run != nil {
		seed = last.Run.Seed
	}
	_, _ = fmt.Fprintln(w, views.Summary(last, now, width, d.again(seed), m.Look()))
}
