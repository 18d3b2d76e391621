package main

import (
	"bytes"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/perf/benchfmt"
	"golang.org/x/perf/benchmath"
)

// effort is how much is measured.
type effort struct {
	turns int      // how often each figure is measured, except those of a running program
	flags []string // for the test program
	dir   string   // of this package, in which test programs run
}

// watched is how long a running program is measured.
const watched = 20 * time.Second

// full is the effort for docs/performance.md.
func full() effort {
	return effort{turns: 10, flags: []string{"-test.benchtime=100ms"}, dir: "performance"}
}

// figures are the measured values of all turns.
type figures struct {
	values    map[string][]float64 // by benchmark and unit: "Publish/past=no sec/op"
	processor string
}

// of is the median of a figure, and 0 where it was not measured.
func (f *figures) of(benchmark, unit string) float64 {
	values := f.values[benchmark+" "+unit]
	if len(values) == 0 {
		return 0
	}
	return benchmath.AssumeNothing.Summary(benchmath.NewSample(values, &benchmath.DefaultThresholds), 0.95).Center
}

// read parses the output of a test program.
func (f *figures) read(output io.Reader) error {
	r := benchfmt.NewReader(output, "the benchmarks")
	for r.Scan() {
		result, ok := r.Result().(*benchfmt.Result)
		if !ok {
			continue // not a line with a result
		}
		f.processor = result.GetConfig("cpu")
		base, parts := result.Name.Parts()
		name := string(base)
		for _, part := range parts {
			if part[0] == '/' { // the last part may be the number of cores, without a slash
				name += string(part)
			}
		}
		for _, v := range result.Values {
			f.values[name+" "+v.Unit] = append(f.values[name+" "+v.Unit], v.Value)
		}
	}
	return r.Err()
}

// measure runs the benchmarks of the rows, all of them in each turn. Those of a running
// program come at the end, once.
func measure(program string, rows []row, e effort, progress io.Writer) (figures, error) {
	f := figures{values: map[string][]float64{}}
	var short, long []string
	for _, r := range rows {
		if r.once {
			long = append(long, r.benchmarks...)
		} else {
			short = append(short, r.benchmarks...)
		}
	}
	for turn := range e.turns {
		if len(short) > 0 {
			fmt.Fprintf(progress, "turn %d of %d\n", turn+1, e.turns)
			if err := f.turn(program, short, e); err != nil {
				return f, err
			}
		}
	}
	if len(long) > 0 {
		fmt.Fprintln(progress, "what is watched for a time")
		return f, f.turn(program, long, e)
	}
	return f, nil
}

// turn runs each benchmark once.
func (f *figures) turn(program string, benchmarks []string, e effort) error {
	var patterns []string
	for _, name := range benchmarks {
		patterns = append(patterns, "^Benchmark"+strings.ReplaceAll(name, "/", "$/^")+"$")
	}
	cmd := exec.Command(program, append([]string{"-test.run=^$", "-test.benchmem", "-test.bench=" + strings.Join(patterns, "|")}, e.flags...)...)
	cmd.Dir = e.dir
	output, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, output)
	}
	return f.read(bytes.NewReader(output))
}
