package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
)

// The marks of a frame in a terminal that knows synchronized output (mode
// 2026): what a program asks, what the terminal answers, how a frame ends.
const (
	askSync    = "\x1b[?2026$p"
	answerSync = "\x1b[?2026;2$y"
	endOfFrame = "\x1b[?2026l"
)

// build makes the program as it is shipped.
func (e *effort) build() error {
	file, err := os.CreateTemp("", "resiltui-")
	if err != nil {
		return err
	}
	_ = file.Close()
	e.binary = file.Name()
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", e.binary, "./cmd/resiltui")
	cmd.Dir, cmd.Env = e.dir, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the program: %w: %s", err, out)
	}
	return nil
}

// terminal is a pseudo-terminal of 140×50 with a program in it.
type terminal struct {
	master *os.File
	cmd    *exec.Cmd
	role   string
	start  time.Time
	done   chan struct{}

	mu     sync.Mutex
	bytes  int
	frames int
	tail   []byte // the end of what came, where a mark may have been cut
	first  time.Duration
}

// open starts a program in a terminal. role is what this program is to play, or
// empty for another one.
func open(role, program string, args ...string) (*terminal, error) {
	t := &terminal{role: role, cmd: exec.Command(program, args...), done: make(chan struct{}), start: time.Now()}
	for _, v := range os.Environ() {
		if name, _, _ := strings.Cut(v, "="); name != "NO_COLOR" && name != "TMUX" {
			t.cmd.Env = append(t.cmd.Env, v)
		}
	}
	t.cmd.Env = append(t.cmd.Env, "TERM=xterm-256color", "COLORTERM=truecolor", asRole+"="+role)
	var err error
	if t.master, err = pty.StartWithSize(t.cmd, &pty.Winsize{Cols: 140, Rows: 50}); err != nil {
		return nil, err
	}
	go t.listen()
	return t, nil
}

func (t *terminal) listen() {
	defer close(t.done)
	buf := make([]byte, 1<<16)
	for {
		n, err := t.master.Read(buf)
		if n > 0 {
			t.take(buf[:n])
		}
		if err != nil {
			return
		}
	}
}

// take counts what was written, and answers the question that it may hold.
func (t *terminal) take(p []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes += len(p)
	all := append(t.tail, p...)
	if bytes.Contains(all, []byte(askSync)) {
		_, _ = t.master.WriteString(answerSync)
		all = bytes.ReplaceAll(all, []byte(askSync), nil)
	}
	t.frames += bytes.Count(all, []byte(endOfFrame))
	// The sensors' names come with the first frame.
	if t.first == 0 && bytes.Contains(all, []byte("boiler")) {
		t.first = time.Since(t.start)
	}
	cut := max(0, len(all)-len(endOfFrame)+1)
	if i := bytes.LastIndex(all, []byte(endOfFrame)); i >= 0 {
		cut = max(cut, i+len(endOfFrame))
	}
	t.tail = append([]byte(nil), all[cut:]...)
}

func (t *terminal) counts() (bytes, frames int, first time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes, t.frames, t.first
}

// press types keys.
func (t *terminal) press(keys string) { _, _ = t.master.WriteString(keys) }

// cpu is what the process has used so far.
func (t *terminal) cpu() (time.Duration, error) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", t.cmd.Process.Pid))
	if err == nil && len(tasks) == 0 {
		err = errors.New("CPU time is read from /proc, which is not there")
	}
	var total time.Duration
	for _, name := range tasks {
		var ns int64
		if text, err := os.ReadFile(name); err == nil { // a thread may have ended
			_, _ = fmt.Sscan(string(text), &ns)
		}
		total += time.Duration(ns)
	}
	return total, err
}

// resident is the memory of a process, in MB (10⁶ bytes).
func resident(pid int) (float64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			var kb float64
			_, err := fmt.Sscan(rest, &kb)
			return kb * 1024 / 1e6, err
		}
	}
	return 0, fmt.Errorf("process %d: no VmRSS", pid)
}

// close ends the program.
func (t *terminal) close() {
	_ = t.cmd.Process.Signal(syscall.SIGTERM)
	timer := time.AfterFunc(5*time.Second, func() { _ = t.cmd.Process.Kill() })
	defer timer.Stop()
	_ = t.cmd.Wait()
	_ = t.master.Close()
	<-t.done
}

// shown waits for the first frame.
func (t *terminal) shown(ctx context.Context) error {
	for {
		if bytes, frames, first := t.counts(); first > 0 || frames > 0 || t.role == "empty" && bytes > 0 {
			return nil
		}
		select {
		case <-t.done:
			return fmt.Errorf("the program ended before its first frame")
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
}

// usage is what a program did for some time.
type usage struct {
	cpu           time.Duration
	bytes, frames int
}

// watch starts a program, waits for its first frame, types keys, gives it a
// second to settle, and watches it.
func watch(d time.Duration, role, keys, program string, args ...string) (u usage, err error) {
	t, err := open(role, program, args...)
	if err != nil {
		return u, err
	}
	defer t.close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := t.shown(ctx); err != nil {
		return u, err
	}
	time.Sleep(min(d, time.Second))
	t.press(keys)
	time.Sleep(min(d, 2*time.Second))
	bytes, frames, _ := t.counts()
	cpu, err := t.cpu()
	if err != nil {
		return u, err
	}
	time.Sleep(d)
	after, err := t.cpu()
	b, f, _ := t.counts()
	return usage{cpu: after - cpu, bytes: b - bytes, frames: f - frames}, err
}

func self() string {
	exe, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return exe
}
