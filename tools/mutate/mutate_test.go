package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// write makes a module of one package with these files.
func write(t *testing.T, files map[string]string) (root string) {
	t.Helper()
	root = t.TempDir()
	files["go.mod"] = "module sample\n\ngo 1.26\n"
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(root, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func changes(list []mutant) (told []string) {
	for _, m := range list {
		told = append(told, m.change())
	}
	return told
}

func TestEveryKindOfChangeIsFound(t *testing.T) {
	root := write(t, map[string]string{"a.go": `package sample

func f(a, b int, ok bool) (bool, int) {
	if ok && !(a < b) { // a comment
		a++
		a += b
		return true, -a
	}
	switch {
	case ok:
		g(a)
	}
	return ok, a + b
}
`})
	list, err := findMutants(root, ".", "a.go")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"f: if ok && !(a < b) { => if !ok && !(a < b) {",
		"f: if ok && !(a < b) { => if ok || !(a < b) {",
		"f: if ok && !(a < b) { => if ok && !!(a < b) {",
		"f: if ok && !(a < b) { => if ok && !(a <= b) {",
		"f: if ok && !(a < b) { => if ok && !(a >= b) {",
		"f: a++ => (removed)",
		"f: a++ => a--",
		"f: a += b => (removed)",
		"f: a += b => a -= b",
		"f: return true, -a => return false, -a",
		"f: return true, -a => return true, +a",
		"f: case ok: => case !ok:",
		"f: g(a) => (removed)",
		"f: return ok, a + b => return !ok, a + b",
		"f: return ok, a + b => return ok, a - b",
	}
	if got := changes(list); !slices.Equal(got, want) {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// What becomes of each change, woven in or built on its own.
func TestTheTestsJudgeEachChange(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds programs")
	}
	root := write(t, map[string]string{
		"a.go": `package sample

var calls int

func most(a, b int) int {
	calls++
	if a >= b {
		return a
	}
	return b
}

func sum(n int) (s int) {
	for n > 0 {
		s = s + n
		n--
	}
	return s
}

func never() {
	if calls > 0 {
		calls = 0
	}
}
`,
		"a_test.go": `package sample

import "testing"

func TestSample(t *testing.T) {
	if most(1, 2) != 2 || most(4, 3) != 4 || sum(4) != 10 {
		t.Fail()
	}
}
`,
	})
	r, err := tryPackage(t.Context(), ".", options{root: root, only: regexp.MustCompile(""), least: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]outcome{
		"most: calls++ => (removed)":               survived,
		"most: calls++ => calls--":                 survived,
		"most: if a >= b { => if a > b {":          survived, // equivalent
		"most: if a >= b { => if a < b {":          killed,
		"sum: for n > 0 { => for n >= 0 {":         survived, // equivalent
		"sum: for n > 0 { => for n <= 0 {":         killed,
		"sum: s = s + n => (removed)":              killed,
		"sum: s = s + n => s = s - n":              killed, // is not woven
		"sum: n-- => (removed)":                    timedOut,
		"sum: n-- => n++":                          timedOut,
		"never: if calls > 0 { => if calls >= 0 {": notCovered,
		"never: if calls > 0 { => if calls <= 0 {": notCovered,
		"never: calls = 0 => (removed)":            notCovered,
	}
	for _, m := range r.all {
		if o, ok := want[m.change()]; ok && m.outcome != o {
			t.Errorf("%s: %v, want %v", m.change(), m.outcome, o)
		}
		delete(want, m.change())
	}
	if len(want) > 0 {
		t.Errorf("not tried: %v", want)
	}
}

func TestReasonsAreReadAndComparedWithWhatSurvived(t *testing.T) {
	reasons, err := parseReasons("# a comment\n\np/a.go: f: x => y\n\tEquivalent:\n\tit is.\np/b.go: g: x => y\n\tDead.\nq/c.go: h: x => y\n\tNot tried.\n")
	if err != nil || reasons["p/a.go: f: x => y"] != "Equivalent: it is." {
		t.Fatal(reasons, err)
	}
	results := []result{{path: "p", all: []mutant{
		{file: "p/a.go", function: "f", before: "x", after: "y", outcome: survived},
		{file: "p/a.go", function: "f", before: "x", after: "z", outcome: survived},
		{file: "p/b.go", function: "g", before: "x", after: "y", outcome: killed},
	}}}
	unknown, dead := compare(results, reasons)
	if !slices.Equal(unknown, []string{"p/a.go: f: x => z"}) || !slices.Equal(dead, []string{"p/b.go: g: x => y"}) {
		t.Errorf("unknown %q, dead %q", unknown, dead)
	}
	for _, bad := range []string{"\ta reason first\n", "a\nb\n\twhy\n", "a\n\twhy\na\n\tagain\n"} {
		if _, err := parseReasons(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	page := writePage(results, reasons)
	for _, part := range []string{"| p | 3 | 1 | 0 | 2 | 0 |", "`x` → `y`.\n  Equivalent: it is.", "`x` → `z`.\n  Not judged."} {
		if !strings.Contains(page, part) {
			t.Errorf("no %q in\n%s", part, page)
		}
	}
}
