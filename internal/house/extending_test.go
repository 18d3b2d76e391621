package house

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"resiltui/internal/filetest"
)

// extending is the page whose code is cut out of tests: what it shows is compiled,
// and does what it says. Its words are written by hand. Before each block of code a
// comment, which no reader sees, names a file and a part of it:
//
//	<!-- internal/setting/example_test.go: a setting -->
//
// A part begins in the file with a comment that names the page and the part, and
// ends with the next "to here".
// go test ./internal/house -run Extending -update writes the blocks anew.
const extending = top + "/docs/extending.md"

// The marks of a part in a file, each a line of its own.
const (
	partBegins = "// shown in docs/extending.md from here: "
	partEnds   = "// to here"
)

// block is a block of code on the page, with the comment before it.
var block = regexp.MustCompile("(?m)^<!-- (\\S+\\.go): (.+) -->\n```go\n(?s:(.*?))^```$")

func TestTheCodeOnThePageOfExtendingIsThatOfTheTests(t *testing.T) {
	page, err := os.ReadFile(extending)
	if err != nil {
		t.Fatal(err)
	}
	read := func(file string) (string, error) {
		text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(file)))
		return string(text), err
	}
	want, err := withCode(string(page), read)
	if err != nil {
		t.Fatal(err)
	}
	filetest.Current(t, extending, want)
}

func TestEveryPartThatIsMarkedForThePageOfExtendingIsOnIt(t *testing.T) {
	page, err := os.ReadFile(extending)
	if err != nil {
		t.Fatal(err)
	}
	var shown, marked []string
	for _, found := range block.FindAllStringSubmatch(string(page), -1) {
		shown = append(shown, found[1]+": "+found[2])
	}
	for _, file := range files(t, "_test.go") {
		if file == "internal/house/extending_test.go" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(file)))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if part, ok := strings.CutPrefix(strings.TrimSpace(line), partBegins); ok {
				marked = append(marked, file+": "+part)
			}
		}
	}
	slices.Sort(shown)
	slices.Sort(marked)
	if diff := cmp.Diff(marked, shown); diff != "" || len(shown) == 0 {
		t.Errorf("what is marked, and what is shown:\n%s", diff)
	}
}

// withCode is a page with each block of code as it is in its file now.
func withCode(page string, read func(file string) (string, error)) (string, error) {
	var failed error
	out := block.ReplaceAllStringFunc(page, func(old string) string {
		found := block.FindStringSubmatch(old)
		text, err := read(found[1])
		if err == nil {
			text, err = part(text, found[2])
		}
		if err != nil {
			failed = fmt.Errorf("%s: %w", found[1], err)
			return old
		}
		return fmt.Sprintf("<!-- %s: %s -->\n```go\n%s```", found[1], found[2], text)
	})
	return out, failed
}

// part is a part of a file, without blank lines around it, and indented no more than
// it has to be.
func part(text, name string) (string, error) {
	var lines []string
	inside, least := false, len(text)
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		code := strings.TrimLeft(line, "\t")
		switch {
		case code == partBegins+name && !inside:
			inside = true
		case inside && code == partEnds:
			for i := range lines {
				lines[i] = lines[i][min(least, len(lines[i])):]
			}
			return strings.Trim(strings.Join(lines, "\n"), "\n") + "\n", nil
		case inside:
			lines = append(lines, line)
			if code != "" {
				least = min(least, len(line)-len(code))
			}
		}
	}
	if inside {
		return "", fmt.Errorf("the part %q has no end", name)
	}
	return "", fmt.Errorf("there is no part %q", name)
}

func TestAPartIsCutOutOfItsFile(t *testing.T) {
	const file = "package x\n\n\t" + partBegins + "a part\n\n\tone(\n\t\ttwo)\n\n\t// three\n\n\t" + partEnds + "\n\tfour\n" +
		partBegins + "the rest\nfive\n"
	const page = "# A page\n\n<!-- a/x_test.go: a part -->\n```go\nzero\n```\nmore\n```go\nown\n```\n"
	read := func(name string) (string, error) {
		if name != "a/x_test.go" {
			return "", os.ErrNotExist
		}
		return file, nil
	}
	const want = "# A page\n\n<!-- a/x_test.go: a part -->\n```go\none(\n\ttwo)\n\n// three\n```\nmore\n```go\nown\n```\n"
	for _, before := range []string{page, want, strings.Replace(page, "zero\n", "", 1)} {
		if got, err := withCode(before, read); err != nil || got != want {
			t.Errorf("%v, %s", err, cmp.Diff(want, got))
		}
	}
	for comment, says := range map[string]string{
		"a/x_test.go: a p":      `a/x_test.go: there is no part "a p"`,
		"a/x_test.go: the rest": `a/x_test.go: the part "the rest" has no end`,
		"a/y_test.go: a part":   "a/y_test.go: file does not exist",
	} {
		before := strings.Replace(page, "a/x_test.go: a part", comment, 1)
		if got, err := withCode(before, read); err == nil || err.Error() != says || got != before {
			t.Errorf("%s: %v, want %s", comment, err, says)
		}
	}
}
