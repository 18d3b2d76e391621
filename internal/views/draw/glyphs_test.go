package draw

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/displaywidth"

	"resiltui/internal/words"
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
	for set, g := range map[string]glyphs{"unicode": glyphsOf(false), "ascii": glyphsOf(true)} {
		seen := 0
		each(reflect.ValueOf(g), "", func(name, glyph string) {
			seen++
			want := 1
			switch {
			case glyph == "" && name == "RowBlocks":
				want = 0
			case set == "ascii" && (name == "ellipsis" || name == "Arrow" || name == "PlusMinus"):
				want = 2
			}
			if got := ansi.StringWidth(glyph); got != want {
				t.Errorf("%s %s: ansi.StringWidth(%q) = %d, want %d", set, name, glyph, got, want)
			}
			if got := displaywidth.String(glyph); got != want {
				t.Errorf("%s %s: displaywidth.String(%q) = %d, want %d", set, name, glyph, got, want)
			}
			if form := words.ASCII(glyph); set == "ascii" && (len(form) != want || strings.Contains(form, "?")) {
				t.Errorf("the ASCII form of %s %q is %q", name, glyph, form)
			}
		})
		if seen < 30 {
			t.Errorf("%s: only %d glyphs seen", set, seen)
		}
	}
}

func TestASCIIFoldsWhatComesFromOutside(t *testing.T) {
	if got := words.ASCII("21 °C µs ←↑→↓ … – naïve 世"); got != "21 'C us <^>v . - na?ve ?" {
		t.Errorf("folded to %q", got)
	}
}
