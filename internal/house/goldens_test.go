package house

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/filetest"
)

// A golden file is known by its path below testdata, since packages move: two of the
// same path in two packages are two lines.
func TestTheGoldenFilesAreThoseThatWereLookedAt(t *testing.T) {
	var lines []string
	for _, file := range files(t, ".golden") {
		_, key, ok := strings.Cut(file, "/testdata/")
		if !ok {
			t.Errorf("%s: a golden file outside of testdata", file)
			continue
		}
		text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, lineOf(key, text))
	}
	slices.Sort(lines)
	compare(t, "testdata/goldens.sha256", lines)
}

// lineOf is a line of a list: what it is about first, so that a difference reads
// well.
func lineOf(key string, content []byte) string {
	return fmt.Sprintf("%s %x", key, sha256.Sum256(content))
}

// compare holds lines against a list of testdata, or writes the list.
func compare(t *testing.T, file string, lines []string) {
	t.Helper()
	text := strings.Join(lines, "\n") + "\n"
	if filetest.Updating() {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := difference(strings.Split(strings.TrimSpace(string(want)), "\n"), lines); len(diff) > 0 {
		t.Errorf("internal/house/%s differs in %d lines. Where that is wanted, look at what they stand for and write the list again: "+
			"go test ./internal/house -run '^%s$' -update\n%s", file, len(diff), t.Name(), strings.Join(diff[:min(len(diff), 40)], "\n"))
	}
}

// difference is what only one of two lists has, in order: equal lines are counted,
// so that two of them are not one.
func difference(want, got []string) (diff []string) {
	count := map[string]int{}
	for _, line := range want {
		count[line]--
	}
	for _, line := range got {
		count[line]++
	}
	for line, n := range count {
		for ; n < 0; n++ {
			diff = append(diff, line+" is missing")
		}
		for ; n > 0; n-- {
			diff = append(diff, line+" is new")
		}
	}
	slices.Sort(diff)
	return diff
}

func TestALineOfAListThatIsThereTwiceCountsTwice(t *testing.T) {
	got := difference([]string{"a 1", "b 2", "b 2", "c 3"}, []string{"b 2", "c 4", "a 1"})
	if diff := cmp.Diff([]string{"b 2 is missing", "c 3 is missing", "c 4 is new"}, got); diff != "" {
		t.Error(diff)
	}
}
