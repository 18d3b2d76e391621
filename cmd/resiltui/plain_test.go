package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestPlainIsALineAnEventAndTheSummary(t *testing.T) {
	t.Parallel()
	status, out, errs := called("--plain", "--batches", "20", "--speed", "64", "--status-every", "100ms")
	if status != exitOK || errs != "" {
		t.Errorf("exit status %d, standard error %q", status, errs)
	}
	for _, want := range []string{
		`^resiltui pipeline: 5 sensors, seed 42, a batch every 500ms\n`,
		`\n00:0\d\.\d batch \d+ S2 turbine: CLOSED to OPEN: 5 failures in a row`,
		`\nstatus 00:\d\d\.\d batch \d+: \d live, \d stale, \d fast-fail, \d missing; 0 faults; \d open`,
		`\n00:09\.\d batch 20: the run has ended\n`,
		`\nagain: resiltui pipeline --seed 42 --batches 20`,
	} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("%s is not in\n%s", want, out)
		}
	}
	if strings.ContainsAny(out, "\x1b\a\r") {
		t.Errorf("there is more than text in %q", out)
	}
}

func TestPlainInASCIIHoldsNothingElse(t *testing.T) {
	t.Parallel()
	_, out, _ := called("--plain", "--batches", "20", "--speed", "64", "--ascii")
	if i := strings.IndexFunc(out, func(r rune) bool { return r > 0x7e }); i >= 0 {
		t.Errorf("%q is no ASCII", out[i:min(len(out), i+20)])
	}
	if !strings.Contains(out, "CLOSED to OPEN") {
		t.Errorf("nothing happened in\n%s", out)
	}
}

func TestTheSameSeedGivesTheSameLines(t *testing.T) {
	t.Parallel()
	_, one, _ := called("--plain", "--batches", "20", "--speed", "64")
	_, two, _ := called("--plain", "--batches", "20", "--speed", "16")
	if one != two {
		t.Errorf("at another speed the lines are others:\n%s\n%s", one, two)
	}
}

func TestPlainTellsChangesToTheCommand(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "said")
	command := "echo $RESILTUI_SENSOR $RESILTUI_FROM $RESILTUI_TO >> '" + name + "'"
	if os.PathSeparator == '\\' {
		t.Skip("the command is for a Unix shell")
	}
	status, out, errs := called("--plain", "--batches", "12", "--speed", "16", "--on-change", command)
	if status != exitOK || errs != "" {
		t.Errorf("exit status %d, standard error %q", status, errs)
	}
	said, _ := os.ReadFile(name)
	if want := strings.Count(out, "CLOSED to OPEN"); want == 0 || strings.Count(string(said), " CLOSED OPEN\n") != want {
		t.Errorf("%d circuits opened, and the command was told %q", want, said)
	}
}

func TestACommandThatFailsIsALine(t *testing.T) {
	t.Parallel()
	if os.PathSeparator == '\\' {
		t.Skip("the command is for a Unix shell")
	}
	status, out, errs := called("--plain", "--batches", "14", "--speed", "8", "--on-change", "echo no bell >&2; exit 7")
	if status != exitOK {
		t.Errorf("exit status %d", status)
	}
	if !regexp.MustCompile(`(?m)^on-change S\d: exit status 7: no bell$`).MatchString(out) {
		t.Errorf("nothing of it in\n%s", out)
	}
	if !regexp.MustCompile(`on-change S\d: exit status 7: no bell \(`).MatchString(errs) || strings.Count(errs, "\n") != 1 {
		t.Errorf("in the end it says %q", errs)
	}
}

// full is a disk that is full after some lines.
type full struct {
	bytes.Buffer
	room int
}

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space left on device")
	}
	return f.Buffer.Write(p)
}

func TestPlainEndsWhenNothingCanBeWritten(t *testing.T) {
	out, errs := &full{room: 300}, &bytes.Buffer{}
	if status := run([]string{"--plain", "--speed", "64"}, strings.NewReader(""), out, errs); status != exitFailed {
		t.Errorf("exit status %d, not %d", status, exitFailed)
	}
	if !strings.Contains(errs.String(), "no space left on device") {
		t.Errorf("it says %q", errs)
	}
}

func TestStatusEveryHasBounds(t *testing.T) {
	for _, value := range []string{"-1s", "1ms", "48h"} {
		complains(t, []string{"--plain", "--status-every=" + value}, "--status-every", "100ms", "24h")
	}
}
