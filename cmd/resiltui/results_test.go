//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/engine/event"
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

func TestALogThatNobodyReadsHoldsNobodyUp(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		end  func(p *pseudoTerminal)
	}{
		{"q", nil, func(p *pseudoTerminal) { p.firstFrame(); p.press("q") }},
		{"the end of lines", []string{"--plain", "--batches", "40"}, func(*pseudoTerminal) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			pipe, _ := pipeTo(t, "events")
			// It is full before the program writes to it.
			full, err := os.OpenFile(pipe, os.O_RDWR|syscall.O_NONBLOCK, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = full.Close() }()
			if err := full.SetWriteDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
				t.Fatal(err)
			}
			if _, err := full.Write(make([]byte, 1<<20)); !errors.Is(err, os.ErrDeadlineExceeded) {
				t.Fatalf("the pipe is not full: %v", err)
			}
			p := inTerminal(t, "resiltui", nil, append(c.args, "--speed", "64", "--log-file", pipe)...)
			c.end(p)
			if got := p.status(); got != exitFailed {
				t.Errorf("exit status %d, not %d", got, exitFailed)
			}
			if took := time.Since(p.started); took > 5*terminal.StopTime {
				t.Errorf("it took %v", took)
			}
			p.awaitText("again: resiltui pipeline --seed 42")
			p.await("the number of events that are missing", func() bool {
				return regexp.MustCompile(`--log-file \S+: it took nothing for 2s; [1-9]\d* events are not in it`).MatchString(p.written())
			})
			p.sameMode()
		})
	}
}

func TestALogThatIsReadSlowlyIsWrittenToItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := &slowFile{pause: func() { time.Sleep(terminal.StopTime - time.Millisecond) }}
		l, err := openLog("slow", func(string) (io.WriteCloser, error) { return slow, nil })
		if err != nil {
			t.Fatal(err)
		}
		backlog := event.NewBacklog()
		l.follow(backlog, undisturbed{t})
		const events = 2000
		for i := range events {
			backlog.Observe(&event.Event{Seq: uint64(i)})
		}
		began := time.Now()
		if err := l.stop(); err != nil || slow.lines != events {
			t.Errorf("%d of %d events are written: %v", slow.lines, events, err)
		}
		if took := time.Since(began); took <= terminal.StopTime {
			t.Errorf("it took %v, which is no trial", took)
		}
	})
}

func TestALogSaysHowManyEventsAreNotInIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := &slowFile{most: 4000, closed: make(chan struct{})}
		l, err := openLog("stuck", func(string) (io.WriteCloser, error) { return stuck, nil })
		if err != nil {
			t.Fatal(err)
		}
		backlog := event.NewBacklog()
		l.follow(backlog, undisturbed{t})
		backlog.Observe(&event.Event{Run: &event.Run{}}) // a line of its own stands before it
		for range 99 {
			backlog.Observe(&event.Event{})
		}
		synctest.Wait() // it is stuck
		for range 23 {
			backlog.Observe(&event.Event{})
		}
		began := time.Now()
		err = l.stop()
		if want := fmt.Sprintf("--log-file stuck: it took nothing for 2s; %d events are not in it", 123-(stuck.lines-1)); err == nil || err.Error() != want {
			t.Errorf("it says %v, not %s", err, want)
		}
		if took := time.Since(began); took != terminal.StopTime {
			t.Errorf("it took %v", took)
		}
	})
}

// slowFile takes a piece after each pause or, where it can be closed, no more than so many bytes until it is
// closed.
type slowFile struct {
	pause  func()
	most   int
	closed chan struct{}
	lines  int
}

func (f *slowFile) Write(p []byte) (int, error) {
	if f.closed == nil {
		f.pause()
		f.lines += bytes.Count(p, []byte("\n"))
		return len(p), nil
	}
	n := min(f.most, len(p))
	f.most -= n
	f.lines += bytes.Count(p[:n], []byte("\n"))
	<-f.closed
	return n, os.ErrClosed
}

func (f *slowFile) Close() error {
	if f.closed != nil {
		close(f.closed)
	}
	return nil
}

// undisturbed is who must not be told that the program ends.
type undisturbed struct{ t *testing.T }

func (undisturbed) Say(string) {}
func (undisturbed) Ring()      {}

func (undisturbed) LogFault(string, string) {}

func (u undisturbed) End() { u.t.Error("the program is ended") }
