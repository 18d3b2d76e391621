//go:build unix

package exec

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"resiltui/internal/sensors"
)

func opened(t *testing.T, set sensors.Values) sensors.Sensor {
	t.Helper()
	s, err := Kind().Open("", set, sensors.Env{Now: func() time.Duration { return 3 * time.Second }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// script is a command that is a line of the shell.
func script(line string) sensors.Values { return sensors.Values{"exec": {"sh", "-c", line}} }

func TestTheNumberThatACommandPrintsIsTheValue(t *testing.T) {
	for line, want := range map[string]float64{
		"echo 17.5": 17.5, "printf ' \n -3e-9\t\n'": -3e-9, "echo -0": 0, "echo 1764601200123456789": 1764601200123456789,
		"echo 4; echo seen >&2": 4, "echo 5; exit 3": 5,
	} {
		set := script(line)
		set["expect"] = []string{"0,3"}
		got, err := opened(t, set).Read(t.Context(), sensors.Request{})
		if want := (sensors.Reading{Value: want, At: 3 * time.Second}); err != nil || got != want {
			t.Errorf("%s: %+v, %v", line, got, err)
		}
	}
}

func TestNoShellReadsTheArguments(t *testing.T) {
	name := filepath.Join(t.TempDir(), "owned")
	set := sensors.Values{"exec": {"printf", "%.0s7", "$(touch " + name + "); touch " + name}}
	if got, err := opened(t, set).Read(t.Context(), sensors.Request{}); err != nil || got.Value != 7 {
		t.Errorf("%v, %v", got, err)
	}
	if _, err := os.Stat(name); err == nil {
		t.Error("an argument was run")
	}
}

func TestACommandThatFailsSaysWhyInFewWords(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) sensors.Values {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return sensors.Values{"exec": {path}}
	}
	for _, c := range []struct {
		set     sensors.Values
		want    string
		lasting bool
	}{
		{script("exit 2"), "exit status 2", false},
		{script("printf 'no \\033[31mdisk 17 at http://me:hunter2@h/x?key=hunter2\\n second' >&2; exit 1"), "exit status 1: no disk at http://h/x", false},
		{script("kill -SEGV $$"), "signal: segmentation fault", false},
		{script("true"), "command printed nothing, not a number", false},
		{script("echo seventeen"), "command printed a text, not a number", false},
		{script("echo 1 2"), "command printed several words, not a number", false},
		{script("echo NaN"), "command gave NaN, not a number", false},
		{script("echo inf"), "command gave a number beyond ±1e21", false},
		{script("echo 1e400"), "command gave a number beyond ±1e21", false},
		{script("while :; do echo 1; done | head -c 9000"), "command printed more than 4 KiB, not a number", false},
		{sensors.Values{"exec": {"no-such-program-anywhere"}}, "command not found", true},
		{sensors.Values{"exec": {filepath.Join(dir, "none")}}, "command not found", true},
		{write("data", "x", 0o600), "command may not be run", true},
		{write("text", "no program", 0o700), "command cannot be run: exec format error", true},
	} {
		_, err := opened(t, c.set).Read(t.Context(), sensors.Request{})
		_, lasting := errors.AsType[sensors.LastingError](err)
		got := ""
		if _, ok := errors.AsType[*sensors.ReadError](err); ok {
			got = strings.TrimSuffix(err.Error(), " (core dumped)")
		}
		if got != c.want || lasting != c.lasting {
			t.Errorf("%v: %v (lasting %v), want %s", c.set, err, lasting, c.want)
		}
	}
}

func TestWhatThisMachineLacksIsNotTheCommandsDoing(t *testing.T) {
	for want, err := range map[string]error{
		sensors.TextTooManyFiles:             &fs.PathError{Op: "pipe", Err: syscall.EMFILE},
		"too many processes on this machine": &fs.PathError{Op: "fork/exec", Err: syscall.EAGAIN},
	} {
		got := startError(err)
		if _, ok := errors.AsType[sensors.LocalError](got); !ok || got.Error() != want {
			t.Errorf("%v is %v, want %s", err, got, want)
		}
	}
	if got := startError(exec.ErrDot); got.Error() != "command is in this folder; write ./ before its name" {
		t.Errorf("%v", got)
	}
}

// pidIn waits until a file has the number of a process.
func pidIn(t *testing.T, name string) int {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		text, _ := os.ReadFile(name)
		if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil && strings.HasSuffix(string(text), "\n") {
			return pid
		}
	}
	t.Fatal("no process was begun")
	return 0
}

// awaitDeath waits until a process has died.
func awaitDeath(t *testing.T, pid int) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if syscall.Kill(pid, 0) != nil || err == nil && strings.Contains(string(stat), ") Z ") {
			return
		}
	}
	t.Errorf("process %d is still alive", pid)
}

func TestACommandEndsWithItsAttemptAndAllThatItStartedToo(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pid")
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan error)
	s := opened(t, script("trap '' TERM HUP INT; sleep 1000 & echo $! > "+name+"; wait"))
	go func() {
		_, err := s.Read(ctx, sensors.Request{})
		over <- err
	}()
	pid := pidIn(t, name)
	cancel()
	if err := <-over; !errors.Is(err, context.Canceled) {
		t.Errorf("it ends with %v", err)
	}
	awaitDeath(t, pid)
	if _, err := s.Read(ctx, sensors.Request{}); !errors.Is(err, context.Canceled) {
		t.Errorf("after its end: %v", err)
	}
}

func TestWhatACommandLeavesRunningIsKilled(t *testing.T) {
	name := filepath.Join(t.TempDir(), "pid")
	for _, output := range []string{">/dev/null", ""} { // with its output closed, and kept open
		s := opened(t, script("sleep 1000 "+output+" & echo $! > "+name+"; echo 7"))
		if got, err := s.Read(t.Context(), sensors.Request{}); err != nil || got.Value != 7 {
			t.Errorf("%+v, %v", got, err)
		}
		awaitDeath(t, pidIn(t, name))
		_ = os.Remove(name)
	}
}
