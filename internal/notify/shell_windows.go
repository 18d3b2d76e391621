package notify

import (
	"context"
	"os/exec"
	"strconv"
	"syscall"
)

// shell is a command that runs line with cmd. It passes the line unchanged,
// because cmd has quoting rules of its own.
func shell(ctx context.Context, line string) (cmd *exec.Cmd, release func(), err error) {
	cmd = exec.CommandContext(ctx, "cmd")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: "cmd /C " + line}
	cmd.Cancel = func() error {
		// taskkill also ends the processes that the command started.
		kill := exec.CommandContext(context.Background(), "taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid))
		if kill.Run() == nil {
			return nil
		}
		return cmd.Process.Kill()
	}
	return cmd, func() {}, nil
}
