//go:build unix

package guard

import (
	"os/exec"
	"syscall"
)

// Group is a command with all that it starts, as a process group that ends as a whole. It
// is safe for concurrent use.
type Group struct{ guard *Guard }

// NewGroup puts a command, made by exec.CommandContext and not yet started, into a group
// of its own: the end of its context kills the whole group, and so does the death of this
// program, and what is typed in the terminal does not reach it. End or Release follows when
// the command has ended.
func NewGroup(cmd *exec.Cmd) (*Group, error) {
	g, err := Start("read -r never; kill -KILL 0", nil)
	if err != nil {
		return nil, err
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pgid: g.Group()}
	cmd.Cancel = func() error { return syscall.Kill(-g.Group(), syscall.SIGKILL) }
	return &Group{guard: g}, nil
}

// Release leaves alone what the command left running, as what is started on purpose.
func (g *Group) Release() { g.guard.Release() }

// End kills what the command left running.
func (g *Group) End() {
	// Until Release has waited for the guard, the number is this group's.
	_ = syscall.Kill(-g.guard.Group(), syscall.SIGKILL)
	g.guard.Release()
}
