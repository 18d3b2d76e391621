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
	// watchEvery is how often a worker looks at itself. Memory is filled with some
	// 10 MB a millisecond.
	watchEvery = 2 * time.Millisecond
	// loneTime is how long a job may take where nobody is there to kill the worker.
	loneTime = 4 * MaxTime
	// Exit statuses of a worker that ends itself.
	exitMemory, exitTime = 3, 4
)

// Asked is true where the program was started as a worker.
func Asked() bool { return os.Getenv(asked) != "" }

// Serve is a worker: it does the jobs that come from in and writes the answers to
// out, until there are no more. The process ends within a job that takes more than
// MaxMemory. do must not panic.
func Serve(in io.Reader, out io.Writer, do func(kind string, job []byte) []byte) error {
	// ctrl+c in the terminal is for the program, which ends its workers by itself.
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

// watch ends the process when a job takes too much before it is done.
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
