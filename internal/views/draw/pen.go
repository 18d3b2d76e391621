package draw

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

// Pen writes lines of a known width. It counts cells, joins runs of equal style,
// and drops what would pass the limit, so that no line can be too wide whatever
// is written to it. A pen belongs to one call and one goroutine.
type Pen struct {
	Look *Look
	b    strings.Builder
	// code is the style in force: 2*role, +1 where inverse.
	code int
	// X is the cells written to this line; Limit how many it may have.
	X, Limit int
	// Inverse swaps foreground and background of what follows.
	Inverse bool
}

// Start begins a line of at most limit cells.
func (p *Pen) Start(limit int) {
	p.b.Reset()
	p.b.Grow(4*limit + 64)
	p.code, p.X, p.Limit, p.Inverse = 0, 0, max(limit, 0), false
}

// End pads the line to width and returns it.
func (p *Pen) End(width int) string {
	p.Inverse = false
	p.Limit = width
	p.To(width)
	p.set(Plain)
	return p.b.String()
}

func (p *Pen) set(r Role) {
	code := 2 * int(r)
	if p.Inverse {
		code++
	}
	if code == p.code {
		return
	}
	if p.Look.sgr[p.code] != "" {
		p.b.WriteString(off)
	}
	p.b.WriteString(p.Look.sgr[code])
	p.code = code
}

// Text writes s, cut at the limit.
func (p *Pen) Text(r Role, s string) {
	if p.Look.ASCII {
		s = words.ASCII(s)
	}
	n := words.Width(s)
	if room := p.Limit - p.X; n > room {
		s = ansi.Truncate(s, max(room, 0), "")
		n = words.Width(s)
	}
	if n == 0 {
		return
	}
	p.set(r)
	p.b.WriteString(s)
	p.X += n
}

// Clip writes s in at most n cells, with an ellipsis where it was cut.
func (p *Pen) Clip(r Role, s string, n int) {
	p.Text(r, p.Look.Clip(s, min(n, p.Limit-p.X)))
}

// Glyph writes one of the look's one-cell glyphs.
func (p *Pen) Glyph(r Role, s string) {
	if p.X >= p.Limit {
		return
	}
	p.set(r)
	p.b.WriteString(s)
	p.X++
}

// Cell writes one rune that is one cell wide.
func (p *Pen) Cell(r Role, c rune) {
	if p.X >= p.Limit {
		return
	}
	p.set(r)
	p.b.WriteRune(c)
	p.X++
}

// Repeat writes a one-cell glyph n times.
func (p *Pen) Repeat(r Role, s string, n int) {
	for range min(n, p.Limit-p.X) {
		p.Glyph(r, s)
	}
}

// To writes spaces up to a column.
func (p *Pen) To(column int) {
	if n := min(column, p.Limit) - p.X; n > 0 {
		p.set(Plain)
		p.b.WriteString(words.Spaces(n))
		p.X += n
	}
}

// Raw writes a line that another pen drew in exactly width cells.
func (p *Pen) Raw(line string, width int) {
	p.set(Plain)
	p.b.WriteString(line)
	p.X += width
}

// Right writes s so that it ends at a column, clipped where it would touch what
// is there already. gap is the least number of cells between.
func (p *Pen) Right(r Role, s string, column, gap int) {
	if p.Look.ASCII {
		s = words.ASCII(s)
	}
	s = p.Look.Clip(s, column-p.X-gap)
	p.To(column - words.Width(s))
	p.Text(r, s)
}

// Seg is a piece of a line with its role.
type Seg struct {
	Role Role
	Text string
}

// Words is a piece of a line.
func Words(r Role, s string) Seg { return Seg{Role: r, Text: s} }

// SegsWidth is how many cells the pieces take.
func SegsWidth(segs []Seg) int {
	n := 0
	for _, s := range segs {
		n += words.Width(s.Text)
	}
	return n
}

// Segs writes pieces one after the other.
func (p *Pen) Segs(segs []Seg) {
	for _, s := range segs {
		p.Text(s.Role, s.Text)
	}
}

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
