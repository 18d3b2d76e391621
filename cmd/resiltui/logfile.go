package main

import (
	"bufio"
	"fmt"
	"os"
	"sync"

	"resiltui/internal/engine/event"
)

// startLog writes what comes into the backlog to a file, from now on. The
// returned function ends it, and says what went wrong. Without a name nothing is
// written.
func startLog(name string, backlog *event.Backlog) (stop func() error, err error) {
	if name == "" {
		return func() error { return nil }, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--log-file: %w; name a file in a directory that can be written", err)
	}
	done, ended := make(chan struct{}), make(chan error, 1)
	go func() { ended <- event.Tail(done, backlog, bufio.NewWriter(f)) }()
	var once sync.Once
	return func() (err error) {
		once.Do(func() {
			close(done)
			err = <-ended
			if e := f.Close(); err == nil {
				err = e
			}
			if err != nil {
				err = fmt.Errorf("--log-file %s: %w", name, err)
			}
		})
		return err
	}, nil
}
