package config

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func boolean(v string) bool { return v == "true" || v == "false" }

// keys are two keys as a program has them, and one that is the opposite of its
// flag.
func keys() []Key {
	return []Key{
		{Name: "theme", Flag: "theme", Help: "colours", Allowed: "dark or light", Default: "dark", Check: func(v string) bool { return v == "dark" || v == "light" }},
		{Name: "fps", Flag: "fps", Help: "frames", Allowed: "from 1 to 120", Default: "30", Check: func(v string) bool {
			n, err := strconv.Atoi(v)
			return err == nil && n >= 1 && n <= 120
		}},
		{Name: "mouse", Flag: "no-mouse", Inverted: true, Help: "mouse", Allowed: "true or false", Default: "true", Check: boolean},
	}
}

func TestTheFileSetsFlags(t *testing.T) {
	values, err := Parse("f", []byte("# mine\ntheme: \"light\" # bright room\nfps: 60\n\nmouse: false\n"), keys())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, v := range values {
		got = append(got, v.Key.Flag+"="+v.FlagText())
	}
	if s := strings.Join(got, " "); s != "theme=light fps=60 no-mouse=true" {
		t.Errorf("it sets %s", s)
	}
}

func TestAMistakeSaysWhereItIsAndWhatIsAllowed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"unknown key", "theme: dark\ncolor: red\n", `f:2:1: unknown key "color"; the keys are theme, fps, mouse`},
		{"value out of range", "theme: dark\nfps:   500\n", `f:2:8: fps "500": must be from 1 to 120`},
		{"value of another kind", "fps: many\n", `f:1:6: fps "many": must be from 1 to 120`},
		{"no value", "fps:\n", "f:1:1: fps has no value; it must be from 1 to 120"},
		{"list", "fps: [1, 2]\n", "f:1:6: fps must be from 1 to 120"},
		{"map", "theme:\n  name: dark\n", "theme must be dark or light"},
		{"anchor", "theme: &a dark\n", "theme must be dark or light"},
		{"list at the top", "- dark\n", "f:1:1: must be lines of the form KEY: VALUE"},
		{"word at the top", "dark\n", "f:1:1: must be lines of the form KEY: VALUE"},
		{"no YAML", "theme: dark\nfps: [1\n", "f:2:"},
		{"tab", "theme: dark\n\tfps: 3\n", "f:2:"},
		{"twice", "fps: 3\nfps: 4\n", "f:2:1:"},
		{"two documents", "fps: 3\n---\nfps: 4\n", "a second document"},
		{"escape sequence", "theme: \"\\e[31mred\"\n", "f:1:8: theme"},
		{"escape sequence as a key", "\"\\e]0;x\\a\": 1\n", "unknown key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			values, err := Parse("f", []byte(c.text), keys())
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("the error is %v, and should say %q", err, c.want)
			}
			if values != nil {
				t.Errorf("in spite of it there are values: %v", values)
			}
			if strings.ContainsAny(err.Error(), "\x1b\a") {
				t.Errorf("%q holds a control character", err)
			}
			if _, ok := errors.AsType[*Mistake](err); !ok {
				t.Errorf("%v has no place", err)
			}
		})
	}
}

func TestAllMistakesAreTold(t *testing.T) {
	_, err := Parse("f", []byte("fps: 0\ncolor: red\nmouse: perhaps\n"), keys())
	if err == nil || len(strings.Split(err.Error(), "\n")) != 3 {
		t.Errorf("told is %v, and not three mistakes", err)
	}
}

func TestNothingIsNoMistake(t *testing.T) {
	for _, text := range []string{"", "\n", "# only a comment\n", "---\n", "{}\n"} {
		if values, err := Parse("f", []byte(text), keys()); err != nil || len(values) != 0 {
			t.Errorf("%q: %v, %v", text, values, err)
		}
	}
	if values, err := Read(filepath.Join(t.TempDir(), "none"), keys()); err != nil || values != nil {
		t.Errorf("no file: %v, %v", values, err)
	}
}

func TestWhatIsNoOrdinaryFileIsNotRead(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(dir, keys()); err == nil || !strings.Contains(err.Error(), "no ordinary file") {
		t.Errorf("a directory: %v", err)
	}
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, []byte(strings.Repeat("#", maxSize+1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(large, keys()); err == nil || !strings.Contains(err.Error(), "bytes") {
		t.Errorf("a large file: %v", err)
	}
	good := filepath.Join(dir, "good")
	if err := os.WriteFile(good, []byte("\uFEFFfps: 7"), 0o600); err != nil { // as some editors begin a file
		t.Fatal(err)
	}
	if values, err := Read(good, keys()); err != nil || len(values) != 1 || values[0].Text != "7" {
		t.Errorf("a good file: %v, %v", values, err)
	}
}

func TestThePathFollowsXDG(t *testing.T) {
	home := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	if got, want := Path(), filepath.Join(home, "resiltui", "config.yaml"); got != want {
		t.Errorf("the path is %s, not %s", got, want)
	}
	t.Setenv("XDG_CONFIG_HOME", "relative")
	if got := Path(); !filepath.IsAbs(got) || strings.Contains(got, "relative") {
		t.Errorf("a relative directory gives %s", got)
	}
}

func TestShowIsAFileAgain(t *testing.T) {
	values, err := Parse("f", []byte("fps: 60\n"), keys())
	if err != nil {
		t.Fatal(err)
	}
	shown := Show(keys(), values)
	if !strings.Contains(shown, "fps: 60") || !strings.Contains(shown, "(from the file)") ||
		strings.Count(shown, "(default)") != 2 {
		t.Errorf("shown is\n%s", shown)
	}
	again, err := Parse("f", []byte(shown), keys())
	if err != nil || len(again) != 3 || again[1].Text != "60" {
		t.Errorf("read again: %v, %v", again, err)
	}
}

func FuzzParseNeverPanics(f *testing.F) {
	for _, text := range []string{"theme: dark", "fps: [", "a: &x {b: *x}", "? a\n: b", "- - -", "\xff", "!!int 3"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		values, err := Parse("f", text, keys())
		if err != nil && values != nil {
			t.Errorf("values and %v", err)
		}
	})
}

// A parser of YAML took gigabytes for the deepest of them.
func TestAFileThatGoesTooDeepIsRefusedBeforeItIsParsed(t *testing.T) {
	for unit, want := range map[string]string{
		"[": "f:1:1001: lists", "{": "f:1:1001: lists", "a: [": "f:1:4004: lists", "[ # ]\n": "f:1001:1: lists",
		"\"[": "f:1:2002: lists", "- ": "f:1:33: lists", "-\t": "f:1:33: lists", "? ": "f:1:33: lists", "- ? - ": "f:1:33: lists",
	} {
		_, err := Parse("f", []byte(strings.Repeat(unit, maxSize/len(unit))), keys())
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.5q and so on: error %.80v, want %s", unit, err, want)
		}
	}
}

func TestWhatIsDrawnInCommentsIsNotDeep(t *testing.T) {
	text := "#" + strings.Repeat(" [x]", 200) + "\n" + strings.Repeat("# - - - - - - - - - - - - - - - - - - - -\n", 40) + "fps: 60\n"
	if values, err := Parse("f", []byte(text), keys()); err != nil || len(values) != 1 {
		t.Errorf("%v, error %v", values, err)
	}
}
