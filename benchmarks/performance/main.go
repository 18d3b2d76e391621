// Command performance measures the program and its policies, the policies together with
// other libraries, and writes docs/performance.md. Every figure is the median of several
// measurements. Where there is another library, the two are measured alternately, and what
// is compared is the ratio of the medians of the same run.
//
//	go run ./performance -rows 'breaker|stack' -o ../docs/performance.md
//
// `make bench` runs it. It checks no result: conformance and differential do.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"
)

// effort is how thoroughly is measured. The zero value measures nothing.
type effort struct {
	// runs is how often each figure is measured, at least.
	runs int
	// slice is the time of one micro-benchmark; long is that of what needs to
	// be watched, such as a running program.
	slice, long time.Duration
	// reads is how many simulated reads one measurement of the engine makes;
	// starts is how often the program is started for the time to its first
	// frame.
	reads, starts int
	// hour is the virtual time before memory is looked at.
	hour time.Duration
	// dir is the root of the source.
	dir string
	// binary is the program as it is built; build makes it.
	binary string
}

// full is the effort of the page.
var full = effort{
	runs: 10, slice: 100 * time.Millisecond, long: 20 * time.Second,
	reads: 500_000, starts: 15, hour: time.Hour,
}

func main() {
	if role := os.Getenv(asRole); role != "" {
		if err := play(role); err != nil {
			fmt.Fprintln(os.Stderr, "performance:", err)
			os.Exit(1)
		}
		return
	}
	rows := flag.String("rows", ".", "regular expression of the rows to measure")
	out := flag.String("o", "", "file to write the page to; it is printed otherwise")
	dir := flag.String("dir", "..", "root of the source")
	flag.Parse()
	if err := run(*rows, *dir, *out, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "performance:", err)
		os.Exit(1)
	}
}

// run measures the rows that match and writes the page.
func run(pattern, dir, out string, progress io.Writer) error {
	chosen, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	e := full
	e.dir = dir
	if err := e.build(); err != nil {
		return err
	}
	defer os.Remove(e.binary)
	started := time.Now()
	var results []result
	for _, r := range table() {
		if !chosen.MatchString(r.key) {
			continue
		}
		f, err := r.measure(&e)
		if err != nil {
			return fmt.Errorf("%s: %w", r.key, err)
		}
		res := result{row: r, figure: f}
		results = append(results, res)
		fmt.Fprintf(progress, "%-14s %-50s %s: %s\n", r.key, f.text, r.target, res.verdict())
	}
	page := writePage(results, machine(dir), time.Since(started))
	if out == "" {
		_, err = fmt.Fprint(progress, page)
		return err
	}
	return os.WriteFile(out, []byte(page), 0o644)
}
