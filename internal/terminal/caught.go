package terminal

import (
	"bufio"
	"fmt"
	"log"
	"os"
)

// maxCaught is how many lines of libraries are passed on; more lines would repeat
// the same.
const maxCaught = 50

// maxCaughtLine is how many bytes of a line are kept.
const maxCaughtLine = 8 << 10

// Caught redirects what libraries write to standard error, or to the log of the
// standard library, because it would be written over the screen. What the Go
// runtime prints when it crashes still goes to standard error.
type Caught struct {
	stderr *os.File
	writer *os.File
	flags  int
	done   chan struct{}
}

// Catch starts to redirect, and passes each line to tell as it is: not cleaned, and
// with secrets. A line equal to the previous one is dropped, and so is everything
// after maxCaught lines. tell must not block for long. There can be one Caught at a
// time.
func Catch(tell func(line string)) (*Caught, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	c := &Caught{stderr: os.Stderr, writer: w, flags: log.Flags(), done: make(chan struct{})}
	os.Stderr = w
	log.SetOutput(w)
	log.SetFlags(0) // an event has its own time
	go func() {
		defer close(c.done)
		defer func() { _ = r.Close() }()
		passLines(r, tell)
	}()
	return c, nil
}

// passLines reads to the end, also what it drops, so that no writer blocks.
func passLines(r *os.File, tell func(line string)) {
	count, last := 0, ""
	for lines := bufio.NewReaderSize(r, maxCaughtLine); ; {
		text, more, err := lines.ReadLine()
		if err != nil {
			return
		}
		line := string(text)
		for more && err == nil {
			_, more, err = lines.ReadLine()
		}
		if line == "" || line == last || count > maxCaught {
			continue
		}
		if last, count = line, count+1; count > maxCaught {
			line = fmt.Sprintf("more than %d lines, and the rest is left out", maxCaught)
		}
		tell(line)
	}
}

// Release ends the redirection, after all lines have been passed on.
func (c *Caught) Release() {
	os.Stderr = c.stderr
	log.SetOutput(c.stderr)
	log.SetFlags(c.flags)
	_ = c.writer.Close()
	<-c.done
}
