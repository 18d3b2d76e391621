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
	"strings"
	"time"
)

// A mutant may take slack times as long as the unchanged tests, and leastTime at
// least: the time of a busy machine is no measure of a test.
const (
	slack     = 8
	leastTime = 10 * time.Second
)

// memory is how much address space a mutant may take, in KiB: one that never ends
// may fill a slice meanwhile.
const memory = 4 << 20

// result is what became of the mutants of a package.
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

// trial runs the mutants of one package.
type trial struct {
	root, dir string
	temp      string // for what is built
	limit     time.Duration
	flags     []string // of the test program
}

// tryPackage tries those mutants of a package whose key matches.
func tryPackage(ctx context.Context, root, path string, wanted *regexp.Regexp) (result, error) {
	dir := filepath.Clean(path)
	r := result{path: filepath.ToSlash(dir)}
	temp, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return r, err
	}
	defer os.RemoveAll(temp)
	t := &trial{root: root, dir: dir, temp: temp}
	covered, err := t.baseline(ctx)
	if err != nil {
		return r, err
	}
	names, err := t.sources(ctx)
	if err != nil {
		return r, err
	}
	for _, name := range names {
		list, err := findMutants(root, dir, name)
		if err != nil {
			return r, err
		}
		for _, m := range list {
			if !wanted.MatchString(m.key()) {
				continue
			}
			if m.outcome, err = t.try(ctx, &m, covered); err != nil {
				return r, err
			}
			if m.outcome == survived || m.outcome == notCovered {
				fmt.Printf("%s:%d: %s\n", m.file, m.line, m.key())
			}
			r.all = append(r.all, m)
		}
	}
	return r, nil
}

// sources are the files that are compiled here, tests left out.
func (t *trial) sources(ctx context.Context) ([]string, error) {
	cmd := t.command(ctx, "go", "list", "-f", `{{join .GoFiles "\n"}}`, "./"+filepath.ToSlash(t.dir))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	return strings.Fields(string(out)), err
}

// baseline runs the unchanged tests, which must pass, and returns what they run.
func (t *trial) baseline(ctx context.Context) (coverage, error) {
	program, profile := filepath.Join(t.temp, "whole.exe"), filepath.Join(t.temp, "cover.out")
	if out, err := t.build(ctx, program, "-cover"); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	usage, _ := t.test(ctx, program, "-help").CombinedOutput() // -help fails
	if bytes.Contains(usage, []byte("-rapid.shrinktime")) {
		// The smallest counter-example is of no interest, the same cases each time are.
		t.flags = []string{"-rapid.shrinktime=0s", "-rapid.nofailfile", "-rapid.seed=1"}
	}
	began := time.Now()
	if out, err := t.test(ctx, program, append(t.flags, "-test.short", "-test.coverprofile="+profile)...).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the tests fail without any change: %w\n%s", err, out)
	}
	t.limit = max(leastTime, slack*time.Since(began))
	return readCoverage(profile)
}

// try builds and runs the tests with one change.
func (t *trial) try(ctx context.Context, m *mutant, covered coverage) (outcome, error) {
	if covered.misses(m) {
		return notCovered, nil
	}
	overlay, err := t.overlay(m)
	if err != nil {
		return 0, err
	}
	program := filepath.Join(t.temp, "mutant.exe")
	if _, err := t.build(ctx, program, "-overlay="+overlay); err != nil {
		return notViable, ctx.Err()
	}
	limited, cancel := context.WithTimeout(ctx, t.limit)
	defer cancel()
	err = t.test(limited, program, append(t.flags, "-test.short", "-test.failfast")...).Run()
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

// overlay writes the changed file, and what tells the compiler to read it.
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
	data, err := json.Marshal(map[string]any{"Replace": map[string]string{original: changed}})
	if err != nil {
		return "", err
	}
	name = filepath.Join(t.temp, "overlay.json")
	return name, os.WriteFile(name, data, 0o600)
}

func (t *trial) build(ctx context.Context, program string, flags ...string) ([]byte, error) {
	args := append([]string{"test", "-c", "-vet=off", "-buildvcs=false", "-o", program}, flags...)
	return t.command(ctx, "go", append(args, "./"+filepath.ToSlash(t.dir))...).CombinedOutput()
}

// test is the test program, with bounded memory where there is a shell to bound it.
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

// command runs in the product's directory, without a C compiler, and with the
// smallest exhaustive models: the larger ones find the same, later.
func (t *trial) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = t.root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "MODEL_CALLERS=2")
	return cmd
}
