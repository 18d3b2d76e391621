// Command performance writes docs/performance.md: what the benchmarks beside it measured
// of the program and its policies, together with other libraries, in one run.
//
//	go run ./performance -rows 'breaker|stack' -o ../docs/performance.md
//
// `make bench` runs it. The measuring itself is done by package testing, and the
// benchmarks can be run and compared as all others:
//
//	go test -run '^$' -bench Breaker -count 10 ./performance >new
//	go tool -modfile=../tools/go.mod benchstat -col /library new
//
// What is here is what benchstat does not do. go test -count makes all turns of a
// benchmark before the next one; here each turn has all of them, so that ours and the
// peer are measured alternately. benchstat compares medians, and so does this, by the same
// package, but it knows no targets, and no figure that is made of several.
// It checks no result: conformance and differential do.
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

// run measures the rows that match and writes the page.
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
