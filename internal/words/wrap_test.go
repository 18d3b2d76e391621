package words

import (
	"fmt"
	"testing"
)

func TestTextIsWrappedBetweenWords(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		most  int
		want  []string
	}{
		{"", 10, 0, nil},
		{"   ", 10, 0, nil},
		{"one two", 7, 0, []string{"one two"}},
		{"one two", 6, 0, []string{"one", "two"}},
		{"  a   b ", 10, 0, []string{"a   b"}},
		{"a last-known-good", 10, 0, []string{"a", "last-known", "-good"}},
		{"within -1.5 s", 8, 0, []string{"within", "-1.5 s"}},
		{"3.0\u00a0s is", 4, 0, []string{"3.0\u00a0", "s is"}},
		{"日本語 x", 5, 0, []string{"日本", "語 x"}},
		{"日", 1, 0, []string{"日"}},
		{"日x", 0, 0, []string{"日", "x"}},
		{"one\ntwo", 7, 0, []string{"one two"}},
		{"one two three", 7, 3, []string{"one two", "three"}},
		{"one two three four", 7, 2, []string{"one two", "three four"}},
		{"one two", 3, 1, []string{"one two"}},
		{"incomprehensibly long", 8, 0, []string{"incompre", "hensibly", "long"}},
	} {
		got := Wrap(c.in, c.width, c.most)
		if fmt.Sprintf("%q", got) != fmt.Sprintf("%q", c.want) {
			t.Errorf("Wrap(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}
