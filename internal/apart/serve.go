package apart

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"math"
	"os"
	"os/signal"
	"runtime/metrics"
	"syscall"
	"time"
)

const (
	// watchEvery is how often a worker checks its own memory. A program can fill
	// about 10 MB per millisecond.
	watchEvery = 2 * time.Millisecond
	// loneTime is how long a job may take where the parent does not kill the
	// worker.
	loneTime = 4 * MaxTime
	// Exit statuses of a worker that ends itself.
	exitMemory, exitTime = 3, 4
)

// Asked says whether this process was started as a worker.
//
// The variable alone is not enough: a user may have it, and would get a program that
// seems to do nothing.
func Asked() bool { return os.Getenv(workerVariable) != "" && os.Args[0] == workerName }

// Serve runs a worker: it reads jobs from in and writes the answers to out, until
// in ends. The process exits during a job that uses more than MaxMemory. do must
// not panic.
func Serve(in io.Reader, out io.Writer, do func(kind string, job []byte) []byte) error {
	// Only the program itself handles ctrl+c in the terminal; it ends its workers.
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	limit()
	if err := writeFrame(out, []byte(greeting)); err != nil {
		return err
	}
	for jobs := bufio.NewReader(in); ; {
		frame, err := readFrame(jobs, math.MaxUint32)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		kind, job, _ := bytes.Cut(frame, []byte{0})
		done := make(chan struct{})
		go watch(done)
		answer := do(string(kind), job)
		close(done)
		if err := writeFrame(out, answer); err != nil {
			return err
		}
	}
}

// watch ends the process where a job uses too much memory or time before it is
// done.
func watch(done <-chan struct{}) {
	used := []metrics.Sample{
		{Name: "/memory/classes/heap/objects:bytes"},
		{Name: "/memory/classes/heap/unused:bytes"},
		{Name: "/memory/classes/heap/stacks:bytes"},
	}
	late := time.NewTimer(loneTime)
	defer late.Stop()
	again := time.NewTicker(watchEvery)
	defer again.Stop()
	for {
		select {
		case <-done:
			return
		case <-late.C:
			os.Exit(exitTime)
		case <-again.C:
		}
		metrics.Read(used)
		total := uint64(0)
		for _, s := range used {
			total += s.Value.Uint64()
		}
		if total > MaxMemory {
			os.Exit(exitMemory)
		}
	}
}
