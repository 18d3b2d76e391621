//go:build unix

package notify

import (
	"context"
	"os"
	"os/exec"
	"syscall"
)

// shell is a line for sh in a process group of its own, so that what it starts
// can be ended with it, and so that ctrl+c in the terminal is not for it. The group
// has a guard until it is released, which is when the command has ended.
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

// guardedGroup is a process group that is killed when this program dies, by whatever:
// its leader waits for the end of a pipe that nobody else holds. Released, the leader
// alone ends, and what the command left running on purpose stays.
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

// pipe is a pipe, the end to hold first.
func pipe() (ours, theirs *os.File, err error) {
	theirs, ours, err = os.Pipe()
	return ours, theirs, err
}
