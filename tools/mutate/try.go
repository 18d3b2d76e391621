package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/cover"
)

// slack is how many times longer than the unchanged tests the tests of a mutant may
// take.
const slack = 8

// memory is the address space that a mutant may use, in KiB: an endless loop may also
// append to a slice without end.
const memory = 4 << 20

// result is the outcomes of the mutants of a package.
type result struct {
	path string // slash-separated, from the root
	all  []mutant
}

func (r *result) of(o outcome) (list []mutant) {
	for _, m := range r.all {
		if m.outcome == o {
			list = append(list, m)
		}
	}
	return list
}

func (r *result) count(o outcome) int { return len(r.of(o)) }

func (r *result) summary() string {
	return fmt.Sprintf("%s: %d killed, %d survived, %d timed out, %d not covered, %d do not compile",
		r.path, r.count(killed), r.count(survived), r.count(timedOut), r.count(notCovered), r.count(notViable))
}

// options are the options for all packages.
type options struct {
	root  string         // the root directory of the module
	only  *regexp.Regexp // mutants to try, by their key
	late  string         // pattern of slow tests, which run last; may be empty
	least time.Duration  // minimum time limit of a mutant: on a busy machine the measured time is not reliable
}

// trial tries the mutants of one package.
type trial struct {
	options
	dir   string
	temp  string // directory for built files
	limit time.Duration
	flags []string // flags of the test program
}

// tryPackage tries the mutants of a package.
func tryPackage(ctx context.Context, path string, o options) (result, error) {
	dir := filepath.Clean(path)
	r := result{path: filepath.ToSlash(dir)}
	temp, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(temp)
	t := &trial{options: o, dir: dir, temp: temp}
	covered, err := t.baseline(ctx)
	if err != nil {
		return r, err
	}
	names, err := t.sources(ctx)
	if err != nil {
		return r, err
	}
	for _, name := range names {
		list, err := findMutants(o.root, dir, name)
		if err != nil {
			return r, err
		}
		r.all = append(r.all, list...)
	}
	if err := t.buildWoven(ctx, names, r.all); err != nil {
		return r, err
	}
	r.all = slices.DeleteFunc(r.all, func(m mutant) bool { return !o.only.MatchString(m.key()) })
	for i := range r.all {
		m := &r.all[i]
		if m.outcome, err = t.try(ctx, m, covered); err != nil {
			return r, err
		}
		fmt.Printf("%-11v %s:%d: %s\n", m.outcome, m.file, m.line, m.change())
	}
	return r, nil
}

// buildWoven builds the program that contains most mutants, and checks that its tests
// pass while no mutant is selected.
func (t *trial) buildWoven(ctx context.Context, names []string, all []mutant) error {
	overlay, err := t.weave(names, all)
	if err != nil {
		return err
	}
	program := filepath.Join(t.temp, "woven.exe")
	if out, err := t.build(ctx, program, "-overlay="+overlay); err != nil {
		return fmt.Errorf("the woven program does not compile: %w\n%s", err, out)
	}
	if o, err := t.judge(ctx, program, 0); err != nil || o != survived {
		return fmt.Errorf("the tests of the woven program, with no change: %v, %w", o, err)
	}
	return nil
}

// sources are the files that are compiled on this system, without tests.
func (t *trial) sources(ctx context.Context) ([]string, error) {
	cmd := t.command(ctx, "go", "list", "-f", `{{join .GoFiles "\n"}}`, "./"+filepath.ToSlash(t.dir))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return strings.Fields(string(out)), err
}

// baseline runs the unchanged tests, which must pass, and returns their coverage.
func (t *trial) baseline(ctx context.Context) (coverage, error) {
	program, profile := filepath.Join(t.temp, "whole.exe"), filepath.Join(t.temp, "cover.out")
	if out, err := t.build(ctx, program, "-cover"); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	usage, _ := t.test(ctx, program, "-help").CombinedOutput() // -help exits with an error
	if bytes.Contains(usage, []byte("-rapid.shrinktime")) {
		// The smallest counter-example is not needed, but the cases must be the same
		// each time.
		t.flags = []string{"-rapid.shrinktime=0s", "-rapid.nofailfile", "-rapid.seed=1"}
	}
	began := time.Now()
	if out, err := t.test(ctx, program, slices.Concat(t.flags, []string{"-test.short", "-test.coverprofile=" + profile})...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the tests fail without any change: %w\n%s", err, out)
	}
	t.limit = max(t.least, slack*time.Since(began))
	return cover.ParseProfiles(profile)
}

// try builds and tests one mutant on its own.
func (t *trial) try(ctx context.Context, m *mutant, covered coverage) (outcome, error) {
	if covered.misses(m) {
		return notCovered, nil
	}
	if m.id > 0 {
		return t.judge(ctx, filepath.Join(t.temp, "woven.exe"), m.id)
	}
	overlay, err := t.overlay(m)
	if err != nil {
		return 0, err
	}
	program := filepath.Join(t.temp, "mutant.exe")
	if _, err := t.build(ctx, program, "-overlay="+overlay); err != nil {
		return notViable, ctx.Err()
	}
	return t.judge(ctx, program, 0)
}

// judge runs the tests with a selected mutant; the slow tests come last.
func (t *trial) judge(ctx context.Context, program string, id int) (outcome, error) {
	if t.late == "" {
		return t.outcome(ctx, program, id)
	}
	if o, err := t.outcome(ctx, program, id, "-test.skip="+t.late); err != nil || o != survived {
		return o, err
	}
	return t.outcome(ctx, program, id, "-test.run="+t.late)
}

// outcome runs all or some tests with a mutant.
func (t *trial) outcome(ctx context.Context, program string, id int, which ...string) (outcome, error) {
	limited, cancel := context.WithTimeout(ctx, t.limit)
	defer cancel()
	cmd := t.test(limited, program, slices.Concat(t.flags, which, []string{"-test.short", "-test.failfast"})...)
	cmd.Env = append(cmd.Env, fmt.Sprintf("%s=%d", chooserEnv, id))
	err := cmd.Run()
	var failed *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case limited.Err() != nil:
		return timedOut, nil
	case err == nil:
		return survived, nil
	case errors.As(err, &failed):
		return killed, nil
	}
	return 0, err
}

// overlay writes the changed file, and the overlay file that makes the compiler read
// it.
func (t *trial) overlay(m *mutant) (name string, err error) {
	original := filepath.Join(t.root, filepath.FromSlash(m.file))
	src, err := os.ReadFile(original)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(t.temp, "mutant.go")
	text := string(src[:m.start]) + m.text + string(src[m.end:])
	if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
		return "", err
	}
	return t.replaced("overlay.json", map[string]string{original: changed})
}

// replaced writes an overlay file, which makes the compiler read other files.
func (t *trial) replaced(name string, files map[string]string) (overlay string, err error) {
	data, err := json.Marshal(map[string]any{"Replace": files})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(t.temp, name)
	return overlay, os.WriteFile(overlay, data, 0o600)
}

func (t *trial) build(ctx context.Context, program string, flags ...string) ([]byte, error) {
	args := append([]string{"test", "-c", "-vet=off", "-ldflags=-s -w", "-buildvcs=false", "-o", program}, flags...)
	return t.command(ctx, "go", append(args, "./"+filepath.ToSlash(t.dir))...).CombinedOutput()
}

// test is the command that runs the test program. Where a shell is available, it limits
// the memory.
func (t *trial) test(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := t.command(ctx, program, args...)
	if sh, err := exec.LookPath("sh"); err == nil {
		limit := fmt.Sprintf(`ulimit -v %d 2>/dev/null; exec "$0" "$@"`, memory)
		cmd = t.command(ctx, sh, append([]string{"-c", limit, program}, args...)...)
	}
	cmd.Dir = filepath.Join(t.root, t.dir)
	cmd.WaitDelay = time.Second
	return cmd
}

// command runs in the root directory, without a C compiler, and with the smallest
// exhaustive models: the larger ones find the same problems, but later.
func (t *trial) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = t.root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "MODEL_CALLERS=2")
	return cmd
}
