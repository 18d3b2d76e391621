package guard

import (
	"fmt"
	"testing"
)

func TestTheBeginningOfAnOutputIsKept(t *testing.T) {
	for want, parts := range map[string][]string{
		" whole":       nil,
		"abc whole":    {"a", "", "bc"},
		"abcd whole":   {"ab", "cd"},
		"abcd cut off": {"abc", "def", "g"},
	} {
		h := &Head{Most: 4}
		for _, p := range parts {
			if n, err := fmt.Fprint(h, p); n != len(p) || err != nil {
				t.Errorf("%q: %d bytes are taken, %v", p, n, err)
			}
		}
		text, whole := h.Text()
		got := text + " cut off"
		if whole {
			got = text + " whole"
		}
		if got != want {
			t.Errorf("%q gives %q, want %q", parts, got, want)
		}
	}
}
