//go:build unix

package main

import (
	"bytes"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// patience is how long a test waits for something that should come soon; it is
// only ever used up by a test that fails.
const patience = 30 * time.Second

// pseudoTerminal is a pseudo-terminal with the program in it.
type pseudoTerminal struct {
	t           *testing.T
	master, tty *os.File
	cmd         *exec.Cmd
	before      *term.State
	started     time.Time
	ended       chan error
	exited      bool
	closed      bool

	flow sync.Mutex // held while the terminal does not read
	mu   sync.Mutex
	out  bytes.Buffer
	news chan struct{} // something was written; holds one
	read chan struct{} // closed when nothing more can come
}

// inTerminal starts the test binary as one of programs in a terminal of 140 ×
// 45. It skips the test where there are no pseudo-terminals.
func inTerminal(t *testing.T, what string, env []string, args ...string) *pseudoTerminal {
	t.Helper()
	return inTerminalWith(t, nil, what, env, args...)
}

// inTerminalWith is inTerminal with standard error in a file, if it is not nil.
func inTerminalWith(t *testing.T, errs *os.File, what string, env []string, args ...string) *pseudoTerminal {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(append(cleanEnv(), asProgram+"="+what), env...)
	return commandInTerminal(t, errs, cmd)
}

// commandInTerminal starts a command like inTerminalWith.
func commandInTerminal(t *testing.T, errs *os.File, cmd *exec.Cmd) *pseudoTerminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal can be had: %v", err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Cols: 140, Rows: 45}); err != nil {
		t.Fatal(err)
	}
	p := &pseudoTerminal{
		t: t, master: master, tty: tty, cmd: cmd,
		ended: make(chan error, 1), news: make(chan struct{}, 1), read: make(chan struct{}),
	}
	if p.before, err = term.GetState(tty.Fd()); err != nil {
		t.Fatal(err)
	}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = tty, tty, tty
	if errs != nil {
		p.cmd.Stderr = errs
	}
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	p.started = time.Now()
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go p.listen()
	go func() { p.ended <- p.cmd.Wait() }()
	t.Cleanup(p.close)
	return p
}

// cleanEnv is the environment without what changes how things look.
func cleanEnv() []string {
	env := []string{"TERM=xterm-256color", "COLORTERM=truecolor", "LC_ALL=C.UTF-8"}
	for _, e := range os.Environ() {
		switch name, _, _ := strings.Cut(e, "="); name {
		case "TERM", "COLORTERM", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TMUX", "STY", "LC_ALL", "COLORFGBG":
		default:
			env = append(env, e)
		}
	}
	return env
}

func (p *pseudoTerminal) listen() {
	defer close(p.read)
	buf := make([]byte, 1<<16)
	for {
		p.flow.Lock()
		//lint:ignore SA2001 it only waits while the terminal does not read
		p.flow.Unlock()
		n, err := p.master.Read(buf)
		p.mu.Lock()
		p.out.Write(buf[:n])
		p.mu.Unlock()
		select {
		case p.news <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// close ends what is left of the program, and waits for all of it. A second time it
// does nothing.
func (p *pseudoTerminal) close() {
	if p.closed {
		return
	}
	p.closed = true
	if !p.exited {
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
	_ = p.tty.Close() // the master reads its end now
	<-p.read
	_ = p.master.Close()
}

// written is everything that was written to the terminal so far.
func (p *pseudoTerminal) written() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.out.String()
}

// await waits until something is true, and looks again whenever something was
// written, and now and then.
func (p *pseudoTerminal) await(what string, is func() bool) {
	p.t.Helper()
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !is() {
		select {
		case <-p.news:
		case <-again.C:
		case <-deadline.C:
			p.t.Fatalf("no %s within %v; written was:\n%s", what, patience, ansi.Strip(p.written()))
		}
	}
}

// drained waits until all that the program wrote, which has ended, was read.
func (p *pseudoTerminal) drained() {
	p.t.Helper()
	const last = "that was all"
	if _, err := p.tty.WriteString(last); err != nil {
		p.t.Fatal(err)
	}
	p.await("end of what was written", func() bool { return strings.HasSuffix(p.written(), last) })
}

// awaitText waits for a text that is written in one piece.
func (p *pseudoTerminal) awaitText(text string) {
	p.t.Helper()
	p.await(text, func() bool { return strings.Contains(ansi.Strip(p.written()), text) })
}

// firstFrame waits for the first picture, and says how long it took.
func (p *pseudoTerminal) firstFrame() time.Duration {
	p.t.Helper()
	p.awaitText("[1 Overview]")
	return time.Since(p.started)
}

func (p *pseudoTerminal) press(keys string) {
	p.t.Helper()
	if _, err := p.master.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

func (p *pseudoTerminal) signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// status waits for the program's end.
func (p *pseudoTerminal) status() int {
	p.t.Helper()
	select {
	case <-p.ended:
		p.exited = true
	case <-time.After(patience):
		p.t.Fatalf("the program has not ended after %v", patience)
	}
	return p.cmd.ProcessState.ExitCode()
}

// givenBack fails unless the terminal is as it was before: the normal screen,
// the cursor shown, no mouse, no bracketed paste, no half of a picture that it waits
// for the rest of, no title, and the same modes.
func (p *pseudoTerminal) givenBack() {
	p.t.Helper()
	p.left()
	p.sameMode()
}

// left fails unless the full screen was left, and all that was switched on for it.
func (p *pseudoTerminal) left() {
	p.t.Helper()
	p.await("end of the other screen", func() bool {
		out := p.written()
		return strings.LastIndex(out, "\x1b[?1049l") > strings.LastIndex(out, "\x1b[?1049h")
	})
	for _, mode := range []string{"1049", "1002", "1006", "2004", "2026", "2027"} {
		on, off := "\x1b[?"+mode+"h", "\x1b[?"+mode+"l"
		if out := p.written(); strings.LastIndex(out, on) > strings.LastIndex(out, off) {
			p.t.Errorf("mode %s is still on", mode)
		}
	}
	if out := p.written(); strings.LastIndex(out, "\x1b[?25l") > strings.LastIndex(out, "\x1b[?25h") {
		p.t.Error("the cursor is hidden")
	}
	if out := p.written(); strings.LastIndex(out, "\x1b]2;resiltui") > strings.LastIndex(out, ansi.SetWindowTitle("")) {
		p.t.Error("the window still has the title")
	}
}

// sameMode fails unless the terminal is in the mode that it was in before.
func (p *pseudoTerminal) sameMode() {
	p.t.Helper()
	after, err := term.GetState(p.tty.Fd())
	if err != nil {
		p.t.Fatal(err)
	}
	if !reflect.DeepEqual(p.before, after) {
		p.t.Errorf("the terminal's modes are\n%+v, before they were\n%+v", after, p.before)
	}
}

// afterwards is everything that was written to the normal screen after the
// program; goodbye is what can be read of it.
func (p *pseudoTerminal) afterwards() string {
	out := p.written()
	return out[max(strings.LastIndex(out, "\x1b[?1049l"), 0):]
}

func (p *pseudoTerminal) goodbye() string { return ansi.Strip(p.afterwards()) }
