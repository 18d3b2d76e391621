package views

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/engine/event"
	"resiltui/internal/sentence"
	"resiltui/internal/views/draw"
	"resiltui/internal/words"
)

// oneCell fails where a sign has not the width that everything is laid out for.
func oneCell(t *testing.T, glyph string, want int) {
	t.Helper()
	if a, b := ansi.StringWidth(glyph), displaywidth.String(glyph); a != want || b != want {
		t.Errorf("%q is %d cells wide, or %d, want %d", glyph, a, b, want)
	}
}

func TestEveryMarkAndStateHasAGlyphOfItsOwn(t *testing.T) {
	for _, form := range []func(string) string{strings.Clone, words.ASCII} {
		marks, states, switches := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for m := event.MarkNone; m <= event.MarkMissing; m++ {
			g := form(MarkGlyph(m))
			marks[g] = true
			oneCell(t, g, 1)
		}
		for s := breaker.Closed; s <= breaker.Disabled; s++ {
			g, toggle := form(StateGlyph(s)), form(ToggleSign(s))
			states[g], switches[toggle] = true, true
			oneCell(t, g, 1)
			oneCell(t, toggle, 4)
		}
		if len(marks) != int(event.MarkMissing)+1 || len(states) != int(breaker.Disabled)+1 || len(switches) != len(states) {
			t.Errorf("%s: %d marks, %d states, %d switches", form("●"), len(marks), len(states), len(switches))
		}
	}
}

func TestWhatIsUnknownIsDrawnBlank(t *testing.T) {
	if g, _ := MarkSign(200); g != " " {
		t.Errorf("mark 200 is %q", g)
	}
	if g, _ := StateSign(200, false); g != " " {
		t.Errorf("state 200 is %q", g)
	}
	if g := ToggleSign(200); g != "    " {
		t.Errorf("switch of state 200 is %q", g)
	}
}

func TestEveryLineHasItsGlyph(t *testing.T) {
	l := draw.NewLook(draw.Options{}, true)
	for role, want := range map[sentence.Topic]string{
		sentence.TopicInfo: "•", sentence.TopicClosed: "─", sentence.TopicOpen: "╱", sentence.TopicHalfOpen: "?",
		sentence.TopicForced: "╳", sentence.TopicDisabled: "═", sentence.TopicStale: "~",
		sentence.TopicInterpolated: "≈", sentence.TopicMissing: "_", sentence.TopicFault: "!",
	} {
		if got, _ := LineSign(l, role); got != want {
			t.Errorf("role %d: %q, want %q", role, got, want)
		}
	}
}
