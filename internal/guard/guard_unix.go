//go:build unix

package guard

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"syscall"
)

// Guard is a running guard. All methods may be called on nil, which is a guard that
// could not be started. It is safe for concurrent use.
type Guard struct {
	shell   *exec.Cmd
	pipe    *os.File
	release sync.Once
}

// Start starts sh with a script, which has args as $1 and so on, writes to out (nil is
// nowhere), and reads from its input the lines of Say. The input ends when the program
// dies. The shell leads a process group of its own, so keys of the terminal and a stop
// of the program do not reach it, and it ignores what closing a terminal sends.
func Start(script string, out *os.File, args ...string) (*Guard, error) {
	theirs, ours, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer func() { _ = theirs.Close() }()
	g := &Guard{pipe: ours}
	args = append([]string{"-c", "trap '' HUP INT QUIT TERM TTOU; " + script, "sh"}, args...)
	g.shell = exec.CommandContext(context.Background(), "sh", args...)
	g.shell.Stdin = theirs
	if out != nil {
		g.shell.Stdout = out
	}
	g.shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := g.shell.Start(); err != nil {
		_ = ours.Close()
		return nil, err
	}
	return g, nil
}

// Group is the number of the guard's process group, 0 for nil.
func (g *Guard) Group() int {
	if g == nil {
		return 0
	}
	return g.shell.Process.Pid
}

// Say sends a line to the script.
func (g *Guard) Say(line string) {
	if g != nil {
		_, _ = g.pipe.WriteString(line + "\n") // a guard that was killed guards nothing
	}
}

// Release ends the guard without its work, and waits for its end. Other processes of
// its group stay. Only the first call does something.
func (g *Guard) Release() {
	if g == nil {
		return
	}
	g.release.Do(func() {
		_ = g.shell.Process.Kill()
		_ = g.shell.Wait()
		_ = g.pipe.Close()
	})
}
