// Command performance writes docs/performance.md: the measurements of the program, its
// policies and other libraries, all from one run.
//
//	go run ./performance -rows 'breaker|stack' -o ../docs/performance.md
//
// `make bench` runs it. Package testing does the measuring, and the benchmarks can be run
// and compared like any others:
//
//	go test -run '^$' -bench Breaker -count 10 ./performance >new
//	go tool -modfile=../tools/go.mod benchstat -col /library new
//
// This program does what benchstat does not. go test -count repeats one benchmark before
// it starts the next; here each turn runs all benchmarks once, so that ours and the other
// library's are measured alternately. The figures are medians, as in benchstat, computed
// by the same package; but benchstat has no targets, and no figures that combine several
// measurements. The program checks no results: conformance and differential do.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"
)

func main() {
	rows := flag.String("rows", ".", "regular expression of the rows to measure")
	out := flag.String("o", "", "file to write the page to; it is printed otherwise")
	flag.Parse()
	if err := run(*rows, *out); err != nil {
		fmt.Fprintln(os.Stderr, "performance:", err)
		os.Exit(1)
	}
}

// run measures the rows that match the pattern and writes the page.
func run(pattern, out string) error {
	matches, err := regexp.Compile(pattern)
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "performance-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	program := filepath.Join(temp, "performance.test")
	if text, err := exec.Command("go", "test", "-c", "-o", program, "./performance").CombinedOutput(); err != nil {
		return fmt.Errorf("building the benchmarks: %w: %s", err, text)
	}
	started := time.Now()
	var chosen []row
	for _, r := range table() {
		if matches.MatchString(r.key) {
			chosen = append(chosen, r)
		}
	}
	f, err := measure(program, chosen, full(), os.Stdout)
	if err != nil {
		return err
	}
	var results []result
	for _, r := range chosen {
		results = append(results, result{r, r.say(&f)})
	}
	page := writePage(results, machine(f.processor, ".."), time.Since(started))
	if out == "" {
		_, err = fmt.Print(page)
		return err
	}
	return os.WriteFile(out, []byte(page), 0o644)
}
