package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/terminal"
)

// logFile is the file of --log-file. A nil one ignores everything.
type logFile struct {
	name  string
	file  io.WriteCloser
	way   *countedBacklog
	done  chan struct{}
	ended chan error
	// stopped is true when the run is over.
	stopped atomic.Bool
}

// openLog opens the file before anything is drawn, so that an error is seen at once.
// Without a name it returns nil. A nil create is os.Create.
func openLog(name string, create func(string) (io.WriteCloser, error)) (*logFile, error) {
	if name == "" {
		return nil, nil
	}
	if create == nil {
		create = func(name string) (io.WriteCloser, error) { return os.Create(name) }
	}
	f, err := create(name)
	if err != nil {
		return nil, fmt.Errorf("--log-file: %w; name a file in a directory that can be written", err)
	}
	return &logFile{name: name, file: f, done: make(chan struct{}), ended: make(chan error, 1)}, nil
}

// follow writes all events that come into the backlog from now on. A panic of the
// writer ends the program. An error, such as a full disk, does not, since the run
// does not need its log; it is reported at once and again at the end. follow also
// reports a file that accepts nothing for some time, and events that were lost for
// that reason.
func (l *logFile) follow(backlog *event.Backlog, to audience) {
	if l == nil {
		return
	}
	tell := func(mark, line string) {
		if !l.stopped.Load() { // after the stop, stop reports the error
			to.LogFault(mark, fmt.Sprintf("--log-file %s: %s", l.name, line))
		}
	}
	l.way = &countedBacklog{Backlog: backlog, file: l.file, tell: tell}
	go func() {
		log := event.Log{Program: "resiltui " + version}
		err := terminal.Guard("the log", func() error { return log.Follow(l.done, l.way, bufio.NewWriter(l.way)) })
		switch {
		case terminal.Panicked(err):
			to.End()
		case err != nil:
			tell("LOG ENDED", fmt.Sprintf("%v: the log ends here, and the run goes on", err))
		}
		l.ended <- err
	}()
}

// stop writes the remaining events, closes the file, and returns what went wrong. It
// waits for a file that accepts nothing, such as a pipe that nobody reads, no longer
// than for the other parts of the program (terminal.StopTime). It is called once.
func (l *logFile) stop() error {
	if l == nil {
		return nil
	}
	l.stopped.Store(true)
	close(l.done)
	var err error
	if !l.await(&err) {
		_ = l.file.Close() // unblocks a writer that waits for a pipe
		t := time.NewTimer(graceTime)
		defer t.Stop()
		select {
		case late := <-l.ended: // what it wrote is counted already, and the error below says the rest
			_ = late
		case <-t.C:
		}
		return fmt.Errorf("--log-file %s: it took nothing for %v; %d events are not in it", l.name, terminal.StopTime, l.way.missing())
	}
	if e := l.file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return l.failed(err)
	}
	return nil
}

// await waits for the end of the writer, and stores its error in err. It returns
// false where the writer has made no progress for terminal.StopTime.
func (l *logFile) await(err *error) bool {
	t := time.NewTimer(terminal.StopTime)
	defer t.Stop()
	for before := l.way.lines.Load(); ; {
		select {
		case *err = <-l.ended:
			return true
		case <-t.C:
		}
		now := l.way.lines.Load()
		if now == before {
			return false
		}
		before = now
		t.Reset(terminal.StopTime)
	}
}

// countedBacklog is the path from the backlog to the log file. It counts events at both
// ends.
type countedBacklog struct {
	*event.Backlog
	file io.Writer
	// tell is called when the file is incomplete; mark is the newest mark about lost
	// events, or empty.
	tell func(mark, line string)
	mark string
	// due is how many lines the file should have, lines how many it has.
	due, lines atomic.Uint64
	// headed is true where the first line is the header and not an event.
	headed atomic.Bool
}

// Drain is Drain of the backlog. Lost events count as due, and so does the line about
// them.
func (w *countedBacklog) Drain(dst []event.Event) (events []event.Event, lost uint64) {
	events, lost = w.Backlog.Drain(dst)
	w.due.Add(uint64(len(events)-len(dst)) + lost)
	if lost > 0 {
		w.due.Add(1)
		if w.mark == "" {
			w.mark = "LOG GAPS"
			w.tell(w.mark, fmt.Sprintf("it takes too few events; %d are not in it so far", lost))
		}
	}
	if slices.ContainsFunc(events[len(dst):], func(e event.Event) bool { return e.Run != nil }) {
		w.headed.Store(true)
	}
	return events, lost
}

// Write writes to the file in pieces, so that progress can be seen.
func (w *countedBacklog) Write(p []byte) (written int, err error) {
	const piece = 32 << 10
	for err == nil && written < len(p) {
		part := p[written:min(written+piece, len(p))]
		n, e := w.writePart(part)
		w.lines.Add(uint64(bytes.Count(part[:n], []byte("\n"))))
		written, err = written+n, e
	}
	return written, err
}

// writePart writes to the file. It reports a write that blocks for terminal.StopTime,
// and its end.
func (w *countedBacklog) writePart(part []byte) (n int, err error) {
	var mu sync.Mutex
	over, waited := false, false // guarded by mu
	t := time.AfterFunc(terminal.StopTime, func() {
		mu.Lock()
		defer mu.Unlock()
		if waited = !over; waited {
			w.tell("LOG WAITS", fmt.Sprintf("it has taken nothing for %v; the run goes on", terminal.StopTime))
		}
	})
	defer t.Stop()
	n, err = w.file.Write(part)
	mu.Lock()
	defer mu.Unlock()
	if over = true; waited && err == nil {
		w.tell(w.mark, "it takes events again")
	}
	return n, err
}

// missing is how many events are not in the file. No event may be published while it
// runs.
func (w *countedBacklog) missing() uint64 {
	_, _ = w.Drain(nil) // what still waits in the backlog
	lines := w.lines.Load()
	if lines > 0 && w.headed.Load() {
		lines--
	}
	return w.due.Load() - min(lines, w.due.Load())
}

// failed adds the name of the file to an error.
func (l *logFile) failed(err error) error { return fmt.Errorf("--log-file %s: %w", l.name, err) }
