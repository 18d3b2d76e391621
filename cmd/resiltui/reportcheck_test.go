package main

import (
	"bytes"
	"strings"
	"testing"
)

// With a limit that no attempt meets, readLocalFile is retried, since its list names
// timeouts: what the report verifies does not hold.
func TestACheckThatDoesNotHoldIsExitStatusOne(t *testing.T) {
	var stdout, stderr bytes.Buffer
	status := run([]string{"report", "retry", "--set", "policy.timeout=1ms"}, strings.NewReader(""), &stdout, &stderr)
	if status != exitFailed || !strings.Contains(stderr.String(), "readLocalFile was never retried") {
		t.Errorf("exit status %d: %s", status, stderr.String())
	}
}
