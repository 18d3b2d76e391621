package terminal

import (
	"bufio"
	"fmt"
	"log"
	"os"
)

// maxCaught is how many lines of libraries are told; who says more says the same.
const maxCaught = 50

// maxCaughtLine is how many bytes of a line are kept.
const maxCaughtLine = 8 << 10

// Caught is what libraries write to standard error, or to the log of the standard
// library, while a screen is there that it would be written over. What the runtime
// says of its own end still goes to standard error.
type Caught struct {
	stderr *os.File
	writer *os.File
	flags  int
	done   chan struct{}
}

// Catch begins to catch, and tells each line as it came: it is neither clean nor
// free of secrets. A line like the one before it is not told, and neither is what
// follows the first fifty. tell must not block for long. There is one at a time.
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
		tellLines(r, tell)
	}()
	return c, nil
}

// tellLines reads to the end, whatever is told of it, so that nobody who writes has
// to wait.
func tellLines(r *os.File, tell func(line string)) {
	told, last := 0, ""
	for lines := bufio.NewReaderSize(r, maxCaughtLine); ; {
		text, more, err := lines.ReadLine()
		if err != nil {
			return
		}
		line := string(text)
		for more && err == nil {
			_, more, err = lines.ReadLine()
		}
		if line == "" || line == last || told > maxCaught {
			continue
		}
		if last, told = line, told+1; told > maxCaught {
			line = fmt.Sprintf("more than %d lines, and the rest is left out", maxCaught)
		}
		tell(line)
	}
}

// Release ends it, when everything caught has been told.
func (c *Caught) Release() {
	os.Stderr = c.stderr
	log.SetOutput(c.stderr)
	log.SetFlags(c.flags)
	_ = c.writer.Close()
	<-c.done
}
