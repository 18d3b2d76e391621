// Command mutate tests the tests: it changes one thing in the source of a package, builds
// and runs the package's tests, and notes whether they fail. A change that no test
// notices, a survivor, is either equivalent, so that no test can tell, or a sign that a
// test is missing. `make mutation` runs it, in tools/:
//
//	go run ./mutate -page ../docs/mutation.md ./internal/engine/retry
//
// The changes are of comparisons (boundary and negation), logical, arithmetic and bitwise
// operators, signs, increments, boolean literals, conditions and results, and of
// statements, which are removed. The source itself is never changed: the compiler reads
// the changed file through an overlay. The tests run in short mode, without the race
// detector, one mutant after the other.
//
// survivors.txt gives for every known survivor the reason why no test can notice it. The
// exit status is 1 where a survivor is missing in the file, or where a test notices a
// mutant that is in the file.
//
// It needs only Go. It is our own program because the usual tool, gremlins, does less:
// version 0.6, with all its operators on, finds 611 changes in internal/engine/breaker
// where this program finds 827, and tries 491 of them. It removes no statements. It treats
// the conditions of switch cases, and much of composed conditions, as not covered, since
// no block of a coverage profile contains them. It copies the module and builds a program
// for each mutant, and there is no way to list equivalent survivors with a reason.
// go-mutesting and ooze were not tried.
package main

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

//go:embed survivors.txt
var survivorsText string

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o := options{least: 10 * time.Second}
	flag.StringVar(&o.root, "root", "..", "the product's `directory`")
	page := flag.String("page", "", "the `file` that takes the page; empty is none")
	only := flag.String("only", "", "a `regexp` of the changes to try, as they are printed; then no page is written")
	flag.StringVar(&o.late, "late", "", "a `regexp` of the tests that only run where the others notice nothing")
	flag.Parse()
	ok, err := run(ctx, o, *page, *only, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	if !ok {
		os.Exit(1)
	}
}

// run tries all mutants of the packages and writes the page. ok says whether the survivors
// are exactly those of survivors.txt.
func run(ctx context.Context, o options, page, only string, packages []string) (ok bool, err error) {
	if o.root, err = filepath.Abs(o.root); err != nil {
		return false, err
	}
	if o.only, err = regexp.Compile(only); err != nil {
		return false, err
	}
	reasons, err := parseReasons(survivorsText)
	if err != nil {
		return false, err
	}
	var results []result
	for _, path := range packages {
		r, err := tryPackage(ctx, path, o)
		if err != nil {
			return false, fmt.Errorf("%s: %w", path, err)
		}
		fmt.Println(r.summary())
		results = append(results, r)
	}
	if only != "" {
		return true, nil
	}
	unknown, dead := compare(results, reasons)
	for _, key := range unknown {
		fmt.Println("not in survivors.txt:", key)
	}
	for _, key := range dead {
		fmt.Println("in survivors.txt, but a test notices it:", key)
	}
	if page != "" {
		if err := os.WriteFile(page, []byte(writePage(results, reasons)), 0o644); err != nil {
			return false, err
		}
	}
	return len(unknown)+len(dead) == 0, nil
}

// compare returns the survivors that have no reason, and the reasons without a survivor in
// the packages that were tried.
func compare(results []result, reasons map[string]string) (unknown, dead []string) {
	lived := map[string]bool{}
	for _, r := range results {
		for _, m := range r.of(survived) {
			lived[m.key()] = true
			if reasons[m.key()] == "" {
				unknown = append(unknown, m.key())
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(reasons)) {
		for _, r := range results {
			if strings.HasPrefix(key, r.path+"/") && !lived[key] {
				dead = append(dead, key)
			}
		}
	}
	return unknown, dead
}
