//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"resiltui/internal/engine/event"
	"resiltui/internal/terminal"
)

// onFullDisk is a file on a disk that is full.
func onFullDisk(t *testing.T) string {
	t.Helper()
	const name = "/dev/full"
	if _, err := os.Stat(name); err != nil {
		t.Skip("there is no disk that is full")
	}
	return name
}

func TestALogThatCannotBeWrittenIsALineAtOnceAndInTheEnd(t *testing.T) {
	t.Parallel()
	name := onFullDisk(t)
	status, _, errs := called("--plain", "--batches", "30", "--speed", "16", "--log-file", name)
	if status != exitFailed || !strings.Contains(errs, "no space left on device") {
		t.Errorf("exit status %d, standard error %q", status, errs)
	}
	if n := strings.Count(errs, "no space left on device: the log ends here, and the run goes on\n"); n != 1 {
		t.Errorf("it is said %d times in\n%s", n, errs)
	}
}

func TestEventsThatTheLogLosesAreToldOnce(t *testing.T) {
	backlog := event.NewBacklog()
	var told []string
	w := &countedBacklog{Backlog: backlog, tell: func(mark, line string) { told = append(told, mark+": "+line) }}
	overflow := func(events int) {
		for range events {
			backlog.Observe(&event.Event{Kind: event.BatchStarted})
		}
		_, _ = w.Drain(nil)
	}
	overflow(event.MaxBacklog)
	if told != nil {
		t.Errorf("nothing was lost, and %q is told", told)
	}
	overflow(event.MaxBacklog + 3)
	overflow(event.MaxBacklog + 5)
	if want := []string{"LOG GAPS: it takes too few events; 3 are not in it so far"}; !slices.Equal(told, want) {
		t.Errorf("told is %q, not %q", told, want)
	}
}

func TestALogFileIsTheSameAtEverySpeed(t *testing.T) {
	t.Parallel()
	logAt := func(speed string) string {
		name := filepath.Join(t.TempDir(), "events")
		if status, _, errs := called("--plain", "--batches", "12", "--fault", "S3:crash@2-6", "--speed", speed, "--log-file", name); status != exitOK {
			t.Fatalf("exit status %d: %s", status, errs)
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	slow, fast := logAt("16"), logAt("64")
	if slow != fast {
		t.Error("the logs differ")
	}
	if begin := `{"format":"resiltui-events","version":1,"program":"resiltui ` + version + `",`; !strings.HasPrefix(slow, begin) {
		t.Errorf("it begins with %.100s", slow)
	}
}

// marked is who is told of the log.
type marked struct {
	undisturbed
	told chan string
}

func (m marked) LogFault(mark, line string) { m.told <- mark + ": " + line }

func TestALogThatWaitsIsToldUntilItGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		pauses := make(chan time.Duration, 2)
		pauses <- terminal.StopTime - time.Millisecond
		pauses <- time.Minute
		file := &slowFile{pause: func() { time.Sleep(<-pauses) }}
		l, err := openLog("pipe", func(string) (io.WriteCloser, error) { return file, nil })
		if err != nil {
			t.Fatal(err)
		}
		to := marked{undisturbed{t}, make(chan string, 10)}
		backlog := event.NewBacklog()
		l.follow(backlog, to)
		began := time.Now()
		for range 2 {
			backlog.Observe(&event.Event{})
			time.Sleep(terminal.StopTime)
		}
		synctest.Wait()
		if got, want := <-to.told, "LOG WAITS: --log-file pipe: it has taken nothing for 2s; the run goes on"; got != want {
			t.Errorf("first %q is told, not %q", got, want)
		}
		if got, want := <-to.told, ": --log-file pipe: it takes events again"; got != want {
			t.Errorf("then %q is told, not %q", got, want)
		}
		if took := time.Since(began); took < time.Minute {
			t.Errorf("that was after %v", took)
		}
		close(pauses)
		if err := l.stop(); err != nil || len(to.told) > 0 {
			t.Errorf("in the end %v, and %d more are told", err, len(to.told))
		}
	})
}
