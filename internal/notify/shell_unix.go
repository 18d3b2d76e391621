//go:build unix

package notify

import (
	"context"
	"os/exec"
	"syscall"

	"resiltui/internal/guard"
)

// shell is a command that runs line with sh in the process group of a guard, which
// kills the group when this program dies. So all its processes can be killed together,
// and ctrl+c in the terminal does not reach them. release ends the guard when the
// command has ended; processes that the command left running on purpose stay.
func shell(ctx context.Context, line string) (cmd *exec.Cmd, release func(), err error) {
	g, err := guard.Start("read -r never; kill -KILL 0", nil)
	if err != nil {
		return nil, nil, err
	}
	cmd = exec.CommandContext(ctx, "sh", "-c", line)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pgid: g.Group()}
	cmd.Cancel = func() error { return syscall.Kill(-g.Group(), syscall.SIGKILL) }
	return cmd, g.Release, nil
}
