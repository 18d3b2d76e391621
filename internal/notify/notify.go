// Package notify runs a command of the user, or rings the terminal's bell, when a
// circuit breaker changes its state.
//
// A Notifier is a folder of the hub and never blocks it: changes wait in a short queue,
// and those that find it full are dropped and counted. Commands run one at a time, each
// with a time limit, and none waits for whoever is told that the last one failed. The
// package draws nothing, and it notifies of transitions only: not of faults, not of
// single calls.
package notify

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
)

const (
	// QueueSize is how many changes may wait for the command.
	QueueSize = 16
	// DefaultLimit is how long a command may run.
	DefaultLimit = 5 * time.Second
)

// Change is a transition of one sensor's breaker, in words.
type Change struct {
	// Sensor is the sensor's id; From and To are states as the screen writes
	// them (CLOSED, OPEN, HALF_OPEN, FORCED_OPEN, DISABLED).
	Sensor, From, To string
	// Reason is a sentence, and empty where the states say it all.
	Reason string
}

// environment is how a command learns of a change.
func (c Change) environment() []string {
	return []string{
		"RESILTUI_SENSOR=" + c.Sensor, "RESILTUI_FROM=" + c.From,
		"RESILTUI_TO=" + c.To, "RESILTUI_REASON=" + c.Reason,
	}
}

// Options of a Notifier. The zero value does nothing.
type Options struct {
	// Command is a line for the shell (sh -c, on Windows cmd /C); empty is none.
	Command string
	// Limit is how long a command may run; 0 is DefaultLimit.
	Limit time.Duration
	// Bell is called after a change of state, and once for several that come
	// together; nil is no bell. Report is told of what went wrong, in a line; nil
	// tells nobody. Both may block, which no command waits for, but not after the
	// end of Run's context: each is called by a goroutine of Run, one call at a time.
	// Of lines that nobody takes, the last QueueSize are kept.
	Bell   func()
	Report func(line string)
}

// Notifier is a folder that notifies of changes of state. Make one with New, give
// it to a hub, and call Run.
type Notifier struct {
	opts  Options
	queue chan Change
	rings chan struct{} // holds one
	lines chan string   // what Report has not been told; Run alone puts lines in

	run *event.Run // only Fold uses it, and the hub calls Fold one at a time

	mu       sync.Mutex
	left     int  // guarded by mu; changes that found the queue full
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

// Idle says that there is nothing that the notifier could do.
func (n *Notifier) Idle() bool { return n.opts.Command == "" && n.opts.Bell == nil }

// Fold takes note of a change. It never waits.
func (n *Notifier) Fold(e *event.Event) {
	if e.Run != nil {
		n.run = e.Run
	}
	if e.Kind != event.StateChanged || e.Change == nil || e.Change.From == e.Change.To {
		return
	}
	if n.opts.Bell != nil {
		select {
		case n.rings <- struct{}{}:
		default: // it is about to ring
		}
	}
	if n.opts.Command == "" {
		return
	}
	change := Change{From: e.Change.From.String(), To: e.Change.To.String(), Reason: sentence.Reason(e.Change)}
	if n.run != nil && e.Sensor >= 0 && e.Sensor < len(n.run.Sensors) {
		change.Sensor = n.run.Sensors[e.Sensor].ID
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

// Close says that no further change counts: Run returns when the queue is empty.
// It may be called more than once.
func (n *Notifier) Close() {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.closed {
		n.closed = true
		close(n.queue)
	}
}

// Run rings and runs commands until Close and the end of the queue, or until ctx
// ends, which kills the command that is under way. It is called once.
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
			n.tell(ctx, change)
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

// report hands on what is to be said, until there is nothing more.
func (n *Notifier) report() {
	for line := range n.lines {
		n.opts.Report(line)
	}
}

// tell runs the command for one change.
func (n *Notifier) tell(ctx context.Context, change Change) {
	limited, cancel := context.WithTimeout(ctx, n.opts.Limit)
	defer cancel()
	said, err := runShell(limited, n.opts.Command, change.environment())
	about := "on-change"
	if change.Sensor != "" {
		about += " " + change.Sensor
	}
	switch {
	case ctx.Err() != nil:
		return // the program's end, and no failure of the command
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

// fail notes a failure and has it reported. Where nobody takes the lines, the oldest
// makes room: the next command must not wait.
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
		default: // it was just taken
		}
	}
}

// Failures is how often something went wrong, and the last line that said so. It
// is safe for concurrent use.
func (n *Notifier) Failures() (count int, last string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.failures, n.last
}
