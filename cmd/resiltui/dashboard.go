package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/model/tour"
	"resiltui/internal/stats"
	"resiltui/internal/stats/history"
	"resiltui/internal/terminal"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/summary"
	"resiltui/internal/words"
)

// dashboard is one run of the program with a live screen or with output by lines.
type dashboard struct {
	streams
	flags  *dashboardFlags
	look   draw.Options
	seed   uint64
	locked bool
	// endless is true for a run that does not end by itself.
	endless bool
	build   func(seed uint64) (engine.Config, error)
	// again returns the commands that repeat the run.
	again func(seed uint64) []draw.Hint
	// secrets are never shown, whatever text they occur in; nil is none.
	secrets *words.Secrets
	// started is the scenario that the dashboard begins with, choices are those
	// that the user can choose, and tour guides through the tour.
	started string
	choices choices
	tour    tour.Mode

	// The following fields are for tests, and nil in the program. wrap wraps the
	// model, observers receive every event as well, and create opens the log file
	// in place of os.Create.
	wrap      func(tea.Model) tea.Model
	observers []event.Observer
	create    func(name string) (io.WriteCloser, error)
}

// needTerminal returns an error that says what to do where out is no terminal.
func needTerminal(out *os.File) error {
	if out == nil || !term.IsTerminal(out.Fd()) {
		return errors.New("the dashboard needs a terminal, and standard output is none; " +
			"resiltui --plain and resiltui report run without one, and resiltui --help says how")
	}
	if os.Getenv("TERM") == "dumb" {
		return errors.New("the dashboard cannot be drawn on TERM=dumb; set TERM to what your terminal is; " +
			"resiltui --plain and resiltui report run without one, and resiltui --help says how")
	}
	return nil
}

// open runs the dashboard, on the full screen or with output by lines.
func (d dashboard) open() error {
	switch {
	case d.flags.format == formatJSON && d.endless:
		return errors.New("--format json: the figures are told at the end of the run; give it one with " + d.ends())
	case d.flags.format == formatJSON, d.flags.plain:
		return d.plain()
	default:
		return d.show()
	}
}

// ends names the flags that end the run.
func (d dashboard) ends() string {
	if d.locked {
		return "--calls or --once"
	}
	return "--batches"
}

// show runs the dashboard until the user quits, and prints the summary.
func (d dashboard) show() error {
	out := terminal.FileOf(d.out)
	if err := needTerminal(out); err != nil {
		return err
	}
	counts := stats.New(stats.WithCounterfactuals())
	past := history.New(counts)
	beside := d.listen()
	hub := event.NewHub(append([]event.Observer{past}, beside.observers()...)...)
	others := &luck{samples: d.choices.samples}
	session, err := engine.NewSession(engine.Options{
		Hub: hub, Build: others.tracked(d.started, d.build), Scenarios: others.allTracked(d.choices.builds), Seed: d.seed, Paced: true, Speed: d.flags.speed,
	})
	if err != nil {
		return err
	}
	if err := beside.open(d.create); err != nil {
		return err
	}
	d.tuneCollector()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	m := model.New(model.Options{
		Context: ctx, Hub: hub, Aggregator: counts, History: past, Engine: session, Look: d.look, Light: terminal.LightBackground(), FPS: d.flags.fps,
		ShowKeys: d.flags.showKeys, NoMouse: d.flags.noMouse, Locked: d.locked,
		Scenarios: d.choices.list, Tour: d.tour, Stand: others.rank,
	})
	s := terminal.NewScreen(d.wrapped(m), d.in, out, notice, tea.WithFPS(max(d.flags.fps, defaultFPS)),
		tea.WithColorProfile(terminal.Profile(out)))
	beside.start(onScreen{s})
	release, err := d.catch(session.Do)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		err := terminal.Guard("the engine", func() error { return session.Run(ctx) })
		if err != nil {
			s.End() // without the engine the screen has nothing to show
		}
		ended <- err
	}()
	if d.flags.note != "" {
		go s.Say(d.flags.note)
	}
	signals := s.Heed()
	screenErr := s.Run()
	signals.Stop()

	last, now := atTheEnd(session, hub, counts)
	cancel()
	rest := errors.Join(await(ended), beside.stop(graceTime))
	release() // only now no goroutine is left that could write
	err = d.finish(outcome{status: signals.Status(), screen: screenErr, rest: rest}, func() error {
		err := s.Print(d.goodbye(m, last, now))
		if err == nil {
			beside.sayFailures(d.err)
		}
		return err
	})
	if err == nil && last.Ended {
		err = unanswered(&last)
	}
	return err
}

// notice is the message for a line that the model shows for a moment.
func notice(line string) tea.Msg { return model.Notice(line) }

// tuneCollector tunes the garbage collector to the number of sensors.
func (d dashboard) tuneCollector() {
	if config, err := d.build(d.seed); err == nil {
		stats.TuneGC(len(config.Members))
	}
}

// atTheEnd returns the final state of the run, and its time.
func atTheEnd(session *engine.Session, hub *event.Hub, counts *stats.Aggregator) (last stats.Snapshot, now time.Duration) {
	last, now = snapshot(hub, counts), session.Now()
	if last.Ended {
		now = last.At // the time after the end of the run does not count
	}
	return last, now
}

// wrapped is the model that the program shows, wrapped where a test asks for it.
func (d dashboard) wrapped(m tea.Model) tea.Model {
	if d.wrap == nil {
		return m
	}
	return d.wrap(m)
}

// outcome is how a dashboard ended: the exit status that a signal asked for, the
// error that ended the screen, and other errors.
type outcome struct {
	status       int
	screen, rest error
}

// finish prints the summary or the errors, and returns an error with the exit
// status.
func (d dashboard) finish(o outcome, goodbye func() error) error {
	if o.screen == nil && o.status != terminal.ExitHangup && !terminal.Panicked(o.rest) {
		o.screen = goodbye()
	}
	switch {
	case o.status == terminal.ExitHangup || terminal.Gone(o.screen):
		// Nobody is there to read a summary. It is a race whether the signal
		// arrives or the terminal fails first, so both give the same status.
		return &exitError{status: terminal.ExitHangup, err: terminal.Reported(o.rest, version)}
	case terminal.NotRead(o.screen) && !terminal.Panicked(o.screen):
		return d.unread(o)
	case o.screen != nil || terminal.Panicked(o.rest):
		return failed(terminal.Reported(errors.Join(o.screen, o.rest), version))
	}
	if o.rest != nil { // for example a full disk under the log: the run itself was all right
		return failed(terminal.Reported(o.rest, version))
	}
	if o.status != exitOK {
		return &exitError{status: o.status}
	}
	return nil
}

// unread is the result where nobody reads the terminal. An error is not printed
// to such a terminal, since writing would block for ever.
func (d dashboard) unread(o outcome) error {
	err := terminal.Reported(errors.Join(o.screen, o.rest), version)
	if f := terminal.FileOf(d.err); f != nil && term.IsTerminal(f.Fd()) {
		err = nil
	}
	return &exitError{status: cmp.Or(o.status, exitFailed), err: err}
}

func snapshot(hub *event.Hub, counts *stats.Aggregator) (s stats.Snapshot) {
	hub.Read(func() { s = counts.Snapshot(stats.Query{Verdicts: stats.MaxVerdicts}) })
	return s
}

// await waits for the end of the engine; it is an error where the engine does not
// end within terminal.StopTime.
func await(ended <-chan error) error {
	t := time.NewTimer(terminal.StopTime)
	defer t.Stop()
	select {
	case err := <-ended:
		return err
	case <-t.C:
		return fmt.Errorf("the engine did not stop within %v", terminal.StopTime)
	}
}

// goodbye is the summary for the normal screen, in the colours that the terminal
// has.
func (d dashboard) goodbye(m *model.Model, last stats.Snapshot, now time.Duration) string {
	out := terminal.FileOf(d.out)
	var text strings.Builder
	w := &colorprofile.Writer{Forward: &text, Profile: terminal.Profile(out)}
	width, _, err := term.GetSize(out.Fd())
	if err != nil || width <= 0 {
		width = 80
	}
	if screen := m.LastScreen(); screen != "" {
		_, _ = fmt.Fprintln(w, screen)
	}
	commands := d.repeat(last.Run)
	if m.Touched(last.Run) {
		commands = append(commands, draw.Hint{Key: "not in it", Word: "what keys did to sensors and settings"})
	}
	_, _ = fmt.Fprintln(w, summary.Text(last, now, m.LuckOf(last.Run), width, commands, m.Look()))
	return text.String()
}
