//go:build unix

package notify

import (
	"context"
	"os/exec"
	"syscall"
)

// shell is a line for sh in a process group of its own, so that what it starts
// can be ended with it, and so that ctrl+c in the terminal is not for it.
func shell(ctx context.Context, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", line)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}
