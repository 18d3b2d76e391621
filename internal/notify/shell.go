package notify

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"strings"
	"time"

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
	errs := &head{}
	cmd.Stderr = errs
	err = cmd.Run()
	if errors.Is(err, exec.ErrWaitDelay) {
		err = nil // the command left a process running on purpose
	}
	return errs.line(), err
}

// head keeps the beginning of what is written to it and drops the rest. It needs no
// lock: os/exec writes from one goroutine, which has ended, or is no longer waited
// for, when line is called.
type head struct{ text bytes.Buffer }

// Write never fails.
func (h *head) Write(p []byte) (int, error) {
	const enough = 1 << 10
	if room := enough - h.text.Len(); room > 0 {
		h.text.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

func (h *head) line() string {
	first, _, _ := strings.Cut(strings.TrimSpace(h.text.String()), "\n")
	return words.Clean(first, maxSaid)
}
