package main

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"resiltui/internal/engine/event"
	"resiltui/internal/terminal"
)

// logFile is the file that --log-file names. A nil one takes nothing.
type logFile struct {
	name  string
	file  io.WriteCloser
	done  chan struct{}
	ended chan error
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
// writer it calls end; an error, such as a full disk, only shows in the end,
// since the run goes on well without its log.
func (l *logFile) follow(backlog *event.Backlog, end func()) {
	if l == nil {
		return
	}
	go func() {
		err := terminal.Guard("the log", func() error { return event.Tail(l.done, backlog, bufio.NewWriter(l.file)) })
		if terminal.Panicked(err) {
			end()
		}
		l.ended <- err
	}()
}

// stop writes what is left, closes the file, and says what went wrong. It is
// called once.
func (l *logFile) stop() error {
	if l == nil {
		return nil
	}
	close(l.done)
	err := <-l.ended
	if e := l.file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("--log-file %s: %w", l.name, err)
	}
	return nil
}
