package guard

import (
	"context"
	"os/exec"
	"strconv"
)

// Group is a command with all that it starts.
type Group struct{}

// NewGroup has the end of a command's context kill all that it started. The command is
// made by exec.CommandContext and not yet started.
func NewGroup(cmd *exec.Cmd) (*Group, error) {
	cmd.Cancel = func() error {
		// taskkill also ends the processes that the command started.
		kill := exec.CommandContext(context.Background(), "taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid))
		if kill.Run() == nil {
			return nil
		}
		return cmd.Process.Kill()
	}
	return &Group{}, nil
}

// Release does nothing.
func (*Group) Release() {}

// End does nothing: what a command left running cannot be found once it has ended.
func (*Group) End() {}
