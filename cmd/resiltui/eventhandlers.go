package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/model"
	"resiltui/internal/notify"
	"resiltui/internal/terminal"
)

// graceTime is how long a notification command may still run when the
// user leaves.
const graceTime = 250 * time.Millisecond

// listeners are told of every event beside the tally: the log, and who tells of
// changes of state.
type listeners struct {
	name     string // of the log file
	log      *logFile
	backlog  *event.Backlog
	notifier *notify.Notifier
	more     []event.Folder

	to    audience // set before anything is told
	stops context.CancelFunc
	ended chan error
}

// audience is who is told of what happens beside the run. Its methods may block,
// but not for ever, End excepted, which does not.
type audience interface {
	Say(line string)
	Ring()
	End()
	// LogFault tells that the log is not whole from now on: line says it all, and
	// mark is a word or two for where there is room for no more.
	LogFault(mark, line string)
}

// onScreen is the audience of the full screen.
type onScreen struct{ *terminal.Screen }

// LogFault shows the line for a moment and leaves the mark in the header.
func (s onScreen) LogFault(mark, line string) { s.Tell(model.LogFault{Mark: mark, Line: line}) }

// inLines is the audience of the lines: what is wrong goes to standard error.
type inLines struct {
	*terminal.Lines
	errs io.Writer
}

// LogFault says the line.
func (p inLines) LogFault(_, line string) { sayError(p.errs, errors.New(line)) }

// listen makes the listeners that the flags ask for.
func (d dashboard) listen() *listeners {
	l := &listeners{name: d.flags.logFile}
	l.more = append(d.folders[:len(d.folders):len(d.folders)], &localWarning{say: func(line string) { l.to.Say(line) }})
	if l.name != "" {
		l.backlog = event.NewBacklog()
	}
	opts := notify.Options{Command: d.flags.onChange, Report: func(line string) { l.to.Say(line) }}
	if d.flags.bell {
		opts.Bell = func() { l.to.Ring() }
	}
	if n := notify.New(opts); !n.Idle() {
		l.notifier = n
	}
	return l
}

// folders are what the hub must fold events into.
func (l *listeners) folders() []event.Folder {
	folders := l.more
	if l.backlog != nil {
		folders = append(folders, l.backlog)
	}
	if l.notifier != nil {
		folders = append(folders, l.notifier)
	}
	return folders
}

// open opens the log file.
func (l *listeners) open(create func(string) (io.WriteCloser, error)) (err error) {
	l.log, err = openLog(l.name, create)
	return err
}

// start begins to tell.
func (l *listeners) start(to audience) {
	l.to = to
	l.log.follow(l.backlog, to)
	if l.notifier == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	l.stops, l.ended = cancel, make(chan error, 1)
	go func() {
		err := terminal.Guard("the notifier", func() error {
			l.notifier.Run(ctx)
			return nil
		})
		if err != nil {
			to.End()
		}
		l.ended <- err
	}()
}

// stop ends the telling: what waits to be told has the grace, and what runs then
// is killed. The error says what went wrong.
func (l *listeners) stop(grace time.Duration) error {
	err := l.log.stop()
	if l.notifier == nil {
		return err
	}
	l.notifier.Close()
	t := time.AfterFunc(grace, l.stops)
	defer t.Stop()
	defer l.stops()
	return errors.Join(err, <-l.ended)
}

// sayFailures says what went wrong with the command, since what the screen said
// is gone.
func (l *listeners) sayFailures(errs io.Writer) {
	if l.notifier == nil {
		return
	}
	if n, last := l.notifier.Failures(); n > 0 {
		sayError(errs, fmt.Errorf("%s (%d in all)", last, n))
	}
}
