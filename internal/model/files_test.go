package model

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestAFileIsNeverReplaced(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, want := range []string{"a.settings", "a-2.settings", "a-3.settings"} {
		if got, err := writeNew("a", []File{{".settings", []byte(want)}}); !slices.Equal(got, []string{want}) || err != nil {
			t.Errorf("%s, %v, not %s", got, err, want)
		}
	}
	for _, name := range []string{"a.settings", "a-2.settings", "a-3.settings"} {
		if data, err := os.ReadFile(name); string(data) != name {
			t.Errorf("%s holds %q, %v", name, data, err)
		}
	}
	if _, err := writeNew("none/a", []File{{".settings", nil}}); err == nil {
		t.Error("a folder that is not there takes a file")
	}
	if got := fileName("my/../ä run"); got != "my------run" {
		t.Errorf("%q", got)
	}
}

func TestFilesOfOneNameHaveOneNumber(t *testing.T) {
	t.Chdir(t.TempDir())
	pair := []File{{".txt", []byte("text")}, {".ans", []byte("colour")}}
	for _, taken := range []string{"a.ans", "a-2.txt"} {
		if err := os.WriteFile(taken, []byte(taken), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := writeNew("a", pair); err != nil || !slices.Equal(got, []string{"a-3.txt", "a-3.ans"}) {
		t.Errorf("%v, %v", got, err)
	}
	left, err := filepath.Glob("*")
	if want := []string{"a-2.txt", "a-3.ans", "a-3.txt", "a.ans"}; err != nil || !slices.Equal(left, want) {
		t.Errorf("what is there now is %v, %v, not %v", left, err, want)
	}
}

func TestAFileThatCannotBeWrittenWholeIsNotThere(t *testing.T) {
	t.Chdir(t.TempDir())
	// The second name cannot be one: there is no such folder.
	if got, err := writeNew("a", []File{{".txt", []byte("text")}, {"/none.ans", nil}}); err == nil || got != nil {
		t.Errorf("%v, %v", got, err)
	}
	if left, err := filepath.Glob("*"); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
