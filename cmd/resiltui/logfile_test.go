package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"resiltui/internal/engine/event"
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
	var told []uint64
	w := &onItsWay{Backlog: backlog, gap: func(lost uint64) { told = append(told, lost) }}
	overflow := func(events int) {
		for range events {
			backlog.Fold(&event.Event{Kind: event.BatchStarted})
		}
		_, _ = w.Drain(nil)
	}
	overflow(event.MaxBacklog)
	if told != nil {
		t.Errorf("nothing was lost, and %d are told", told)
	}
	overflow(event.MaxBacklog + 3)
	overflow(event.MaxBacklog + 5)
	if len(told) != 1 || told[0] != 3 {
		t.Errorf("told are %d, not 3 once", told)
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
