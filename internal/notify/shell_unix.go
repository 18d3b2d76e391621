//go:build unix

package notify

import (
	"context"
	"os/exec"

	"resiltui/internal/guard"
)

// shell is a command that runs line with sh, in a group that is killed with it. release
// follows when the command has ended; processes that it left running on purpose stay.
func shell(ctx context.Context, line string) (cmd *exec.Cmd, release func(), err error) {
	cmd = exec.CommandContext(ctx, "sh", "-c", line)
	group, err := guard.NewGroup(cmd)
	if err != nil {
		return nil, nil, err
	}
	return cmd, group.Release, nil
}
