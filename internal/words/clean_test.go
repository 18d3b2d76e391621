package words

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

func TestCleanTakesOutWhatATerminalWouldObey(t *testing.T) {
	for _, c := range []struct {
		name, in string
		limit    int
		want     string
	}{
		{"plain text", "connection refused", 40, "connection refused"},
		{"colour", "\x1b[31mred\x1b[0m alert", 40, "red alert"},
		{"title", "a\x1b]0;owned\x07b", 40, "ab"},
		{"clipboard", "a\x1b]52;c;aGk=\x1b\\b", 40, "ab"},
		{"device control", "a\x1bP+q544e\x1b\\b", 40, "ab"},
		{"C1 as a rune", "a\u009b31mb", 40, "a31mb"},
		{"C1 as a byte", "a\x9b31mb", 40, "ab"},
		{"lone escape", "a\x1b", 40, "a"},
		{"newlines and tabs", " a\r\n\t b\u2028c\u00a0\u3000d ", 40, "a b c d"},
		{"blanks to spare", " a  b ", 40, "a b"},
		{"a blank at the end", "a ", 40, "a"},
		{"nothing but a blank", " ", 40, ""},
		{"nothing", "", 40, ""},
		{"bell and delete", "a\x07\x7fb", 40, "ab"},
		{"bidirectional override", "a\u202egnp.exe\u2066", 40, "agnp.exe"},
		{"zero width", "a\u200b\u200d\ufeff\u2060b", 40, "ab"},
		{"fillers", "a\u3164\u115f\ue000b", 40, "ab"},
		{"bytes that are no text", "a\xffb", 40, "ab"},
		{"clipped", "connection refused", 6, "conne…"},
		{"exactly full", "refuse", 6, "refuse"},
		{"wide characters", "日本語", 4, "日…"},
		{"a mark on nothing", "\u0301a \u0301b", 40, "a b"},
		{"a pile of marks", "a" + strings.Repeat("\u0301", 9), 40, "a" + strings.Repeat("\u0301", 3)},
		{"no room", "abc", 0, ""},
		{"endless", strings.Repeat("\x1b[1m", 5000) + "a", 3, "…"},
	} {
		if got := Clean(c.in, c.limit); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{
		"a\x1b[31mb", "\x9b", "\u009b", "a  b", "\u202e", "日本語", "👩‍👩‍👧", "\xf0\x9f", "a\u0301\u0301", "\u1100\u1100", "\x1b]0;x",
		strings.Repeat("\u1100", 3000), strings.Repeat("é", 4000), strings.Repeat("\u1100", 500) + strings.Repeat("\xe1\x84?", 300), strings.Repeat("a ", 500),
	} {
		f.Add(s, 10)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit %= 200
		got := Clean(s, limit)
		if !utf8.ValidString(got) || ansi.StringWidth(got) > max(limit, 0) {
			t.Fatalf("%q: width %d, limit %d", got, ansi.StringWidth(got), limit)
		}
		for _, r := range got {
			if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r != ' ' && unicode.IsSpace(r) {
				t.Fatalf("%q holds %U", got, r)
			}
		}
		if strings.Contains(got, "  ") || strings.HasPrefix(got, " ") {
			t.Fatalf("%q has blanks to spare", got)
		}
		if again := Clean(got, limit); again != got {
			t.Fatalf("%q, and cleaned again %q", got, again)
		}
	})
}
