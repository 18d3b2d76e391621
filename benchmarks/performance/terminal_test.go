package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// What a benchmark of package testing sees is the time and the heap of its own process. A
// dashboard is more: a process that paints, in a terminal that answers, watched for some
// time. Its CPU, its resident memory and what it writes are looked at here, from outside,
// and reported as figures of a benchmark.

// The marks of a frame in a terminal that knows synchronized output (mode
// 2026): what a program asks, what the terminal answers, how a frame ends.
const (
	askSync    = "\x1b[?2026$p"
	answerSync = "\x1b[?2026;2$y"
	endOfFrame = "\x1b[?2026l"
)

// terminal is a pseudo-terminal of 140×50 with a program in it.
type terminal struct {
	master *os.File
	cmd    *exec.Cmd
	mark   string        // what the first frame holds
	shown  chan struct{} // closed at the first frame
	done   chan struct{} // closed when the program has ended

	mu     sync.Mutex
	bytes  int
	frames int
	tail   []byte // the end of what came, where a mark may have been cut
}

// open starts a program in a terminal and waits for its first frame.
func open(b *testing.B, cmd *exec.Cmd, mark string) *terminal {
	b.Helper()
	t := &terminal{cmd: cmd, mark: mark, shown: make(chan struct{}), done: make(chan struct{})}
	env := slices.DeleteFunc(cmd.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "NO_COLOR=") || strings.HasPrefix(v, "TMUX=")
	})
	cmd.Env = append(env, "TERM=xterm-256color", "COLORTERM=truecolor")
	var err error
	if t.master, err = pty.StartWithSize(cmd, &pty.Winsize{Cols: 140, Rows: 50}); err != nil {
		b.Fatal(err)
	}
	go t.listen()
	select {
	case <-t.shown:
	case <-t.done:
		b.Fatal("the program ended before its first frame")
	case <-time.After(20 * time.Second):
		t.close()
		b.Fatal("no frame within 20 s")
	}
	return t
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
	if t.mark != "" && bytes.Contains(all, []byte(t.mark)) {
		t.mark = ""
		close(t.shown)
	}
	cut := max(0, len(all)-len(endOfFrame)+1)
	if i := bytes.LastIndex(all, []byte(endOfFrame)); i >= 0 {
		cut = max(cut, i+len(endOfFrame))
	}
	t.tail = append([]byte(nil), all[cut:]...)
}

func (t *terminal) counts() (bytes, frames int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.bytes, t.frames
}

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

// usage is what a program did for some time.
type usage struct {
	cpu           time.Duration
	bytes, frames int
}

// watch starts a program, types keys, gives it time to settle, and watches it.
func watch(b *testing.B, d time.Duration, cmd *exec.Cmd, mark string, keys ...string) usage {
	t := open(b, cmd, mark)
	defer t.close()
	time.Sleep(min(d, time.Second))
	for _, key := range keys {
		_, _ = t.master.WriteString(key)
	}
	time.Sleep(min(d, 2*time.Second))
	before := t.used(b)
	time.Sleep(d)
	after := t.used(b)
	return usage{cpu: after.cpu - before.cpu, bytes: after.bytes - before.bytes, frames: after.frames - before.frames}
}

// used is what the program has done so far.
func (t *terminal) used(b *testing.B) (u usage) {
	u.bytes, u.frames = t.counts()
	var err error
	if u.cpu, err = t.cpu(); err != nil {
		b.Fatal(err)
	}
	return u
}
