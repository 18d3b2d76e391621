//go:build unix

package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/terminal"
)

func TestTheTerminalIsGivenBack(t *testing.T) {
	const summary = "again: resiltui pipeline --seed 42"
	for _, c := range []struct {
		name string
		end  func(p *pseudoTerminal)
		want int
		says string
	}{
		{"q", func(p *pseudoTerminal) { p.press("q") }, exitOK, summary},
		{"Q", func(p *pseudoTerminal) { p.press("Q") }, exitOK, summary},
		{"ctrl+c", func(p *pseudoTerminal) { p.press("\x03") }, exitOK, summary},
		{"escape and q in a burst", func(p *pseudoTerminal) { p.press("\x1b\x1b\x1bq") }, exitOK, summary},
		{"ctrl+c of a Cyrillic layout", func(p *pseudoTerminal) {
			// A terminal of the Kitty keyboard protocol says which key it was only
			// where it was asked for that (4).
			key := "\x1b[1089;5u"
			for _, asked := range regexp.MustCompile(`\x1b\[[>=](\d+)(?:;\d+)?u`).FindAllStringSubmatch(p.written(), -1) {
				if flags, err := strconv.Atoi(asked[1]); err == nil && flags&ansi.KittyReportAlternateKeys != 0 {
					key = "\x1b[1089::99;5u"
				}
			}
			if !strings.Contains(key, "99") {
				p.t.Error("the terminal is not asked which key of the standard layout was pressed")
			}
			p.press(key)
		}, exitOK, summary},
		{"SIGTERM", func(p *pseudoTerminal) { p.signal(syscall.SIGTERM) }, exitOK, summary},
		{"SIGINT", func(p *pseudoTerminal) { p.signal(syscall.SIGINT) }, terminal.ExitInterrupted, summary},
		{"SIGHUP", func(p *pseudoTerminal) { p.signal(syscall.SIGHUP) }, terminal.ExitHangup, ""},
		{"SIGQUIT", func(p *pseudoTerminal) { p.signal(syscall.SIGQUIT) }, terminal.ExitQuit, summary},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := inTerminal(t, "resiltui", nil)
			p.firstFrame()
			// It is asked once, in the beginning: not before the end of a program
			// that ends at once.
			p.await("question for the background", func() bool { return strings.Contains(p.written(), "\x1b]11;?") })
			c.end(p)
			if got := p.status(); got != c.want {
				t.Errorf("exit status %d, not %d", got, c.want)
			}
			p.givenBack()
			if c.says != "" {
				p.awaitText(c.says)
			}
			if strings.Contains(p.afterwards(), "\x1b]11;?") {
				t.Error("on the way out it asks the terminal for its background")
			}
			if kept := strings.Contains(p.goodbye(), "[1 Overview]"); kept != (c.name == "Q") {
				t.Errorf("the last screen is left behind: %v", kept)
			}
		})
	}
}

func TestAPanicInASensorIsAFailureOfThatSensor(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "sensor-panic", nil)
	p.firstFrame()
	p.awaitText("sensor panicked: the sensor is broken")
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
	p.awaitText("again: resiltui")
}

func TestAPanicInTheEngineGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "engine-panic", []string{"TMPDIR=" + t.TempDir()})
	if got := p.status(); got != exitFailed {
		t.Errorf("exit status %d, not %d", got, exitFailed)
	}
	p.givenBack()
	p.awaitText("the engine is broken")
}

// TestFirstFrame says how long the first picture takes; on a machine that does
// other things besides, no limit would hold.
func TestFirstFrame(t *testing.T) {
	p := inTerminal(t, "resiltui", nil)
	t.Logf("the first frame came %v after the start", p.firstFrame())
	p.press("q")
	p.status()
}

func TestACrashFromTheKeyboardIsInTheLog(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "--speed", "16", "--log-file", name)
	p.firstFrame()
	p.press("\x1b[C")
	p.press("\x1b[C")
	p.press("\x1b[C")
	p.press("c")
	p.awaitLog(name, `"S3".*"fault-began".*you pressed c`)
	p.awaitLog(name, `"S3".*"from":"CLOSED","to":"OPEN".*connection refused`)
	p.press("r")
	p.awaitLog(name, `"S3".*"from":"OPEN","to":"HALF_OPEN"`)
	p.awaitLog(name, `"S3".*"from":"HALF_OPEN","to":"CLOSED"`)
	p.press("Q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.givenBack()
	p.awaitText("»S3 coolant")
}

// awaitLog waits until a line of a file matches.
func (p *pseudoTerminal) awaitLog(name, pattern string) {
	p.t.Helper()
	re := regexp.MustCompile(pattern)
	p.await(pattern, func() bool {
		text, err := os.ReadFile(name)
		return err == nil && re.Match(text)
	})
}

// colours are the colour sequences of an output.
func colours(out string) (found []string) {
	for _, m := range regexp.MustCompile(`\x1b\[([0-9;:]*)m`).FindAllStringSubmatch(out, -1) {
		for _, field := range strings.FieldsFunc(m[1], func(r rune) bool { return r == ';' || r == ':' }) {
			n, _ := strconv.Atoi(field)
			if n >= 30 && n <= 49 && n != 39 || n >= 90 && n <= 107 {
				found = append(found, m[0])
				break
			}
		}
	}
	return found
}

func TestNoColorGivesNoColour(t *testing.T) {
	for _, c := range []struct {
		env  string
		args []string
		want bool
	}{
		{"NO_COLOR=", nil, true},
		{"NO_COLOR=1", nil, false},
		{"NO_COLOR=yes", nil, false},
		{"NO_COLOR=0", nil, false},
		{"NO_COLOR=yes", []string{"--theme", "dark"}, false},
		{"NO_COLOR=", []string{"--theme", "mono"}, false},
	} {
		t.Run(strings.Join(append(c.args, c.env), " "), func(t *testing.T) {
			t.Parallel()
			p := inTerminal(t, "resiltui", []string{c.env}, c.args...)
			p.firstFrame()
			p.press("q")
			p.status()
			p.awaitText("again: resiltui")
			if found := colours(p.written()); (len(found) > 0) != c.want {
				t.Errorf("%d colour sequences: %q", len(found), found[:min(3, len(found))])
			}
		})
	}
}

func TestATerminalGetsTheColoursThatItHas(t *testing.T) {
	deep := regexp.MustCompile(`\x1b\[[0-9;:]*[34]8[;:][25]`)
	for _, c := range []struct {
		term      string
		any, deep bool
	}{
		{"vt100", false, false},
		{"linux", true, false},
		{"xterm", true, false},
		{"screen", true, false},
		{"xterm-256color", true, true},
	} {
		for what, args := range map[string][]string{
			"the dashboard": {}, "a report": {"report", "strategies"}, "an error": {"--fps", "0"},
		} {
			t.Run(c.term+", "+what, func(t *testing.T) {
				t.Parallel()
				p := inTerminal(t, "resiltui", []string{"TERM=" + c.term, "COLORTERM="}, args...)
				if len(args) == 0 {
					p.firstFrame()
					p.press("q")
				}
				p.status()
				p.drained()
				if found := colours(p.written()); (len(found) > 0) != c.any {
					t.Errorf("%d colour sequences: %q", len(found), found[:min(3, len(found))])
				}
				if got := deep.FindString(p.written()); got != "" && !c.deep {
					t.Errorf("colours beyond 16: %q", got)
				} else if got == "" && c.deep && what == "the dashboard" {
					t.Error("no colours beyond 16")
				}
			})
		}
	}
}

func TestTheEnvironmentTellsTheBackgroundWhereTheTerminalDoesNot(t *testing.T) {
	for _, c := range []struct {
		told, answer string
		args         []string
		want         string
	}{
		{"", "", nil, "dark"},
		{"0;15", "", nil, "light"},
		{"15;0", "", nil, "dark"},
		{"0;15", "", []string{"--theme", "dark"}, "dark"},
		{"15;0", "rgb:ffff/ffff/ffff", nil, "light"},
		{"0;15", "rgb:1111/1111/1111", nil, "dark"},
	} {
		t.Run(strings.Join(append(c.args, c.told, c.answer), " "), func(t *testing.T) {
			t.Parallel()
			p := inTerminal(t, "resiltui", []string{"COLORFGBG=" + c.told}, c.args...)
			p.firstFrame()
			p.await("question for the background", func() bool { return strings.Contains(p.written(), "\x1b]11;?") })
			if c.answer != "" {
				p.press("\x1b]11;" + c.answer + "\x1b\\")
			}
			p.press("q") // comes after the answer
			p.status()
			p.drained()
			summary := p.afterwards()
			// The colour of labels on either.
			for name, labels := range map[string]string{"dark": "38;2;139;148;158", "light": "38;2;89;99;110"} {
				if strings.Contains(summary, labels) != (name == c.want) {
					t.Errorf("the summary has the colours of %s: %v", name, name != c.want)
				}
			}
		})
	}
}

func TestHelpHasTheColoursThatAreWanted(t *testing.T) {
	for env, want := range map[string]bool{"NO_COLOR=": true, "NO_COLOR=yes": false, "TERM=vt100": false} {
		t.Run(env, func(t *testing.T) {
			t.Parallel()
			p := inTerminal(t, "resiltui", []string{"COLORTERM=", env}, "--help")
			p.status()
			p.drained()
			if found := colours(p.written()); (len(found) > 0) != want {
				t.Errorf("colour sequences: %q", found)
			}
		})
	}
}

func TestALocaleWithoutUTF8GetsASCIIOnly(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		seen string
	}{
		{"the screen and the summary", nil, "[1 Overview]"},
		{"lines", []string{"--plain", "--batches", "12", "--speed", "64"}, "12 batches"},
		{"a report on a terminal", []string{"report", "strategies"}, "drop"},
		{"an error", []string{"--set", "sensors.S1.policy.retry.attempts=\u2026"}, "--set"},
	} {
		for _, more := range []bool{false, true} {
			args, name := c.args, c.name
			if more {
				args, name = append(slices.Clone(args), "--ascii=false"), name+", refused"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				p := inTerminal(t, "resiltui", []string{"LC_ALL=C", "LANG=C.UTF-8"}, args...)
				p.awaitText(c.seen)
				if c.args == nil {
					p.press("q")
				}
				p.status()
				p.drained()
				beyond := strings.IndexFunc(p.written(), func(r rune) bool { return r >= 0x80 })
				if want := more && c.name != "an error"; beyond >= 0 != want {
					t.Errorf("something beyond ASCII at %d of:\n%s", beyond, ansi.Strip(p.written()))
				}
			})
		}
	}
}

func TestErrorsFollowNoColor(t *testing.T) {
	for value, want := range map[string]bool{"": true, "1": false, "yes": false} {
		t.Run("NO_COLOR="+value, func(t *testing.T) {
			t.Parallel()
			p := inTerminal(t, "resiltui", []string{"NO_COLOR=" + value}, "--fps", "0")
			if got := p.status(); got != exitUsage {
				t.Errorf("exit status %d", got)
			}
			p.awaitText("resiltui: --fps 0: must be from 1 to 120")
			if found := colours(p.written()); (len(found) > 0) != want {
				t.Errorf("colour sequences: %q", found)
			}
		})
	}
}

func TestOnADumbTerminalItSaysSo(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", []string{"TERM=dumb"})
	if got := p.status(); got != exitUsage {
		t.Errorf("exit status %d, not %d", got, exitUsage)
	}
	p.awaitText("TERM=dumb")
	p.await("the way out", func() bool {
		return strings.Contains(p.written(), "resiltui report") && strings.Contains(p.written(), "--help")
	})
	if strings.Contains(p.written(), "\x1b") {
		t.Errorf("a dumb terminal got an escape sequence: %q", p.written())
	}
	if n := strings.Count(strings.TrimSpace(p.written()), "\n"); n != 0 {
		t.Errorf("%d lines more than one: %q", n, p.written())
	}
}

func TestALogFileThatCannotBeMadeIsSaidBeforeAnythingIsDrawn(t *testing.T) {
	t.Parallel()
	p := inTerminal(t, "resiltui", nil, "--log-file", filepath.Join(t.TempDir(), "no", "events"))
	if got := p.status(); got != exitUsage {
		t.Errorf("exit status %d, not %d", got, exitUsage)
	}
	p.awaitText("--log-file")
	if strings.Contains(p.written(), "\x1b[?1049h") {
		t.Error("it drew all the same")
	}
}

func TestARunOfSoManyBatchesStaysOnTheScreen(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "events")
	p := inTerminal(t, "resiltui", nil, "--speed", "64", "--batches", "10", "--log-file", name)
	p.firstFrame()
	p.awaitLog(name, `"run-ended"`)
	p.press("q")
	if got := p.status(); got != exitOK {
		t.Errorf("exit status %d", got)
	}
	p.awaitText("10 batches")
}
