//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/terminal"
)

func TestAResultThatCannotBeWrittenIsAFailure(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "none", "x")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("no full disk can be had: %v", err)
	}
	defer func() { _ = full.Close() }()
	for _, c := range []struct {
		args []string
		out  *os.File
		says string
	}{
		{[]string{"report", "retry", "--out", missing}, nil, "none"},
		{[]string{"report", "retry", "--format", "csv", "--out", missing}, nil, "none"},
		{[]string{"report", "retry", "--out", "/dev/full"}, nil, "no space left"},
		{[]string{"report", "retry"}, full, "no space left"},
		{[]string{"report", "retry", "--format", "json"}, full, "no space left"},
		{[]string{"report", "retry", "--format", "csv", "--table", "functions"}, full, "no space left"},
		{[]string{"config", "path"}, full, "no space left"},
		{[]string{"config", "show"}, full, "no space left"},
	} {
		var out, errs strings.Builder
		var status int
		if c.out != nil {
			status = run(c.args, strings.NewReader(""), c.out, &errs)
		} else {
			status = run(c.args, strings.NewReader(""), &out, &errs)
		}
		if status != exitFailed || !strings.Contains(errs.String(), c.says) || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%q: status %d, %q", c.args, status, errs.String())
		}
	}
}

// pipeTo makes a pipe with a name, and opens its other end once the program has opened
// the one that it reads.
func pipeTo(t *testing.T, name string) (path string, open func() *os.File) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skipf("no pipe can be had: %v", err)
	}
	return path, func() *os.File {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
}

func TestAReportThatWaitsForAPipeEndsOnSignals(t *testing.T) {
	for _, signal := range []os.Signal{syscall.SIGINT, syscall.SIGTERM} {
		for _, c := range []struct {
			name string
			read bool // the settings are read, and what waits is the result
		}{{"settings that nobody writes", false}, {"a result that nobody reads", true}} {
			t.Run(c.name+", "+signal.String(), func(t *testing.T) {
				t.Parallel()
				settings, open := pipeTo(t, "settings")
				result, _ := pipeTo(t, "result")
				p := inTerminal(t, "resiltui", nil, "report", "retry", "--set", "@"+settings, "--out", result)
				if f := open(); c.read { // signals are heeded from before it is opened
					_ = f.Close()
				}
				p.signal(signal)
				if got := p.status(); got != terminal.ExitInterrupted {
					t.Errorf("exit status %d, not %d: %s", got, terminal.ExitInterrupted, p.written())
				}
			})
		}
	}
}

func TestSettingsOfAPipeAreThoseOfAllRuns(t *testing.T) {
	for _, more := range [][]string{nil, {"--runs", "3"}} {
		called := func(set string) string {
			status, out, errs := called(append([]string{"report", "breaker", "--format", "json", "--set", set}, more...)...)
			if status != exitOK {
				t.Errorf("%q: status %d, %s", more, status, errs)
			}
			return out
		}
		settings, _ := pipeTo(t, "settings")
		wrote := make(chan error, 1)
		go func() {
			wrote <- os.WriteFile(settings, []byte("# eager\nsensors.N=1.policy.breaker.threshold=4\n"), 0o600)
		}()
		got := called("@" + settings)
		if err := <-wrote; err != nil {
			t.Error(err)
		}
		if want := called("sensors.N=1.policy.breaker.threshold=4"); got != want {
			t.Errorf("%q: %s", more, cmp.Diff(want, got))
		}
	}
}
