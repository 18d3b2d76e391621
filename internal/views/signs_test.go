package views

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
)

// oneCell fails where a sign has not the width that everything is laid out for.
func oneCell(t *testing.T, glyph string, want int) {
	t.Helper()
	if a, b := ansi.StringWidth(glyph), displaywidth.String(glyph); a != want || b != want {
		t.Errorf("%q is %d cells wide, or %d, want %d", glyph, a, b, want)
	}
}

func TestEveryMarkAndStateHasAGlyphOfItsOwn(t *testing.T) {
	for _, o := range []draw.Options{{}, {ASCII: true}} {
		l := draw.NewLook(o, true)
		marks, states, switches := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for m := event.MarkNone; m <= event.MarkMissing; m++ {
			g, _ := MarkSign(l, m)
			marks[g] = true
			oneCell(t, g, 1)
		}
		for s := breaker.Closed; s <= breaker.Disabled; s++ {
			g, _ := StateSign(l, s, false)
			states[g], switches[ToggleSign(l, s)] = true, true
			oneCell(t, g, 1)
			oneCell(t, ToggleSign(l, s), 4)
		}
		if len(marks) != int(event.MarkMissing)+1 || len(states) != int(breaker.Disabled)+1 || len(switches) != len(states) {
			t.Errorf("ascii %v: %d marks, %d states, %d switches", o.ASCII, len(marks), len(states), len(switches))
		}
	}
}

func TestWhatIsUnknownIsDrawnBlank(t *testing.T) {
	l := draw.NewLook(draw.Options{}, true)
	if g, _ := MarkSign(l, 200); g != " " {
		t.Errorf("mark 200 is %q", g)
	}
	if g, _ := StateSign(l, 200, false); g != " " {
		t.Errorf("state 200 is %q", g)
	}
	if g := ToggleSign(l, 200); g != "    " {
		t.Errorf("switch of state 200 is %q", g)
	}
}

func TestEveryLineHasItsGlyph(t *testing.T) {
	l := draw.NewLook(draw.Options{}, true)
	for role, want := range map[sentence.Role]string{
		sentence.RoleInfo: "•", sentence.RoleClosed: "─", sentence.RoleOpen: "╱", sentence.RoleHalfOpen: "?",
		sentence.RoleForced: "╳", sentence.RoleDisabled: "═", sentence.RoleStale: "~",
		sentence.RoleInterpolated: "≈", sentence.RoleMissing: "_", sentence.RoleFault: "!",
	} {
		if got, _ := LineSign(l, role); got != want {
			t.Errorf("role %d: %q, want %q", role, got, want)
		}
	}
}
