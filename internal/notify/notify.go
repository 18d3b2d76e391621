// Package notify runs a command of the user, or rings the terminal's bell, when a
// circuit breaker changes its state, and when a real endpoint goes down, comes back or is
// slow.
//
// A Notifier is an observer of the hub and never blocks it: changes wait in a short queue,
// and those that find it full are dropped and counted. Commands run one at a time, each
// with a time limit. A command does not wait until the failure of the last one has been
// reported. The package draws nothing, and it notifies of transitions and of health only:
// not of faults, not of single calls.
package notify

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/engine/health"
	"resiltui/internal/sentence"
	"resiltui/internal/words"
)

const (
	// QueueSize is how many changes may wait for the command.
	QueueSize = 16
	// DefaultLimit is how long a command may run.
	DefaultLimit = 5 * time.Second
)

// Change is a transition of one sensor's breaker, or of an endpoint's health, in words.
type Change struct {
	// Kind is breaker, outage, recovery or slow.
	Kind string
	// Sensor is the sensor's id; From and To are states as the screen writes them: of
	// breakers (CLOSED, OPEN, HALF_OPEN, FORCED_OPEN, DISABLED) or of health (UNKNOWN, UP,
	// SLOW, DOWN).
	Sensor, From, To string
	// Reason is a sentence; it is empty where the two states explain the change.
	Reason string
	// At is the date in RFC 3339, or the time of the run where that has no date.
	At string
}

// environment holds the change as environment variables for the command.
func (c Change) environment() []string {
	return []string{
		"RESILTUI_KIND=" + c.Kind, "RESILTUI_SENSOR=" + c.Sensor, "RESILTUI_FROM=" + c.From,
		"RESILTUI_TO=" + c.To, "RESILTUI_REASON=" + c.Reason, "RESILTUI_AT=" + c.At,
	}
}

// changeOf is what an event changes; ok is false where nobody is notified of it.
func changeOf(e *event.Event, run *event.Run) (c Change, ok bool) {
	switch {
	case e.Kind == event.StateChanged && e.Change != nil && e.Change.From != e.Change.To:
		c = Change{Kind: "breaker", From: e.Change.From.String(), To: e.Change.To.String(), Reason: sentence.Reason(e.Change)}
	case e.Kind == event.HealthChanged && event.Notable(e, run):
		c = Change{Kind: "recovery", From: e.Health.From.String(), To: e.Health.To.String(), Reason: sentence.Describe(e, run).Text}
		switch e.Health.To {
		case health.Down:
			c.Kind = "outage"
		case health.Slow:
			c.Kind = "slow"
		}
	default:
		return Change{}, false
	}
	if date, dated := run.Date(e.At); dated {
		c.At = date.Format(time.RFC3339)
	} else {
		c.At = words.Clock(e.At)
	}
	if run != nil && e.Sensor >= 0 && e.Sensor < len(run.Sensors) {
		c.Sensor = run.Sensors[e.Sensor].ID
	}
	return c, true
}

// Options of a Notifier. The zero value does nothing.
type Options struct {
	// Command is a line for the shell (sh -c, on Windows cmd /C); empty is none.
	Command string
	// Limit is how long a command may run; 0 is DefaultLimit.
	Limit time.Duration
	// Bell is called after a change of state, once for several changes that come
	// together; nil is no bell. Report is called with one line about a failure; nil
	// drops it. Both may block, which delays no command, but not after the end of Run's
	// context. Goroutines of Run call each of them, one call at a time. Where Report is
	// too slow, the last QueueSize lines are kept.
	Bell   func()
	Report func(line string)
}

// Notifier is an observer that notifies of changes of state. Make one with New, add it to
// a hub, and call Run.
type Notifier struct {
	opts  Options
	queue chan Change
	rings chan struct{} // capacity 1
	lines chan string   // lines that wait for Report; only the goroutine of Run adds lines

	run *event.Run // only Observe uses it, and the hub never calls Observe twice at once

	mu       sync.Mutex
	left     int  // guarded by mu; changes that were dropped because the queue was full
	closed   bool // guarded by mu
	failures int  // guarded by mu
	last     string
}

// New returns a notifier.
func New(opts Options) *Notifier {
	if opts.Limit <= 0 {
		opts.Limit = DefaultLimit
	}
	if opts.Report == nil {
		opts.Report = func(string) {}
	}
	return &Notifier{opts: opts, queue: make(chan Change, QueueSize), rings: make(chan struct{}, 1), lines: make(chan string, QueueSize)}
}

// Idle says that the notifier has neither a command nor a bell.
func (n *Notifier) Idle() bool { return n.opts.Command == "" && n.opts.Bell == nil }

// Observe queues a change of state. It never blocks.
func (n *Notifier) Observe(e *event.Event) {
	if e.Run != nil {
		n.run = e.Run
	}
	change, ok := changeOf(e, n.run)
	if !ok {
		return
	}
	if n.opts.Bell != nil {
		select {
		case n.rings <- struct{}{}:
		default: // a ring is already pending
		}
	}
	if n.opts.Command == "" {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.closed {
		return
	}
	select {
	case n.queue <- change:
	default:
		n.left++
	}
}

// Close stops the queue: later changes are ignored, and Run returns when the queue is
// empty. It may be called more than once.
func (n *Notifier) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.closed {
		n.closed = true
		close(n.queue)
	}
}

// Run rings the bell and runs the commands until the queue is closed and empty, or
// until ctx ends, which kills a running command. It is called once.
func (n *Notifier) Run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	var bell, report sync.WaitGroup
	bell.Go(func() { n.ring(ctx) })
	defer bell.Wait()
	defer cancel()
	report.Go(n.report)
	defer report.Wait()
	defer close(n.lines)
	for {
		select {
		case <-ctx.Done():
			return
		case change, ok := <-n.queue:
			if !ok || ctx.Err() != nil {
				return
			}
			n.runCommand(ctx, change)
		}
	}
}

func (n *Notifier) ring(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-n.rings:
			n.opts.Bell()
		}
	}
}

// report passes the lines to Report until the channel is closed.
func (n *Notifier) report() {
	for line := range n.lines {
		n.opts.Report(line)
	}
}

// runCommand runs the command for one change.
func (n *Notifier) runCommand(ctx context.Context, change Change) {
	limited, cancel := context.WithTimeout(ctx, n.opts.Limit)
	defer cancel()
	said, err := runShell(limited, n.opts.Command, change.environment())
	about := "on-change"
	if change.Sensor != "" {
		about += " " + change.Sensor
	}
	switch {
	case ctx.Err() != nil:
		return // the end of the program, not a failure of the command
	case errors.Is(limited.Err(), context.DeadlineExceeded):
		n.fail(fmt.Sprintf("%s: the command was killed after %v", about, n.opts.Limit))
	case err != nil && said != "":
		n.fail(fmt.Sprintf("%s: %v: %s", about, err, said))
	case err != nil:
		n.fail(fmt.Sprintf("%s: %v", about, err))
	}
	n.mu.Lock()
	left := n.left
	n.left = 0
	n.mu.Unlock()
	if left > 0 {
		n.fail(fmt.Sprintf("on-change: %d changes left out, since the command takes longer than they are apart", left))
	}
}

// fail counts a failure and queues its line for Report. Where the queue is full, the
// oldest line is dropped, because the next command must not wait.
func (n *Notifier) fail(line string) {
	n.mu.Lock()
	n.failures++
	n.last = line
	n.mu.Unlock()
	for {
		select {
		case n.lines <- line:
			return
		default:
		}
		select {
		case <-n.lines:
		default: // Report has just taken a line
		}
	}
}

// Failures is how many failures there were, and the line of the last one. It is safe
// for concurrent use.
func (n *Notifier) Failures() (count int, last string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.failures, n.last
}
