//go:build unix

package notify

import (
	"context"
	"os"
	"os/exec"
	"syscall"
)

// shell is a command that runs line with sh in a process group of its own. So all its
// processes can be killed together, and ctrl+c in the terminal does not reach them. A
// guard protects the group until it is released, when the command has ended.
func shell(ctx context.Context, line string) (cmd *exec.Cmd, release func(), err error) {
	group, release, err := guardedGroup()
	if err != nil {
		return nil, nil, err
	}
	cmd = exec.CommandContext(ctx, "sh", "-c", line)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pgid: group}
	cmd.Cancel = func() error { return syscall.Kill(-group, syscall.SIGKILL) }
	return cmd, release, nil
}

// guardedGroup makes a process group that is killed when this program dies for any
// reason: the leader of the group waits for the end of a pipe that only this program
// holds. release ends the leader alone; processes that the command left running on
// purpose stay.
func guardedGroup() (group int, release func(), err error) {
	ours, theirs, err := pipe()
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = theirs.Close() }()
	guard := exec.CommandContext(context.Background(), "sh", "-c", "trap '' HUP INT TERM; read -r never; kill -KILL 0")
	guard.Stdin = theirs
	guard.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := guard.Start(); err != nil {
		_ = ours.Close()
		return 0, nil, err
	}
	return guard.Process.Pid, func() {
		_ = guard.Process.Kill()
		_ = guard.Wait()
		_ = ours.Close()
	}, nil
}

// pipe makes a pipe. This program holds the end ours.
func pipe() (ours, theirs *os.File, err error) {
	theirs, ours, err = os.Pipe()
	return ours, theirs, err
}
