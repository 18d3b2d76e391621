package draw

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

// Writer writes into a rectangle of a [Surface], line by line. It counts cells, and drops
// what would pass the limit or lies below the rectangle, so that nothing can be too wide
// or too high whatever is written to it. A pen belongs to one call and one goroutine.
type Writer struct {
	Look *Look
	s    *Surface
	at   Rect
	// X and Y are where it writes next, within its rectangle; Limit is where a line
	// ends, at most the width.
	X, Y, Limit int
	// Inverse swaps foreground and background of what follows.
	Inverse bool
}

// In is a pen that writes into a rectangle, above its first line: [Writer.Next] begins that.
func (s *Surface) In(r Rect) *Writer {
	p := s.writer(r)
	return &p
}

// Writer is [Surface.In] as a value.
func (s *Surface) writer(r Rect) Writer {
	r.W, r.H = max(r.W, 0), max(r.H, 0)
	return Writer{Look: s.Look, s: s, at: r, Y: -1, Limit: r.W}
}

// Width is how many cells a line of its rectangle has.
func (p *Writer) Width() int { return p.at.W }

// Height is how many lines there are.
func (p *Writer) Height() int { return p.at.H }

// Room is how many cells are left on the line.
func (p *Writer) Room() int { return p.Limit - p.X }

// Next begins the next line.
func (p *Writer) Next() { p.Line(p.Y + 1) }

// Line begins a line.
func (p *Writer) Line(y int) { p.Y, p.X, p.Limit, p.Inverse = y, 0, p.at.W, false }

// Take gives the next h lines to somebody else, and goes on behind them.
func (p *Writer) Take(h int) Rect {
	r := Rect{p.at.X, p.at.Y + p.Y + 1, p.at.W, h}
	p.Line(p.Y + h)
	return r
}

// put writes a character that takes so many cells, where there is room for it.
func (p *Writer) put(r Role, c rune, cluster string, width int) {
	style := 2 * uint8(r)
	if p.Inverse {
		style++
	}
	if p.Y >= 0 && p.Y < p.at.H && p.X >= 0 && p.X+width <= p.at.W {
		p.s.set(p.at.X+p.X, p.at.Y+p.Y, c, cluster, style, uint8(width))
	}
	p.X += width
}

// Text writes s, cut at the limit.
func (p *Writer) Text(r Role, s string) {
	for _, c := range s {
		if !narrow(c) {
			p.clusters(r, s)
			return
		}
	}
	for _, c := range s {
		if p.X >= p.Limit {
			return
		}
		p.put(r, c, "", 1)
	}
}

// clusters is Text for anything: what a terminal takes for one character is one. What
// takes no cell by itself is not there.
func (p *Writer) clusters(r Role, s string) {
	for s = ansi.Strip(s); s != ""; {
		cluster, w := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		s = s[len(cluster):]
		if w > p.Limit-p.X {
			return
		}
		c, n := utf8.DecodeRuneInString(cluster)
		if n == len(cluster) {
			cluster = ""
		}
		if w > 0 {
			p.put(r, c, cluster, w)
		}
	}
}

// narrow is true for characters that surely take one cell each, whatever stands beside
// them: ASCII, Latin, arrows, boxes, blocks, shapes, Braille. Most are.
func narrow(r rune) bool {
	return r >= ' ' && r < 0x7f || r > 0xa0 && r < 0x250 && r != 0xad || r >= 0x2190 && r < 0x2194 ||
		r >= 0x2500 && r < 0x25fd || r >= 0x2800 && r < 0x2900
}

// Clip writes s in at most n cells, with an ellipsis where it was cut.
func (p *Writer) Clip(r Role, s string, n int) {
	p.Text(r, p.Look.Clip(s, min(n, p.Limit-p.X)))
}

// Glyph writes one of the look's one-cell glyphs.
func (p *Writer) Glyph(r Role, s string) {
	c, _ := utf8.DecodeRuneInString(s)
	p.Cell(r, c)
}

// Cell writes one rune that is one cell wide.
func (p *Writer) Cell(r Role, c rune) {
	if p.X < p.Limit {
		p.put(r, c, "", 1)
	}
}

// Repeat writes a one-cell glyph n times.
func (p *Writer) Repeat(r Role, s string, n int) {
	for range min(n, p.Limit-p.X) {
		p.Glyph(r, s)
	}
}

// To goes on to a column, and leaves what is there.
func (p *Writer) To(column int) { p.X = max(p.X, min(column, p.Limit)) }

// Right writes s so that it ends at a column, clipped where it would touch what
// is there already. gap is the least number of cells between.
func (p *Writer) Right(r Role, s string, column, gap int) {
	s = p.Look.Clip(s, column-p.X-gap)
	p.To(column - words.Width(s))
	p.Text(r, s)
}
