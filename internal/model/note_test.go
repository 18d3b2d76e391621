package model

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

func TestANoteStandsAmongTheEvents(t *testing.T) {
	withRig(t, rigOptions{width: 140, height: 45}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("a")
		r.sees(`note: .*enter writes it among the events`, soon)
		for _, c := range "qc restarted the pump" { // letters are text, and no keys
			name := string(c)
			if c == ' ' {
				name = "space"
			}
			r.press(name)
		}
		r.press("enter")
		r.sees(`00:0\d\.\d .* note: qc restarted the pump`, soon)
		if f := r.frame(); f.Snap.Injected || f.Prompt.Label != "" {
			t.Error("a letter of the note was a key, or the field is still there")
		}
		r.press("a", "x", "esc")
		r.seesNot(`note: x`)
		r.press("a", "enter")
		r.seesNot(`enter writes it`)
	})
}

func TestANoteOnAFrozenScreenSaysWhichMomentItIsAbout(t *testing.T) {
	withRig(t, rigOptions{width: 140, height: 45}, func(t *testing.T, r *rig) {
		r.pass(5 * time.Second)
		r.press("z")
		r.pass(3 * time.Second)
		r.press("a", "o", "k", "enter", "z")
		r.sees(`00:08\.\d .* note: about 00:0[45]\.\d: ok`, soon)
	})
}

// written is what a screen was exported to.
type written struct {
	files map[string]string
}

func (w *written) write(name string, files []File) (names []string, err error) {
	for _, f := range files {
		w.files[name+f.Ext] = string(f.Data)
		names = append(names, name+f.Ext)
	}
	return names, nil
}

// exported has a model export its screen, and what it says of it.
func exported(t *testing.T, m *Model) string {
	t.Helper()
	_, cmd := m.Update(typed("E"))
	if cmd == nil {
		t.Fatal("E does nothing")
	}
	msg := exportMsgOf(cmd())
	if msg == nil {
		t.Fatal("E exports nothing")
	}
	m.Update(msg)
	return m.notice.text
}

// exportMsgOf finds the message among those of a batch.
func exportMsgOf(msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case exportedMsg:
		return msg
	case tea.BatchMsg:
		for _, c := range msg {
			if c == nil {
				continue
			}
			if m := exportMsgOf(c()); m != nil {
				return m
			}
		}
	}
	return nil
}

func TestTheScreenIsExportedAsTextAndInColour(t *testing.T) {
	m := still(t, 80, 24)
	m.frame.Now = 67400 * time.Millisecond
	w := &written{files: map[string]string{}}
	m.opts.WriteFiles = w.write
	m.Update(typed("?")) // what is on top of the screen is on it
	m.Update(typed("?"))
	screen := m.View().Content
	said := exported(t, m)
	if want := "screen written to resiltui-pipeline-01m07s4.txt and resiltui-pipeline-01m07s4.ans"; said != want {
		t.Errorf("it says %q", said)
	}
	text := w.files["resiltui-pipeline-01m07s4.txt"]
	if strings.Contains(text, "\x1b") || regexp.MustCompile(`(?m) $`).MatchString(text) || strings.Count(text, "\n") != 24 {
		t.Errorf("the plain file is\n%q", text)
	}
	if got := w.files["resiltui-pipeline-01m07s4.ans"]; got != screen+"\n" || !strings.Contains(got, "\x1b[") {
		t.Errorf("the file in colour is\n%q", got)
	}
	for i, l := range strings.Split(ansi.Strip(screen), "\n") {
		if got := strings.Split(text, "\n")[i]; got != strings.TrimRight(l, " ") {
			t.Errorf("line %d is %q, and on the screen %q", i, got, l)
		}
	}
}

func TestAnExportThatFailsSaysSo(t *testing.T) {
	m := still(t, 80, 24)
	m.opts.WriteFiles = func(string, []File) ([]string, error) { return nil, errors.New("read-only directory") }
	if said := exported(t, m); said != "screen not written: read-only directory" {
		t.Errorf("it says %q", said)
	}
}

func TestTimesInFileNames(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "00m00s0", 0: "00m00s0", 67490 * time.Millisecond: "01m07s4", 2*time.Hour + time.Second: "2h00m01s0",
	} {
		if got := fileTime(d); got != want {
			t.Errorf("%v is %q", d, got)
		}
	}
}
