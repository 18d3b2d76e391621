package notify

import (
	"context"
	"os/exec"
	"syscall"

	"resiltui/internal/guard"
)

// shell is a command that runs line with cmd. It passes the line unchanged,
// because cmd has quoting rules of its own.
func shell(ctx context.Context, line string) (cmd *exec.Cmd, release func(), err error) {
	cmd = exec.CommandContext(ctx, "cmd")
	group, err := guard.NewGroup(cmd)
	if err != nil {
		return nil, nil, err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: "cmd /C " + line}
	return cmd, group.Release, nil
}
