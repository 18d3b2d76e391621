package draw

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/words"
)

// anyText is a text of characters of every width.
func anyText(t *rapid.T, name string) string {
	pieces := []string{
		"a", " ", "Z", "é", "e\u0301", "世", "温度", "│", "█", "⣿", "→", "●", "▪", "▪\ufe0f", "◽", "👩", "👩‍👩‍👧", "🇨🇭", "\u200b",
		"\u00ad", "\u200d", "…", "°", "≈", "ไม่", "क्षि", "한", "ﷺ",
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, name), "")
}

// stroke is one thing drawn.
func stroke(t *rapid.T, look *Look) func(p *Pen) {
	role := Role(rapid.IntRange(0, int(roleCount)-1).Draw(t, "role"))
	n, gap, text := rapid.IntRange(-2, 14).Draw(t, "n"), rapid.IntRange(0, 2).Draw(t, "gap"), anyText(t, "text")
	switch rapid.IntRange(0, 6).Draw(t, "stroke") {
	case 0:
		inverse := rapid.Bool().Draw(t, "inverse")
		return func(p *Pen) { p.Segs([]Seg{{role, text, inverse}}) }
	case 1:
		return func(p *Pen) { p.Clip(role, text, n) }
	case 2:
		return func(p *Pen) { p.Right(role, text, n, gap) }
	case 3:
		return func(p *Pen) { p.Repeat(role, look.Filled, n) }
	case 4:
		return func(p *Pen) { p.Glyph(role, look.Fault) }
	case 5:
		return func(p *Pen) { p.Cell(role, look.Burnt) }
	default:
		return func(p *Pen) { p.To(n) }
	}
}

func TestATextTakesTheCellsThatATerminalGivesIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		look := NewLook(Options{Theme: rapid.SampledFrom(Themes()).Draw(t, "theme")}, true)
		width := rapid.IntRange(0, 14).Draw(t, "width")
		s := NewSurface(look, width, 1)
		p := s.In(At(0, 0, width, 1))
		p.Next()
		text := anyText(t, "text")
		p.Text(Fail, text)
		want := ansi.Truncate(text, width, "")
		if p.X != ansi.StringWidth(want) {
			t.Fatalf("%q takes %d cells, want %d", text, p.X, ansi.StringWidth(want))
		}
		for _, unseen := range []string{"\u200b", "\u00ad"} { // what takes no cell is not there
			want = strings.ReplaceAll(want, unseen, "")
		}
		if got := strings.TrimRight(ansi.Strip(s.Line(0)), " "); got != strings.TrimRight(strings.TrimLeft(want, "\u200d"), " ") && !strings.Contains(want, "\u200d") {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func TestLinesOfASurfaceAreAsWideAsItWhateverIsDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		look := NewLook(Options{ASCII: rapid.Bool().Draw(t, "ascii")}, true)
		w, h := rapid.IntRange(0, 12).Draw(t, "w"), rapid.IntRange(0, 4).Draw(t, "h")
		s := NewSurface(look, w, h)
		size := rapid.IntRange(-2, 14)
		for range rapid.IntRange(0, 8).Draw(t, "pens") {
			p := s.In(At(size.Draw(t, "x"), size.Draw(t, "y"), size.Draw(t, "pw"), size.Draw(t, "ph")))
			p.Line(rapid.IntRange(-1, 3).Draw(t, "line"))
			stroke(t, look)(p)
			stroke(t, look)(p)
			if rapid.Bool().Draw(t, "lay") {
				over := NewSurface(look, rapid.IntRange(0, 14).Draw(t, "ow"), 2)
				op := over.In(At(0, 0, 14, 2))
				op.Next()
				op.Text(Fail, anyText(t, "over"))
				s.Lay(over, At(0, 0, w, h))
			}
		}
		lines := strings.Split(s.String(), "\n")
		if h > 0 && len(lines) != h {
			t.Fatalf("%d lines, want %d", len(lines), h)
		}
		for _, l := range lines {
			if got := ansi.StringWidth(l); h > 0 && got != w {
				t.Fatalf("a line of %d cells, want %d: %q", got, w, l)
			}
			if plain := ansi.Strip(l); look.ASCII && words.ASCII(plain) != plain {
				t.Fatalf("not ASCII: %q", plain)
			}
		}
	})
}

// written is a surface with these lines.
func written(w int, lines ...string) *Surface {
	s := NewSurface(NewLook(Options{}, true), w, len(lines))
	p := s.In(At(0, 0, w, len(lines)))
	for _, l := range lines {
		p.Next()
		p.Text(Plain, l)
	}
	return s
}

func TestABoxKeepsWhatIsAroundIt(t *testing.T) {
	s := written(6, "abcdef", "ghijkl", "mnopqr")
	at := s.Lay(written(2, "XX"), At(0, 0, 6, 3))
	if got, want := s.String(), "abcdef\nghXXkl\nmnopqr"; got != want || at != At(2, 1, 2, 1) {
		t.Errorf("%q at %v, want %q", got, at, want)
	}
	s.Lay(written(8, "0123456", "", ""), At(0, 0, 6, 2))
	if got, want := s.String(), "012345\n      \nmnopqr"; got != want {
		t.Errorf("a larger box: %q, want %q", got, want)
	}
	if at := s.Lay(written(0), At(0, 0, 6, 3)); !at.Empty() {
		t.Errorf("an empty box lies at %v", at)
	}
}

func TestASurfaceHasAnEscapeSequenceWhereItsStyleChanges(t *testing.T) {
	s := written(8, "ab", "", "")
	p := s.In(At(2, 0, 6, 2))
	p.Next()
	p.Segs([]Seg{Words(Live, "c"), Words(Live, "度"), Words(Fail, "d"), {Role: Fail, Text: "e", Inverse: true}})
	p.Next()
	p.Text(Label, "f")
	const want = "ab\x1b[32mc度\x1b[m\x1b[31md\x1b[m\x1b[7;31me\x1b[m \n" + // each line ends without a style
		"  \x1b[90mf\x1b[m     \n" +
		"        "
	if s.Look = NewLook(Options{Theme: ThemeTerminal}, true); s.String() != want {
		t.Errorf("%q, want %q", s.String(), want)
	}
	if got, want := s.Line(1), "  \x1b[90mf\x1b[m"; got != want {
		t.Errorf("the line is %q, want %q", got, want)
	}
}

func TestHalfAWideCharacterIsBlank(t *testing.T) {
	for _, c := range []struct {
		over string
		x    int
		want string
	}{
		{"X", 0, "X 温度"},
		{"X", 1, " X温度"},
		{"XX", 1, " XX 度"},
		{"世", 1, " 世 度"},
		{"世", 2, "世世度"},
		{"世", 5, "世温度"}, // it would pass the edge
	} {
		s := written(6, "世温度")
		p := s.In(At(c.x, 0, 6, 1))
		p.Next()
		p.Text(Plain, c.over)
		if got := s.String(); got != c.want {
			t.Errorf("%s at %d: %q, want %q", c.over, c.x, got, c.want)
		}
	}
}

func TestAPanelGivesUpItsRightWordsFirst(t *testing.T) {
	for _, want := range []string{"╭ left ─── right ╮", "╭ left ─ right ╮", "╭ left ───────╮", "╭ left ─╮", "╭ lef╮", "╭╮", "╭"} {
		w := ansi.StringWidth(want)
		s := NewSurface(NewLook(Options{Theme: ThemeMono}, true), w, 2)
		s.Panel(At(0, 0, w, 2), Titled(Words(Plain, "left")), Titled(Words(Plain, "right")), Light())
		if got, _, _ := strings.Cut(ansi.Strip(s.String()), "\n"); got != want {
			t.Errorf("%d: %q, want %q", w, got, want)
		}
	}
}
