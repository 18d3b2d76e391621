package views

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"resiltui/internal/words"
)

// pen writes lines of a known width. It counts cells, joins runs of equal style,
// and drops what would pass the limit, so that no line can be too wide whatever
// is written to it. A pen belongs to one call and one goroutine.
type pen struct {
	look *Look
	b    strings.Builder
	// code is the style in force: 2*role, +1 where inverse.
	code int
	// w is the cells written to this line; limit how many it may have.
	w, limit int
	// inverse swaps foreground and background of what follows.
	inverse bool
}

// start begins a line of at most limit cells.
func (p *pen) start(limit int) {
	p.b.Reset()
	p.b.Grow(4*limit + 64)
	p.code, p.w, p.limit, p.inverse = 0, 0, max(limit, 0), false
}

// end pads the line to width and returns it.
func (p *pen) end(width int) string {
	p.inverse = false
	p.limit = width
	p.to(width)
	p.set(rolePlain)
	return p.b.String()
}

func (p *pen) set(r role) {
	code := 2 * int(r)
	if p.inverse {
		code++
	}
	if code == p.code {
		return
	}
	if p.look.sgr[p.code] != "" {
		p.b.WriteString(off)
	}
	p.b.WriteString(p.look.sgr[code])
	p.code = code
}

// text writes s, cut at the limit.
func (p *pen) text(r role, s string) {
	if p.look.ascii {
		s = words.ASCII(s)
	}
	n := words.Width(s)
	if room := p.limit - p.w; n > room {
		s = ansi.Truncate(s, max(room, 0), "")
		n = words.Width(s)
	}
	if n == 0 {
		return
	}
	p.set(r)
	p.b.WriteString(s)
	p.w += n
}

// clip writes s in at most n cells, with an ellipsis where it was cut.
func (p *pen) clip(r role, s string, n int) {
	p.text(r, p.look.clip(s, min(n, p.limit-p.w)))
}

// glyph writes one of the look's one-cell glyphs.
func (p *pen) glyph(r role, s string) {
	if p.w >= p.limit {
		return
	}
	p.set(r)
	p.b.WriteString(s)
	p.w++
}

// cell writes one rune that is one cell wide.
func (p *pen) cell(r role, c rune) {
	if p.w >= p.limit {
		return
	}
	p.set(r)
	p.b.WriteRune(c)
	p.w++
}

// repeat writes a one-cell glyph n times.
func (p *pen) repeat(r role, s string, n int) {
	for range min(n, p.limit-p.w) {
		p.glyph(r, s)
	}
}

// to writes spaces up to a column.
func (p *pen) to(column int) {
	if n := min(column, p.limit) - p.w; n > 0 {
		p.set(rolePlain)
		p.b.WriteString(words.Spaces(n))
		p.w += n
	}
}

// raw writes a line that another pen drew in exactly width cells.
func (p *pen) raw(line string, width int) {
	p.set(rolePlain)
	p.b.WriteString(line)
	p.w += width
}

// right writes s so that it ends at a column, clipped where it would touch what
// is there already. gap is the least number of cells between.
func (p *pen) right(r role, s string, column, gap int) {
	if p.look.ascii {
		s = words.ASCII(s)
	}
	s = p.look.clip(s, column-p.w-gap)
	p.to(column - words.Width(s))
	p.text(r, s)
}

// seg is a piece of a line with its role.
type seg struct {
	r role
	s string
}

func segsWidth(segs []seg) int {
	n := 0
	for _, s := range segs {
		n += words.Width(s.s)
	}
	return n
}

func (p *pen) segs(segs []seg) {
	for _, s := range segs {
		p.text(s.r, s.s)
	}
}

// clip cuts s to n cells, with the look's ellipsis where there is room for it.
func (l *Look) clip(s string, n int) string {
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
