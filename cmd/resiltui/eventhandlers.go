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

// graceTime is how long a notification command may still run after the user has
// left the program.
const graceTime = 250 * time.Millisecond

// listeners receive every event beside the aggregator: the log, and what notifies of
// changes of state.
type listeners struct {
	name     string // of the log file
	log      *logFile
	backlog  *event.Backlog
	notifier *notify.Notifier
	more     []event.Observer

	to    audience // set before any event arrives
	stops context.CancelFunc
	ended chan error
}

// audience is where problems beside the run are shown, such as a full disk. Its
// methods may block, but not for ever; End never blocks.
type audience interface {
	Say(line string)
	Ring()
	End()
	// LogFault reports that the log is incomplete from now on: line is the
	// complete message, and mark is a word or two for places without room for it.
	LogFault(mark, line string)
}

// onScreen shows problems on the full screen.
type onScreen struct{ *terminal.Screen }

// LogFault shows the line for a moment and leaves the mark in the header.
func (s onScreen) LogFault(mark, line string) { s.Tell(model.LogFault{Mark: mark, Line: line}) }

// inLines is the audience of the output by lines: problems go to standard error.
type inLines struct {
	*terminal.Lines
	errs io.Writer
}

// LogFault writes the line to standard error.
func (p inLines) LogFault(_, line string) { sayError(p.errs, errors.New(line)) }

// listen makes the listeners for the flags.
func (d dashboard) listen() *listeners {
	l := &listeners{name: d.flags.logFile}
	l.more = append(d.observers[:len(d.observers):len(d.observers)], &localWarning{say: func(line string) { l.to.Say(line) }})
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

// observers are the observers for the hub.
func (l *listeners) observers() []event.Observer {
	observers := l.more
	if l.backlog != nil {
		observers = append(observers, l.backlog)
	}
	if l.notifier != nil {
		observers = append(observers, l.notifier)
	}
	return observers
}

// open opens the log file.
func (l *listeners) open(create func(string) (io.WriteCloser, error)) (err error) {
	l.log, err = openLog(l.name, create)
	return err
}

// start starts the log and the notifier. to is where they report problems.
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

// stop stops the listeners. Notifications that still wait have the grace time; a
// command that runs then is killed. The error says what went wrong.
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

// sayFailures prints the failures of the notification command, since the screen
// that showed them is gone.
func (l *listeners) sayFailures(errs io.Writer) {
	if l.notifier == nil {
		return
	}
	if n, last := l.notifier.Failures(); n > 0 {
		sayError(errs, fmt.Errorf("%s (%d in all)", last, n))
	}
}
