package draw

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"resiltui/internal/words"
)

// strokes are what a pen can do, each with a text as it may come from outside.
type strokes interface {
	Text(r Role, s string)
	Clip(r Role, s string, n int)
	Right(r Role, s string, column, gap int)
	Repeat(r Role, s string, n int)
	Glyph(r Role, s string)
	Cell(r Role, c rune)
	To(column int)
	invert(on bool)
}

func (p *Pen) invert(on bool)    { p.Inverse = on }
func (p *Writer) invert(on bool) { p.Inverse = on }

// anyText is a text of characters of every width. It does not begin with one that takes
// no cell: the old pen let a terminal join that with what stands before.
func anyText(t *rapid.T, name string) string {
	pieces := []string{
		"a", " ", "Z", "é", "e\u0301", "世", "温度", "│", "█", "⣿", "→", "●", "▪", "▪\ufe0f", "◽", "👩", "👩‍👩‍👧", "🇨🇭", "\u200b",
		"\u00ad", "\u200d", "…", "°", "≈", "ไม่", "क्षि", "한", "ﷺ",
	}
	return strings.TrimLeft(strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, name), ""), "\u200b\u200d\u00ad")
}

// stroke is one thing drawn.
func stroke(t *rapid.T, look *Look) func(p strokes) {
	role := Role(rapid.IntRange(0, int(roleCount)-1).Draw(t, "role"))
	n, gap, text := rapid.IntRange(-2, 14).Draw(t, "n"), rapid.IntRange(0, 2).Draw(t, "gap"), anyText(t, "text")
	switch rapid.IntRange(0, 6).Draw(t, "stroke") {
	case 0: // what is passed over is not inverse, though the old pen's was
		inverse := rapid.Bool().Draw(t, "inverse")
		return func(p strokes) {
			p.invert(inverse)
			p.Text(role, text)
			p.invert(false)
		}
	case 1:
		return func(p strokes) { p.Clip(role, text, n) }
	case 2:
		return func(p strokes) { p.Right(role, text, n, gap) }
	case 3:
		return func(p strokes) { p.Repeat(role, look.Filled, n) }
	case 4:
		return func(p strokes) { p.Glyph(role, look.Fault) }
	case 5:
		return func(p strokes) { p.Cell(role, look.Burnt) }
	default:
		return func(p strokes) { p.To(n) }
	}
}

// shown is a line without what takes no cell.
func shown(line string) string {
	out := ""
	for line != "" {
		if line[0] == '\x1b' {
			end := strings.IndexByte(line, 'm') + 1
			out, line = out+line[:end], line[end:]
			continue
		}
		cluster, w := ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
		if w > 0 {
			out += cluster
		}
		line = line[len(cluster):]
	}
	return out
}

func TestASurfaceShowsWhatThePenWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		look := NewLook(Options{Theme: rapid.SampledFrom(Themes()).Draw(t, "theme")}, true)
		width := rapid.IntRange(0, 14).Draw(t, "width")
		old, surface := &Pen{Look: look}, NewSurface(look, width, 1)
		old.Start(width)
		now := surface.In(At(0, 0, width, 1))
		now.Next()
		for range rapid.IntRange(0, 6).Draw(t, "strokes") {
			do := stroke(t, look)
			do(strokes(old))
			do(strokes(now))
			if old.X != now.X {
				t.Fatalf("the pen is at %d, the surface's at %d", old.X, now.X)
			}
		}
		if got, want := surface.String(), shown(old.End(width)); got != want {
			t.Fatalf("%q, want %q", got, want)
		}
	})
}

func TestEveryCharacterThatIsTakenForNarrowIs(t *testing.T) {
	for r := range rune(0x30000) {
		if narrow(r) && (ansi.StringWidth(string(r)) != 1 || ansi.StringWidth("a"+string(r)+"b") != 3) {
			t.Errorf("%U %c takes %d cells", r, r, ansi.StringWidth(string(r)))
		}
	}
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
