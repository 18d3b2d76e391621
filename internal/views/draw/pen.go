package draw

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

// Pen writes into a rectangle of a [Surface], line by line. It counts cells, and drops text
// beyond the limit or below the rectangle, so that no text can make a screen too wide or
// too high. A pen belongs to one call and one goroutine.
type Pen struct {
	Look *Look
	s    *Surface
	at   Rect
	// X and Y are where it writes next, within its rectangle; Limit is where a line
	// ends, at most the width.
	X, Y, Limit int
	// Inverse swaps foreground and background of what follows.
	Inverse bool
}

// In returns a pen for a rectangle. The pen starts above the first line; [Pen.Next] moves
// it there.
func (s *Surface) In(r Rect) *Pen {
	r.W, r.H = max(r.W, 0), max(r.H, 0)
	return &Pen{Look: s.Look, s: s, at: r, Y: -1, Limit: r.W}
}

// Sub returns a pen for a part of the pen's rectangle.
func (p *Pen) Sub(r Rect) *Pen { return p.s.In(At(p.at.X+r.X, p.at.Y+r.Y, r.W, r.H)) }

// Narrow makes the pen's rectangle n cells narrower, at its right side.
func (p *Pen) Narrow(n int) *Pen {
	p.at.W = max(p.at.W-n, 0)
	p.Limit = min(p.Limit, p.at.W)
	return p
}

// Width is how many cells a line of its rectangle has.
func (p *Pen) Width() int { return p.at.W }

// Height is how many lines there are.
func (p *Pen) Height() int { return p.at.H }

// Room is how many cells are left on the line.
func (p *Pen) Room() int { return p.Limit - p.X }

// Next begins the next line.
func (p *Pen) Next() { p.Line(p.Y + 1) }

// Line begins a line.
func (p *Pen) Line(y int) { p.Y, p.X, p.Limit, p.Inverse = y, 0, p.at.W, false }

// Take returns the rectangle of the next h lines, for another pen, and moves this pen past
// them.
func (p *Pen) Take(h int) Rect {
	r := Rect{p.at.X, p.at.Y + p.Y + 1, p.at.W, h}
	p.Line(p.Y + h)
	return r
}

// Blank is true where nothing was written to n cells of the line, starting at a column.
func (p *Pen) Blank(column, n int) bool {
	for x := p.at.X + column; x < p.at.X+column+n; x++ {
		if y := p.at.Y + p.Y; x >= 0 && y >= 0 && x < p.s.w && y < p.s.h && p.s.cells[y*p.s.w+x] != blank() {
			return false
		}
	}
	return true
}

// put writes a character of the given width in cells, where there is room for it.
func (p *Pen) put(r Role, c rune, cluster string, width int) {
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
func (p *Pen) Text(r Role, s string) {
	for _, c := range s {
		if !words.OneCell(c) {
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

// clusters is Text for any characters. Runes that a terminal shows as one character are
// written as one. A character without width is left out, because it has no cell.
func (p *Pen) clusters(r Role, s string) {
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

// Clip writes s in at most n cells, with an ellipsis where it was cut.
func (p *Pen) Clip(r Role, s string, n int) {
	p.Text(r, p.Look.Clip(s, min(n, p.Limit-p.X)))
}

// Glyph writes one of the look's one-cell glyphs.
func (p *Pen) Glyph(r Role, s string) {
	c, _ := utf8.DecodeRuneInString(s)
	p.Cell(r, c)
}

// Cell writes one rune that is one cell wide.
func (p *Pen) Cell(r Role, c rune) {
	if p.X < p.Limit {
		p.put(r, c, "", 1)
	}
}

// Repeat writes a one-cell glyph n times.
func (p *Pen) Repeat(r Role, s string, n int) {
	for range min(n, p.Limit-p.X) {
		p.Glyph(r, s)
	}
}

// Bar writes a bar from left to right, to the eighth of a cell.
func (p *Pen) Bar(r Role, eighths int) {
	if eighths <= 0 {
		return
	}
	p.Repeat(r, p.Look.RowBlocks[8], eighths/8)
	p.Text(r, p.Look.RowBlocks[eighths%8])
}

// To moves right to a column. It does not overwrite the cells before it, and never moves
// left.
func (p *Pen) To(column int) { p.X = max(p.X, min(column, p.Limit)) }

// Right writes s so that it ends before a column. It is clipped where it would come nearer
// than gap cells to the text that was written before.
func (p *Pen) Right(r Role, s string, column, gap int) {
	s = p.Look.Clip(s, column-p.X-gap)
	p.To(column - words.Width(s))
	p.Text(r, s)
}

// Seg is a piece of a line with its role.
type Seg struct {
	Role Role
	Text string
	// Inverse swaps foreground and background.
	Inverse bool
}

// Words returns a piece of a line that is not inverse.
func Words(r Role, s string) Seg { return Seg{Role: r, Text: s} }

// SegsWidth is how many cells the pieces take.
func SegsWidth(segs []Seg) int {
	n := 0
	for i := range segs {
		n += words.Width(segs[i].Text)
	}
	return n
}

// Segs writes pieces one after the other.
func (p *Pen) Segs(segs []Seg) {
	all := p.Inverse
	for i := range segs {
		p.Inverse = all || segs[i].Inverse
		p.Text(segs[i].Role, segs[i].Text)
	}
	p.Inverse = all
}

// ClipMiddle cuts s to n cells in its middle, with the look's ellipsis there.
func (l *Look) ClipMiddle(s string, n int) string { return words.ClipMiddle(s, n, l.ellipsis) }

// Clip cuts s to n cells, with the look's ellipsis where there is room for it.
func (l *Look) Clip(s string, n int) string {
	if n <= 0 {
		return ""
	}
	if words.Width(s) <= n {
		return s
	}
	if n <= words.Width(l.ellipsis) {
		return ansi.Truncate(s, n, "")
	}
	return ansi.Truncate(s, n, l.ellipsis)
}
