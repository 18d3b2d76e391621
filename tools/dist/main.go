// Command dist builds a release: static programs for every platform in archives with
// their documentation, Debian packages, a Homebrew formula, and the checksums of all.
// `make dist` runs it, in tools/: go run ./dist
//
// The same source gives the same bytes, on every machine, in every directory and at any
// time: every time in an archive is that of the commit (or SOURCE_DATE_EPOCH), entries
// are sorted, and owners have no names. It uploads and signs nothing, and it needs only
// Go.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// release is what is made, from what.
type release struct {
	source  string // the directory of the product's module
	out     string // the directory that takes the files; it is made anew
	version string // as git describe says it
	url     string // where the archives will be; empty: beside the formula
	time    time.Time
}

func main() {
	r := release{}
	flag.StringVar(&r.source, "source", "..", "the product's `directory`")
	flag.StringVar(&r.out, "out", "../dist", "the `directory` that takes the files; what is in it goes away")
	flag.StringVar(&r.version, "version", "", "the version; empty is what git describe says")
	flag.StringVar(&r.url, "url", os.Getenv("DIST_URL"), "`address` that the archives will be downloaded from, for the formula")
	flag.Parse()
	err := r.complete()
	if err == nil {
		err = r.make(platforms())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "dist:", err)
		os.Exit(1)
	}
}

// complete finds out what was not said.
func (r *release) complete() (err error) {
	if r.source, err = filepath.Abs(r.source); err != nil {
		return err
	}
	if r.version == "" {
		if r.version, err = r.git("describe", "--tags", "--always", "--dirty"); err != nil {
			r.version = "dev" // a source archive has no history
		}
	}
	epoch := os.Getenv("SOURCE_DATE_EPOCH")
	if epoch == "" {
		if epoch, err = r.git("log", "-1", "--format=%ct"); err != nil {
			return errors.New("without git, SOURCE_DATE_EPOCH must say the time of the source, in seconds since 1970")
		}
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil || seconds < 0 {
		return fmt.Errorf("SOURCE_DATE_EPOCH %q: must be whole seconds since 1970", epoch)
	}
	// A zip counts in steps of two seconds.
	r.time = time.Unix(seconds&^1, 0).UTC()
	return nil
}

func (r *release) git(args ...string) (string, error) {
	cmd := exec.Command("git", args...)
	cmd.Dir = r.source
	out, err := cmd.Output()
	return strings.TrimSpace(string(out)), err
}

// make makes everything.
func (r *release) make(list []platform) error {
	if err := os.RemoveAll(r.out); err != nil {
		return err
	}
	if err := os.MkdirAll(r.out, 0o755); err != nil {
		return err
	}
	docs, err := r.documents()
	if err != nil {
		return err
	}
	var sums checksums
	for _, p := range list {
		program, err := r.build(p)
		if err != nil {
			return err
		}
		fmt.Printf("%-14s %5.1f MB\n", p, float64(len(program))/1e6)
		for name, data := range r.packages(p, program, docs) {
			if err := sums.write(r.out, name, data); err != nil {
				return err
			}
		}
	}
	formula, err := r.formula(sums)
	if err != nil {
		return err
	}
	if err := sums.write(r.out, "resiltui.rb", formula); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(r.out, "SHA256SUMS"), sums.text(), 0o644)
}
