package notify

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

	"resiltui/internal/guard"
	"resiltui/internal/words"
)

// waitDelay is how long processes that a command left running may keep its standard
// error open after the command has ended.
const waitDelay = 200 * time.Millisecond

// maxSaid is how much of a command's output is shown, in characters.
const maxSaid = 200

// runShell runs a shell command line and returns the first line of its standard
// error. When ctx ends, the command is killed with all processes that it started;
// on Unix also when this program is killed.
func runShell(ctx context.Context, line string, environment []string) (said string, err error) {
	cmd, release, err := shell(ctx, line)
	if err != nil {
		return "", err
	}
	defer release()
	cmd.Env = append(os.Environ(), environment...)
	cmd.WaitDelay = waitDelay
	errs := &guard.Head{Most: 1 << 10}
	cmd.Stderr = errs
	err = cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // the command left a process running on purpose
	}
	return firstLine(errs), err
}

// firstLine is the first line of what a command said.
func firstLine(h *guard.Head) string {
	text, _ := h.Text()
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return words.Clean(first, maxSaid)
}
