package main

import (
	"os"
	"regexp"
	"strings"
	"testing"
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
	status, out, errs := called("--plain", "--batches", "30", "--speed", "16", "--log-file", name)
	if status != exitFailed || !strings.Contains(errs, "no space left on device") {
		t.Errorf("exit status %d, standard error %q", status, errs)
	}
	if n := strings.Count(out, "no space left on device: the log ends here, and the run goes on\n"); n != 1 {
		t.Errorf("it is said %d times in\n%s", n, out)
	}
	if !regexp.MustCompile(`(?s)no space left.* batch 30: the run has ended`).MatchString(out) {
		t.Errorf("it is not said before the end in\n%s", out)
	}
}
