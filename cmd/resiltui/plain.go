package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"

	"resiltui/internal/engine"
	"resiltui/internal/engine/event"
	"resiltui/internal/notify"
	"resiltui/internal/report"
	"resiltui/internal/stats"
	"resiltui/internal/stats/verdict"
	"resiltui/internal/terminal"
	"resiltui/internal/views"
	"resiltui/internal/views/draw"
	"resiltui/internal/views/summary"
	"resiltui/internal/words"
)

// plain runs the dashboard as lines: one for each notable event, a status line where
// asked for, and at the end the summary. It is for screen readers, logs and pipes, and
// needs no terminal.
func (d dashboard) plain() error {
	counts, events := stats.New(), event.NewBacklog()
	beside := d.listen()
	hub := event.NewHub(append([]event.Observer{counts, events}, beside.observers()...)...)
	session, err := engine.NewSession(engine.Options{
		Hub: hub, Build: d.build, Seed: d.seed, Paced: true, Speed: d.flags.speed,
	})
	if err != nil {
		return err
	}
	if err := beside.open(d.create); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	in, lines := d.in, d.out
	if d.flags.format == formatJSON {
		in, lines = nil, io.Discard
	}
	p := terminal.NewLines(terminal.LinesOptions{
		In: in, Out: lines, ASCII: d.look.ASCII, StatusEvery: d.flags.statusEvery, Events: events,
		Snapshot: func() (stats.Snapshot, time.Duration) { return snapshot(hub, counts), session.Now() },
	})
	beside.start(inLines{p, d.err})
	release, err := d.catch(session.Do)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() {
		err := terminal.Guard("the engine", func() error { return session.Run(ctx) })
		p.End()
		ended <- err
	}()
	luckOf := d.standing(ctx)
	signals := p.Heed()
	byItself, writeErr := p.Follow()

	last, now := atTheEnd(session, hub, counts)
	found := luckOf(byItself)
	cancel()
	grace := graceTime
	if byItself {
		grace = notify.DefaultLimit // the user did not ask for the end, so there is no hurry
	}
	rest := errors.Join(await(ended), beside.stop(grace))
	release() // only now no goroutine is left that could write
	err = d.finish(outcome{status: signals.Status(), screen: writeErr, rest: rest}, func() error {
		err := d.sayPlainGoodbye(last, now, found, func() []verdict.Verdict { return unfinished(hub, counts) })
		beside.sayFailures(d.err)
		return err
	})
	if err == nil && byItself {
		err = unanswered(&last)
	}
	signals.Stop() // until here a signal must be able to end a write that blocks
	return err
}

// standing ranks the run among runs with other seeds, in a goroutine. The returned
// function gives the result. With wait it waits for it: a run that ended by itself must
// print the same text each time. Without, it cancels what is not ready, so that a user
// who quits does not wait.
func (d dashboard) standing(ctx context.Context) func(wait bool) views.Luck {
	sample := d.choices.samples[d.started]
	if sample == nil {
		return func(bool) views.Luck { return views.Luck{} }
	}
	ctx, cancel := context.WithCancel(ctx)
	var found views.Luck
	done := make(chan struct{})
	go func() {
		defer close(done)
		// An error is dropped: the summary then says only that one seed is one draw.
		_ = terminal.Guard("the runs of other seeds", func() (err error) {
			found.Standing, err = sample.Standing(ctx, d.seed)
			return err
		})
	}()
	return func(wait bool) views.Luck {
		defer cancel()
		if !wait {
			select {
			case <-done:
			default:
				cancel()
			}
		}
		<-done
		return found
	}
}

// unfinished are the outages that are not over.
func unfinished(hub *event.Hub, counts *stats.Aggregator) (list []verdict.Verdict) {
	hub.Read(func() { list = counts.Unfinished() })
	return list
}

// unanswered is an error where an endpoint of a run that ended by itself never answered as
// expected.
func unanswered(last *stats.Snapshot) error {
	none := report.Unanswered(last)
	if len(none) == 0 {
		return nil
	}
	return failed(fmt.Errorf("%s never answered as expected", words.List(none)))
}

// sayPlainGoodbye writes the summary, without colours, or as JSON.
func (d dashboard) sayPlainGoodbye(last stats.Snapshot, now time.Duration, draws views.Luck, unfinished func() []verdict.Verdict) error {
	if d.flags.format == formatJSON {
		if last.Run == nil {
			return nil
		}
		return report.Summarize(&last, unfinished(), now).Write(d.out)
	}
	width := 100
	if f := terminal.FileOf(d.out); f != nil {
		if w, _, err := term.GetSize(f.Fd()); err == nil && w > 0 {
			width = w
		}
	}
	seed := d.seed
	if last.Run != nil {
		seed = last.Run.Seed
	}
	mono := draw.Options{ASCII: d.look.ASCII, Theme: draw.ThemeMono}
	_, _ = io.WriteString(d.out, ansi.Strip(summary.Text(last, now, draws, width, d.again(seed), draw.NewLook(mono, true))))
	return nil
}
