package views

import "resiltui/internal/words"

// board is a small area of cells that a diagram is drawn on, one thing over the
// other. What lies outside is dropped.
type board struct {
	look  *Look
	w, h  int
	cells []boardCell
}

type boardCell struct {
	r       rune
	role    role
	inverse bool
}

func newBoard(look *Look, w, h int) *board {
	b := &board{look: look, w: w, h: h, cells: make([]boardCell, w*h)}
	for i := range b.cells {
		b.cells[i].r = ' '
	}
	return b
}

func (b *board) set(x, y int, r role, c rune) {
	if x >= 0 && x < b.w && y >= 0 && y < b.h {
		if b.look.ascii {
			c = asciiEdge(c)
		}
		b.cells[y*b.w+x] = boardCell{r: c, role: r}
	}
}

// asciiEdge is the twin of a line's rune; what is ASCII stays.
func asciiEdge(c rune) rune {
	switch c {
	case '─':
		return '-'
	case '│':
		return '|'
	case '━':
		return '='
	case '┃', '┏', '┓', '┗', '┛', '┨', '┠', '┯', '┷':
		return '#'
	case '┌', '┐', '└', '┘', '├', '┤', '┬', '┴':
		return '+'
	}
	return c
}

// text writes s, each rune in a cell, and returns where it ends.
func (b *board) text(x, y int, r role, s string) int {
	if b.look.ascii {
		s = words.ASCII(s)
	}
	for _, c := range words.Narrow(s) {
		b.set(x, y, r, c)
		x++
	}
	return x
}

// segs writes segments one after the other.
func (b *board) segs(x, y int, out []seg) {
	for _, s := range out {
		x = b.text(x, y, s.r, s.s)
	}
}

// across and down draw lines, both ends included.
func (b *board) across(x0, x1, y int, r role) {
	for x := x0; x <= x1; x++ {
		b.set(x, y, r, '─')
	}
}

func (b *board) down(x, y0, y1 int, r role) {
	for y := y0; y <= y1; y++ {
		b.set(x, y, r, '│')
	}
}

// box draws the outline of a rectangle.
func (b *board) box(at Rect, r role, heavy bool) {
	h, v, corners := '─', '│', [...]rune{'┌', '┐', '└', '┘'}
	if heavy {
		h, v, corners = '━', '┃', [...]rune{'┏', '┓', '┗', '┛'}
	}
	right, bottom := at.X+at.W-1, at.Y+at.H-1
	for x := at.X; x <= right; x++ {
		b.set(x, at.Y, r, h)
		b.set(x, bottom, r, h)
	}
	for y := at.Y; y <= bottom; y++ {
		b.set(at.X, y, r, v)
		b.set(right, y, r, v)
	}
	b.set(at.X, at.Y, r, corners[0])
	b.set(right, at.Y, r, corners[1])
	b.set(at.X, bottom, r, corners[2])
	b.set(right, bottom, r, corners[3])
}

// invert draws a rectangle inverse.
func (b *board) invert(at Rect) {
	for y := at.Y; y < at.Y+at.H; y++ {
		for x := at.X; x < at.X+at.W; x++ {
			if x >= 0 && x < b.w && y >= 0 && y < b.h {
				b.cells[y*b.w+x].inverse = true
			}
		}
	}
}

// board writes a line of the board.
func (p *pen) board(b *board, y int) {
	for _, c := range b.cells[y*b.w : (y+1)*b.w] {
		p.inverse = c.inverse
		p.cell(c.role, c.r)
	}
	p.inverse = false
}
