//go:build unix

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"resiltui/internal/terminal"
)

func TestPlainEndsOnSignals(t *testing.T) {
	for _, c := range []struct {
		name   string
		signal os.Signal
		want   int
		says   bool
	}{
		{"SIGTERM", syscall.SIGTERM, exitOK, true},
		{"SIGINT", syscall.SIGINT, terminal.ExitInterrupted, true},
		{"SIGHUP", syscall.SIGHUP, terminal.ExitHangup, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := inTerminal(t, "resiltui", nil, "--plain")
			p.awaitText("Enter says how it stands, ctrl+c ends")
			p.press("\n")
			p.awaitText("status 00:")
			p.signal(c.signal)
			if got := p.status(); got != c.want {
				t.Errorf("exit status %d, not %d", got, c.want)
			}
			if c.says {
				p.awaitText("again: resiltui pipeline --seed 42")
			}
			p.sameMode()
			if strings.Contains(p.written(), "\x1b") {
				t.Errorf("an escape sequence was written: %q", p.written())
			}
		})
	}
}

func TestPlainWorksOnADumbTerminal(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", []string{"TERM=dumb"}, "--plain", "--speed", "64", "--batches", "5")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.awaitText("the run has ended")
}

func TestPlainEndsThoughNobodyReads(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil, "--plain", "--speed", "64", "--status-every", "100ms")
	p.awaitText("CLOSED to OPEN")
	p.flow.Lock()
	p.signal(syscall.SIGTERM) // whether or not there is room for the rest
	got := p.status()
	p.flow.Unlock()
	if got != exitOK && got != exitFailed {
		t.Errorf("exit status %d", got)
	}
}

func TestTheBellRings(t *testing.T) {
	for name, args := range map[string][]string{
		"screen": {"--speed", "64", "--bell"},
		"plain":  {"--speed", "64", "--bell", "--plain"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := inTerminal(t, "resiltui", nil, args...)
			// The bell that ends an operating system command is none.
			p.await("bell", func() bool { return strings.Contains(withoutOSC(p.written()), "\a") })
			p.signal(syscall.SIGTERM)
			if got := p.status(); got != exitOK {
				t.Errorf("exit status %d", got)
			}
		})
	}
}

// withoutOSC is an output without titles and questions to the terminal.
func withoutOSC(out string) string {
	var kept strings.Builder
	for {
		before, after, ok := strings.Cut(out, "\x1b]")
		kept.WriteString(before)
		if !ok {
			return kept.String()
		}
		_, out, _ = strings.Cut(after, "\a")
	}
}

func TestTheBellIsOffByDefault(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "--speed", "64", "--log-file", name)
	p.awaitLog(name, `"from":"CLOSED","to":"OPEN"`)
	p.signal(syscall.SIGTERM)
	p.status()
	p.givenBack()
	if strings.Contains(withoutOSC(p.written()), "\a") {
		t.Error("it rang")
	}
}

func TestACommandThatHangsHoldsTheScreenUpForNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	begun, name := filepath.Join(dir, "begun"), filepath.Join(dir, "events")
	p := inTerminal(t, "resiltui", nil, "--speed", "64", "--log-file", name, "--on-change", "touch "+begun+"; sleep 1000")
	p.firstFrame()
	p.await("start of the command", func() bool {
		_, err := os.Stat(begun)
		return err == nil
	})
	from := lastBatch(t, name)
	p.await("fifty batches more", func() bool { return lastBatch(t, name) > from+50 })
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
}

func TestWhatTheCommandFailsAtIsOnTheScreenAndInTheEnd(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil, "--speed", "16", "--on-change", "exit 9")
	p.awaitText(": exit status 9")
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
	p.await("last word", func() bool {
		return regexp.MustCompile(`resiltui: on-change S\d: exit status 9 \(`).MatchString(p.goodbye())
	})
}

func TestAMistakeInTheConfigurationIsSaidBeforeTheScreenAndOnIt(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	path := filepath.Join(home, "resiltui", "config.yaml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("fps: 500\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := inTerminal(t, "resiltui", []string{"XDG_CONFIG_HOME=" + home})
	p.firstFrame()
	p.await("notice", func() bool { return strings.Count(p.written(), "the defaults are used") == 2 })
	if first := strings.Index(p.written(), "the defaults are used"); first > strings.Index(p.written(), "\x1b[?1049h") {
		t.Error("nothing is said before the screen")
	}
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
}

func TestALogThatCannotBeWrittenIsANoticeAtOnce(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil, "--log-file", onFullDisk(t))
	p.firstFrame()
	p.awaitText("no space left on device: the log ends here")
	p.press("q")
	if got := p.status(); got != exitFailed {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
}
