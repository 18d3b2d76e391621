package scenario

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// settingsFile writes a file of settings.
func settingsFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tuned.conf")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSettingsComeOutOfAFile(t *testing.T) {
	path := settingsFile(t, "\ufeff# what was tuned\r\n\r\n  interval = 1s\r\npolicy.breaker.threshold=3\n\t# S1 alone\nsensors.S1.policy.retry.attempts=7")
	s := Pipeline()
	if err := s.Set("@" + path); err != nil {
		t.Fatal(err)
	}
	if s.Interval != time.Second || s.Sensors[4].Policy.Breaker.FailureThreshold != 3 || s.Sensors[1].Policy.Retry.MaxAttempts != 7 {
		t.Errorf("interval %v, %+v", s.Interval, s.Sensors[1].Policy)
	}
	// What is set after the file wins.
	if err := s.Set("policy.breaker.threshold=9"); err != nil || s.Sensors[4].Policy.Breaker.FailureThreshold != 9 {
		t.Error(err)
	}
}

func TestTheSettingsOfAFileAreWrittenOut(t *testing.T) {
	path := settingsFile(t, "# tuned\ninterval=1s\n\n policy.breaker.threshold=3 ")
	s := Pipeline()
	got := s.Written([]string{"sensors.S1.fail=1", "@" + path, "@/nowhere"})
	if want := []string{"sensors.S1.fail=1", "interval=1s", "policy.breaker.threshold=3", "@/nowhere"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if s.Written(nil) == nil {
		t.Error("null")
	}
}

// Either order of these two would be refused if each were judged alone.
func TestTheSettingsOfAFileAreJudgedTogether(t *testing.T) {
	s := Pipeline()
	for _, text := range []string{
		"policy.breaker.openMax=1s\npolicy.breaker.openFor=500ms",
		"policy.breaker.openFor=20s\npolicy.breaker.openMax=30s",
	} {
		if err := s.Set("@" + settingsFile(t, text)); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestABadFileOfSettingsIsNamedWithItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"interval=1s\n\n# fine\nspeed":                           `tuned.conf:4: "speed" is no setting`,
		"policy.breaker.treshold=3":                              `tuned.conf:1: unknown setting "policy.breaker.treshold"; did you mean`,
		"policy.breaker.threshold=3\npolicy.breaker.threshold=x": "tuned.conf:2: policy.breaker.threshold=x: must be",
		"sensors.S9.fail=1":                                      `tuned.conf:1: unknown sensor "S9"`,
		"@other":                                                 `tuned.conf:1: "@other" is no setting`,
		"interval=1s\npolicy.breaker.openMax=1s\npolicy.breaker.threshold=3":      "tuned.conf:2: policy.breaker.openMax=1s:",
		"policy.breaker.openMax=1s\npolicy.breaker.openMax=9s\ninterval=1\x1b[2J": "tuned.conf:3: interval=1:",
		strings.Repeat("# long\n", 1<<18):                                         "is longer than 1 MiB",
	} {
		s := Pipeline()
		err := s.Set("@" + settingsFile(t, text))
		if err == nil || !strings.Contains(err.Error(), want) || strings.ContainsAny(err.Error(), "\x1b\n") {
			t.Errorf("error %v, want %q", err, want)
		}
		if diff := changed(Pipeline(), s); diff != "" {
			t.Errorf("%q changed the scenario: %s", text, diff)
		}
	}
	s := Pipeline()
	for path, want := range map[string]string{
		"/nowhere/\x1b[2Jtuned.conf": "/nowhere/tuned.conf: no such file or directory",
		t.TempDir():                  ": is a directory",
		"":                           "@ names no file",
	} {
		if err := s.Set("@" + path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", path, err, want)
		}
	}
}

func TestAFileOfSettingsIsReadOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plant.settings")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("# two\nbreaker.threshold=4\n")
	given := []string{"retry.attempts=2", "@" + path}
	read, err := ReadFiles(given)
	if err != nil {
		t.Fatal(err)
	}
	write("breaker.threshold=nine\n")
	sc := Pipeline()
	for _, a := range read {
		if err := sc.Set(a); err != nil {
			t.Error(err)
		}
	}
	if got := sc.Sensors[0].Policy.Breaker.FailureThreshold; got != 4 {
		t.Errorf("the threshold is %d", got)
	}
	if got := sc.Written(read); !slices.Equal(got, []string{"policy.retry.attempts=2", "policy.breaker.threshold=4"}) {
		t.Errorf("written they are %q", got)
	}
	if given[1] != "@"+path {
		t.Error("what was given has changed")
	}
	// A mistake is where it was.
	if read, err = ReadFiles(given); err == nil {
		err = sc.Set(read[1])
	}
	if err == nil || !strings.HasPrefix(err.Error(), path+":1: ") {
		t.Errorf("a mistake: %v", err)
	}
	if _, err := ReadFiles([]string{"@" + path + ".none"}); err == nil || !strings.HasPrefix(err.Error(), path+".none: ") {
		t.Errorf("no file: %v", err)
	}
}

// A line costs a look at it, not one at every setting of every sensor. What it costs
// is counted in allocations, which are the same on every machine.
func TestALongFileOfSettingsIsReadInOneGo(t *testing.T) {
	const lines = 80_000
	text := strings.Repeat("threshold=4\nthreshold=5\n", lines/2)
	s := Strategies()
	allocations := testing.AllocsPerRun(1, func() {
		if err := s.setLines("f", text); err != nil {
			t.Fatal(err)
		}
	})
	if allocations > lines/4 {
		t.Errorf("%v allocations for %d lines", allocations, lines)
	}
	if got := s.Sensors[0].Policy.Breaker.FailureThreshold; got != 5 {
		t.Errorf("the threshold is %d", got)
	}
	path := filepath.Join(t.TempDir(), "f")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var written []string
	allocations = testing.AllocsPerRun(1, func() { written = s.Written([]string{"@" + path}) })
	if allocations > 3*lines/2 { // a text for each, and rows
		t.Errorf("%v allocations to write %d lines in full", allocations, lines)
	}
	if len(written) != lines || written[1] != "policy.breaker.threshold=5" {
		t.Errorf("%d lines, the second is %q", len(written), written[1])
	}
}

func TestALongWordIsNoNameAndIsNotComparedForLong(t *testing.T) {
	text := strings.Repeat("=", 1<<20)
	s := Pipeline()
	if err := s.setLines("f", text); err == nil || !strings.Contains(err.Error(), "unknown setting") || len(err.Error()) > 4000 {
		t.Errorf("%.200v", err)
	}
	if got := DidYouMean(text, []string{"pipeline"}); got != "" {
		t.Errorf("%q", got)
	}
}
