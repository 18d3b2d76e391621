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

// logFile is the file that --log-file names. A nil one takes nothing.
type logFile struct {
	name  string
	file  io.WriteCloser
	way   *onItsWay
	done  chan struct{}
	ended chan error
	// stopped says that the run is over.
	stopped atomic.Bool
}

// openLog opens the file, so that what is wrong with it is known before anything
// is drawn. Without a name there is none. create is os.Create where it is nil.
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

// follow writes what comes into the backlog from now on. After a panic of the
// writer it asks for the end; an error, such as a full disk, is told at once and once
// more in the end, since the run goes on well without its log. A file that takes
// nothing for a while is told, and events that are lost thereby.
func (l *logFile) follow(backlog *event.Backlog, to audience) {
	if l == nil {
		return
	}
	tell := func(mark, line string) {
		if !l.stopped.Load() { // or the end says it
			to.LogFault(mark, fmt.Sprintf("--log-file %s: %s", l.name, line))
		}
	}
	l.way = &onItsWay{Backlog: backlog, file: l.file, tell: tell}
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

// stop writes what is left, closes the file, and says what went wrong. A file that
// takes nothing, such as a pipe that nobody reads, is waited for as long as the
// other parts of the program. It is called once.
func (l *logFile) stop() error {
	if l == nil {
		return nil
	}
	l.stopped.Store(true)
	close(l.done)
	var err error
	if !l.await(&err) {
		_ = l.file.Close() // wakes up a writer that waits for a pipe
		t := time.NewTimer(graceTime)
		defer t.Stop()
		select {
		case late := <-l.ended: // it has counted what it wrote, which says enough
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

// await waits for the writer's end, and puts what went wrong into err. It is false
// where the writer comes no further.
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

// onItsWay is a backlog on its way into the log file, counted at both ends.
type onItsWay struct {
	*event.Backlog
	file io.Writer
	// tell is told when the file is not whole, and mark is what was told of events
	// that are lost.
	tell func(mark, line string)
	mark string
	// due is how many lines there should be, lines how many there are.
	due, lines atomic.Uint64
	// headed is true where the first line is the header, and no event's.
	headed atomic.Bool
}

// Drain is Drain of the backlog. What is lost counts as due, and so does the line
// that says so.
func (w *onItsWay) Drain(dst []event.Event) (events []event.Event, lost uint64) {
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

// Write writes to the file in pieces, so that one sees it go on.
func (w *onItsWay) Write(p []byte) (written int, err error) {
	const piece = 32 << 10
	for err == nil && written < len(p) {
		part := p[written:min(written+piece, len(p))]
		n, e := w.writePart(part)
		w.lines.Add(uint64(bytes.Count(part[:n], []byte("\n"))))
		written, err = written+n, e
	}
	return written, err
}

// writePart writes to the file, and tells when that waits, and when no longer.
func (w *onItsWay) writePart(part []byte) (n int, err error) {
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

// missing is how many events are not in the file. Nothing may be folded any more.
func (w *onItsWay) missing() uint64 {
	_, _ = w.Drain(nil) // what still waits
	lines := w.lines.Load()
	if lines > 0 && w.headed.Load() {
		lines--
	}
	return w.due.Load() - min(lines, w.due.Load())
}

// failed is an error that names the file.
func (l *logFile) failed(err error) error { return fmt.Errorf("--log-file %s: %w", l.name, err) }
