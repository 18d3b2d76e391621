package views

import (
	"reflect"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"

	"resiltui/internal/engine/breaker"
	"resiltui/internal/stats"
)

// each calls f with every glyph and the name of its field.
func each(v reflect.Value, name string, f func(name, glyph string)) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			each(v.Field(i), v.Type().Field(i).Name, f)
		}
	case reflect.Array:
		for i := range v.Len() {
			each(v.Index(i), name, f)
		}
	case reflect.Int32:
		f(name, string(rune(v.Int())))
	case reflect.String:
		f(name, v.String())
	}
}

func TestEveryGlyphIsOneCellWide(t *testing.T) {
	for set, g := range map[string]glyphs{"unicode": unicodeGlyphs(), "ascii": asciiGlyphs()} {
		seen := 0
		each(reflect.ValueOf(g), "", func(name, glyph string) {
			seen++
			want := 1
			switch {
			case name == "switches":
				want = 4
			case glyph == "" && name == "rowBlocks":
				want = 0
			case set == "ascii" && (name == "ellipsis" || name == "arrow"):
				want = 2
			}
			if got := ansi.StringWidth(glyph); got != want {
				t.Errorf("%s %s: ansi.StringWidth(%q) = %d, want %d", set, name, glyph, got, want)
			}
			if got := displaywidth.String(glyph); got != want {
				t.Errorf("%s %s: displaywidth.String(%q) = %d, want %d", set, name, glyph, got, want)
			}
			if set == "ascii" && fold(glyph) != glyph {
				t.Errorf("ascii %s: %q", name, glyph)
			}
		})
		if seen < 60 {
			t.Errorf("%s: only %d glyphs seen", set, seen)
		}
	}
}

func TestEveryMarkAndStateHasAGlyphOfItsOwn(t *testing.T) {
	for _, o := range []Options{{}, {ASCII: true}} {
		l := NewLook(o, true)
		marks, states, switches := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for m := range l.marks {
			marks[l.marks[m]] = true
		}
		for s := range l.states {
			states[l.states[s]] = true
			switches[l.toggle(breaker.State(s))] = true
		}
		if len(marks) != len(l.marks) || len(states) != len(l.states) || len(switches) != len(l.switches) {
			t.Errorf("ascii %v: %d marks, %d states, %d switches", o.ASCII, len(marks), len(states), len(switches))
		}
	}
}

func TestWhatIsUnknownIsDrawnBlank(t *testing.T) {
	l := NewLook(Options{}, true)
	if g, _ := l.mark(200); g != " " {
		t.Errorf("mark 200 is %q", g)
	}
	if g, _ := l.state(200, false); g != " " {
		t.Errorf("state 200 is %q", g)
	}
	if g := l.toggle(200); g != "    " {
		t.Errorf("switch of state 200 is %q", g)
	}
}

func TestEveryLineHasItsGlyph(t *testing.T) {
	l := NewLook(Options{}, true)
	for role, want := range map[stats.Role]string{
		stats.RoleInfo: "•", stats.RoleClosed: "─", stats.RoleOpen: "╱", stats.RoleHalfOpen: "?",
		stats.RoleForced: "╳", stats.RoleDisabled: "═", stats.RoleStale: "~",
		stats.RoleInterpolated: "≈", stats.RoleMissing: "_", stats.RoleFault: "!",
	} {
		if got, _ := l.line(role); got != want {
			t.Errorf("role %d: %q, want %q", role, got, want)
		}
	}
}

func TestASCIIFoldsWhatComesFromOutside(t *testing.T) {
	if got := fold("21 °C µs ←↑→↓ … – naïve 世"); got != "21 'C us <^>v . - na?ve ?" {
		t.Errorf("folded to %q", got)
	}
}
