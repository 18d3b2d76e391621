package dialogtest

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/views/draw"
)

// TB is the part of testing.TB and rapid.TB that a check needs.
type TB interface {
	Helper()
	Fatalf(format string, args ...any)
}

// Fits fails unless the box fits on a screen of width × height cells, all its
// lines have the same width, and everything that can be clicked is inside.
func Fits(t TB, box draw.Box, width, height int) {
	t.Helper()
	if box.Empty() {
		return
	}
	lines := strings.Split(box.String(), "\n")
	w := ansi.StringWidth(lines[0])
	if len(lines) > height || w > width {
		t.Fatalf("a box of %d × %d on a screen of %d × %d", w, len(lines), width, height)
	}
	for i, l := range lines {
		if ansi.StringWidth(l) != w {
			t.Fatalf("line %d is %d wide, the box %d:\n%s", i, ansi.StringWidth(l), w, ansi.Strip(box.String()))
		}
	}
	for _, z := range box.Zones {
		if z.X < 0 || z.Y < 0 || z.X+z.W > w || z.Y >= len(lines) {
			t.Fatalf("%+v can be clicked in a box of %d × %d", z, w, len(lines))
		}
	}
}

// Texts are texts as they may come from outside: long, wide, empty.
func Texts() []string {
	return []string{
		"", "x", "coolant", "温度センサー", "naïve café", strings.Repeat("long ", 60), "👩‍👩‍👧 family", "é́",
	}
}
