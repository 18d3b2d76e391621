//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"resiltui/internal/terminal"
)

func TestAPanicInAnyPartGivesTheTerminalBack(t *testing.T) {
	for _, c := range []struct{ part, says string }{
		{"Update", "the screen panicked: Update is broken"},
		{"View", "the screen panicked: View is broken"},
		{"Cmd", "the screen panicked: Cmd is broken"},
		{"Batch", "the screen panicked: Batch is broken"},
		{"Sequence", "the screen panicked: Sequence is broken"},
		{"observer", "the engine panicked: the observer is broken"},
		{"log", "the log panicked: the log is broken"},
	} {
		t.Run(c.part, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			p := inTerminal(t, "broken-"+c.part, []string{"TMPDIR=" + dir})
			p.firstFrame()
			if c.part != "observer" && c.part != "log" {
				p.press("x")
			}
			if got := p.status(); got != exitFailed {
				t.Errorf("exit status %d, not %d", got, exitFailed)
			}
			p.givenBack()
			p.awaitText(c.says)
			p.await("end of the line", func() bool { return strings.HasSuffix(p.goodbye(), "\n") })
			p.onlySays(c.says)
			stacks, _ := filepath.Glob(filepath.Join(dir, "resiltui-panic-*.txt"))
			if len(stacks) != 1 {
				t.Fatalf("%d files with a stack, not 1", len(stacks))
			}
			if !strings.Contains(p.goodbye(), stacks[0]) {
				t.Errorf("the message does not name %s: %q", stacks[0], p.goodbye())
			}
			stack, err := os.ReadFile(stacks[0])
			if err != nil || !bytes.Contains(stack, []byte("broken_parts_test.go")) {
				t.Errorf("the stack does not show the culprit (%v):\n%s", err, stack)
			}
		})
	}
}

// onlySays fails unless the normal screen holds one message with a text, and no
// dump.
func (p *pseudoTerminal) onlySays(text string) {
	p.t.Helper()
	left := p.goodbye()
	if n := strings.Count(left, text); n != 1 {
		p.t.Errorf("%q is said %d times: %q", text, n, left)
	}
	if n := strings.Count(strings.TrimSpace(left), "\n"); n != 0 {
		p.t.Errorf("%d lines more than one: %q", n, left)
	}
	if strings.Contains(p.written(), "goroutine ") {
		p.t.Errorf("a dump of goroutines was written: %q", left)
	}
}

func TestAClosedTerminalEndsTheProgram(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "errors")
	errs, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer errs.Close()
	p := inTerminalWith(t, errs, "resiltui", nil, "--speed", "16")
	p.firstFrame()
	p.hangUp()
	if got := p.status(); got != terminal.ExitHangup {
		t.Errorf("exit status %d, not %d", got, terminal.ExitHangup)
	}
	if said, _ := os.ReadFile(name); len(said) > 0 {
		t.Errorf("it says %q", said)
	}
}

// hangUp closes the master's side, as a window that is closed does. The test
// keeps the other end open, so nothing but the hang-up itself is felt.
func (p *pseudoTerminal) hangUp() {
	p.t.Helper()
	// A read that waits would keep the master open.
	if err := p.master.SetReadDeadline(time.Now()); err != nil {
		p.t.Skipf("a pseudo-terminal cannot be closed while it is read: %v", err)
	}
	<-p.read
	if err := p.master.Close(); err != nil {
		p.t.Fatal(err)
	}
}

func TestATerminalThatStopsReadingDoesNotStopTheEngine(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "--speed", "64", "--interval", "50ms", "--log-file", name)
	p.firstFrame()
	p.flow.Lock()
	from := lastBatch(t, name)
	p.await("thousand batches more", func() bool { return lastBatch(t, name) > from+1000 })

	sent := time.Now()
	p.signal(syscall.SIGTERM)
	got := p.status()
	took := time.Since(sent)
	if got != exitFailed {
		t.Errorf("exit status %d, not %d: the terminal was read after all", got, exitFailed)
	}
	if took > 2*terminal.StopTime {
		t.Errorf("it took %v to end", took)
	}
	p.sameMode()
	p.flow.Unlock() // what comes when the terminal reads again
	if _, isLinux := os.Stat("/proc/self/stat"); isLinux == nil {
		p.await("end of the other screen", func() bool { return strings.Contains(p.written(), "\x1b[?1049l") })
	}
}

// lastBatch is the newest batch in a log.
func lastBatch(t *testing.T, name string) (batch int) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	end := make([]byte, 1<<13)
	size, _ := f.Seek(0, 2)
	n, _ := f.ReadAt(end, max(0, size-int64(len(end))))
	found := regexp.MustCompile(`"batch":(\d+)`).FindAllSubmatch(end[:n], -1)
	if len(found) > 0 {
		_, _ = fmt.Sscan(string(found[len(found)-1][1]), &batch)
	}
	return batch
}

func TestQuittingDoesNotWaitForATerminalThatDoesNotRead(t *testing.T) {
	for _, keys := range []string{"q", "\x1b\x1b\x1bq", "\x03"} {
		t.Run(fmt.Sprintf("%q", keys), func(t *testing.T) {
			t.Parallel()
			name := filepath.Join(t.TempDir(), "events")
			p := inTerminal(t, "resiltui", nil, "--speed", "64", "--interval", "50ms", "--log-file", name)
			p.firstFrame()
			p.press("\x1b[?2026;2$y\x1b[?2027;2$y") // what a terminal answers that has both modes
			p.await("pictures that come whole", func() bool { return strings.Contains(p.written(), ansi.SetModeSynchronizedOutput) })
			p.flow.Lock()
			from := lastBatch(t, name)
			p.await("thousand batches more", func() bool { return lastBatch(t, name) > from+1000 })
			pressed := time.Now()
			p.press(keys)
			got := p.status()
			if took := time.Since(pressed); took > 2*terminal.StopTime {
				t.Errorf("it took %v to end", took)
			}
			if got != exitFailed {
				t.Errorf("exit status %d, not %d: the terminal was read after all", got, exitFailed)
			}
			p.sameMode()
			p.flow.Unlock()
			if _, isLinux := os.Stat("/proc/self/stat"); isLinux == nil {
				p.givenBack()
			}
		})
	}
}

func TestCtrlZDoesNotWaitForATerminalThatDoesNotRead(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("nobody says here whether a process is stopped")
	}
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "shell", nil, "--speed", "64", "--interval", "50ms", "--log-file", name)
	p.firstFrame()
	job := p.job()
	p.flow.Lock()
	from := lastBatch(t, name)
	p.await("thousand batches more", func() bool { return lastBatch(t, name) > from+1000 })
	p.press("\x1a")
	p.awaitStop(job)
	p.flow.Unlock()
	p.awaitText("stopped, mode restored: true")
	drawn := len(p.written())
	p.press("fg\n")
	p.await("a new picture", func() bool {
		out := p.written()[drawn:]
		return strings.Contains(out, "\x1b[?1049h") && strings.Contains(ansi.Strip(out), "[1 Overview]")
	})
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
}

// awaitStop waits until a process is stopped.
func (p *pseudoTerminal) awaitStop(pid int) {
	p.t.Helper()
	p.await("stop", func() bool {
		state, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		return strings.Contains(string(state), ") T ")
	})
}

func TestATerminalThatReadsAgainFindsTheProgramAtWork(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "--speed", "64", "--interval", "50ms", "--log-file", name)
	p.firstFrame()
	p.flow.Lock()
	from := lastBatch(t, name)
	p.await("five hundred batches more", func() bool { return lastBatch(t, name) > from+500 })
	p.flow.Unlock()
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
	p.awaitText("again: resiltui pipeline --seed 42")
}

func TestAFullDiskUnderTheLogStaysInTheHeader(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil, "--speed", "8", "--log-file", onFullDisk(t))
	p.firstFrame()
	p.awaitText("LOG ENDED")
	p.press("Q") // leaves the last screen behind
	if got := p.status(); got != exitFailed {
		t.Errorf("exit status %d, not %d", got, exitFailed)
	}
	p.givenBack()
	p.awaitText("no space left on device")
	if left := p.goodbye(); !strings.Contains(left, "LOG ENDED") {
		t.Errorf("the mark is not in the last screen:\n%s", left)
	}
}

func TestAStormOfResizesLeavesTheLastSize(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil)
	p.firstFrame()
	p.press(" ")
	p.awaitText("PAUSED") // so that nothing is drawn but for the storm
	pace := time.NewTicker(time.Millisecond)
	defer pace.Stop()
	sizes := 1000
	if testing.Short() {
		sizes = 300
	}
	for i := range sizes {
		size := pty.Winsize{Cols: uint16(1 + i*37%250), Rows: uint16(1 + i*17%90)}
		if i == sizes-1 {
			size = pty.Winsize{Cols: 137, Rows: 41}
		}
		if err := pty.Setsize(p.master, &size); err != nil {
			t.Fatal(err)
		}
		<-pace.C
	}
	// The key must not overtake the last of the sizes: until nothing more is drawn.
	drawn, same := 0, 0
	p.await("the last size", func() bool {
		if n := len(p.written()); n != drawn {
			drawn, same = n, 0
		}
		same++
		return same > 30
	})
	p.press("Q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
	p.awaitText("again: resiltui")
	// Q leaves the last screen behind, line by line.
	screen, _, _ := strings.Cut(p.goodbye(), "again: resiltui")
	lines := strings.Split(strings.ReplaceAll(screen, "\r", ""), "\n")
	wide := 0
	for _, line := range lines {
		wide = max(wide, ansi.StringWidth(line))
	}
	if wide != 137 {
		t.Errorf("the last screen is %d wide, not 137", wide)
	}
	if len(lines) < 41 {
		t.Errorf("the last screen has %d lines, fewer than 41", len(lines))
	}
}

func TestAStoppedProgramGivesTheTerminalBackMeanwhile(t *testing.T) {
	const interval = 100 * time.Millisecond
	for _, c := range []struct {
		name string
		stop func(p *pseudoTerminal, job int)
	}{
		{"ctrl+z", func(p *pseudoTerminal, _ int) { p.press("\x1a") }},
		{"SIGTSTP", func(_ *pseudoTerminal, job int) { _ = syscall.Kill(job, syscall.SIGTSTP) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			name := filepath.Join(t.TempDir(), "events")
			p := inTerminal(t, "shell", nil, "--interval", interval.String(), "--log-file", name)
			p.firstFrame()
			job := p.job()
			for range 2 { // the second time must be as the first
				before := strings.Count(p.written(), "stopped, mode restored: true")
				c.stop(p, job)
				p.await("stop", func() bool {
					return strings.Count(p.written(), "stopped, mode restored: true") > before
				})
				if out := p.written(); strings.LastIndex(out, "\x1b[?1049l") < strings.LastIndex(out, "\x1b[?1049h") {
					t.Error("the other screen was not left")
				}
				atStop := lastBatch(t, name)
				// Six batches' time, in which a simulation that races to catch up
				// would fall behind.
				asleep := time.NewTimer(6 * interval)
				<-asleep.C
				drawn := len(p.written())
				woken := time.Now()
				p.press("fg\n")
				p.awaitContinued(-job, "a new picture", func() bool {
					out := p.written()[drawn:]
					return strings.Contains(out, "\x1b[?1049h") && strings.Contains(ansi.Strip(out), "[1 Overview]")
				})
				// On a machine that is slow to draw, batches go by until then.
				if now := lastBatch(t, name); now > atStop+2+int(time.Since(woken)/interval) {
					t.Errorf("time has raced: %d batches while the program was stopped after %d", now-atStop, atStop)
				}
			}
			p.press("q")
			if got := p.status(); got != exitOK {
				t.Errorf("exit status %d", got)
				if _, race, found := strings.Cut(p.written(), "DATA RACE"); found {
					t.Error(ansi.Strip(race))
				}
			}
			p.givenBack()
		})
	}
}

// awaitContinued waits for what a process (or its group, if the number is negative)
// does after it was continued. Under load, the thread that stopped the process was
// seen to sleep on until the next signal, in the middle of a function that waits for
// nothing. So the test continues it once more after a while.
func (p *pseudoTerminal) awaitContinued(pid int, what string, done func() bool) {
	p.t.Helper()
	sent := time.Now()
	p.await(what, func() bool {
		if time.Since(sent) > 2*time.Second {
			_ = syscall.Kill(pid, syscall.SIGCONT)
			sent = time.Now()
		}
		return done()
	})
}

// job is the process that the shell started.
func (p *pseudoTerminal) job() (pid int) {
	p.t.Helper()
	m := regexp.MustCompile(`job (\d+)`).FindStringSubmatch(p.written())
	if m == nil {
		p.t.Fatal("the shell names no job")
	}
	_, _ = fmt.Sscan(m[1], &pid)
	return pid
}

func TestWithoutAShellCtrlZDoesNotHang(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil) // the leader of its session: nobody could continue it
	p.firstFrame()
	p.press("\x1a")
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
}

func TestAProgramThatIsKilledStillGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil)
	p.firstFrame()
	p.signal(syscall.SIGKILL)
	p.status()
	p.await("keys that make lines and signals again", func() bool {
		const lines = syscall.ISIG | syscall.ICANON | syscall.ECHO
		mode, err := term.GetState(p.tty.Fd())
		return err == nil && uint64(mode.Lflag)&lines == lines
	})
	p.left()
}

func TestAfterAStopItWasNotToldOfTheScreenIsDrawnAnew(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil)
	p.firstFrame()
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("nobody says here whether a process is stopped")
	}
	p.signal(syscall.SIGSTOP)
	p.awaitStop(p.cmd.Process.Pid)
	if err := term.Restore(p.tty.Fd(), p.before); err != nil { // as a shell does
		t.Fatal(err)
	}
	drawn := len(p.written())
	p.signal(syscall.SIGCONT)
	p.awaitContinued(p.cmd.Process.Pid, "new picture", func() bool {
		return strings.Contains(ansi.Strip(p.written()[drawn:]), "[1 Overview]")
	})
	p.press("q") // without a line's end, so the mode is right again
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
}
