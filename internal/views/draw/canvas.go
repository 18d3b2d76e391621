package draw

import "resiltui/internal/words"

// Canvas is a small area of cells that a diagram is drawn on, one thing over the
// other. What lies outside is dropped.
type Canvas struct {
	look  *Look
	w, H  int
	cells []canvasCell
}

type canvasCell struct {
	r       rune
	role    Role
	inverse bool
}

// NewCanvas is an empty area of w × h cells.
func NewCanvas(look *Look, w, h int) *Canvas {
	b := &Canvas{look: look, w: w, H: h, cells: make([]canvasCell, w*h)}
	for i := range b.cells {
		b.cells[i].r = ' '
	}
	return b
}

// Set puts one character, which must be one cell wide, into a cell.
func (b *Canvas) Set(x, y int, r Role, c rune) {
	if x >= 0 && x < b.w && y >= 0 && y < b.H {
		if b.look.ASCII {
			c = asciiEdge(c)
		}
		b.cells[y*b.w+x] = canvasCell{r: c, role: r}
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

// Text writes s, each rune in a cell, and returns where it ends.
func (b *Canvas) Text(x, y int, r Role, s string) int {
	if b.look.ASCII {
		s = words.ASCII(s)
	}
	for _, c := range words.Narrow(s) {
		b.Set(x, y, r, c)
		x++
	}
	return x
}

// Segs writes segments one after the other.
func (b *Canvas) Segs(x, y int, out []Seg) {
	for _, s := range out {
		x = b.Text(x, y, s.Role, s.Text)
	}
}

// Across draws a line from left to right, both ends included.
func (b *Canvas) Across(x0, x1, y int, r Role) {
	for x := x0; x <= x1; x++ {
		b.Set(x, y, r, '─')
	}
}

// Down draws a line from top to bottom, both ends included.
func (b *Canvas) Down(x, y0, y1 int, r Role) {
	for y := y0; y <= y1; y++ {
		b.Set(x, y, r, '│')
	}
}

// Box draws the outline of a rectangle.
func (b *Canvas) Box(at Rect, r Role, heavy bool) {
	h, v, corners := '─', '│', [...]rune{'┌', '┐', '└', '┘'}
	if heavy {
		h, v, corners = '━', '┃', [...]rune{'┏', '┓', '┗', '┛'}
	}
	right, bottom := at.X+at.W-1, at.Y+at.H-1
	for x := at.X; x <= right; x++ {
		b.Set(x, at.Y, r, h)
		b.Set(x, bottom, r, h)
	}
	for y := at.Y; y <= bottom; y++ {
		b.Set(at.X, y, r, v)
		b.Set(right, y, r, v)
	}
	b.Set(at.X, at.Y, r, corners[0])
	b.Set(right, at.Y, r, corners[1])
	b.Set(at.X, bottom, r, corners[2])
	b.Set(right, bottom, r, corners[3])
}

// Invert draws a rectangle inverse.
func (b *Canvas) Invert(at Rect) {
	for y := at.Y; y < at.Y+at.H; y++ {
		for x := at.X; x < at.X+at.W; x++ {
			if x >= 0 && x < b.w && y >= 0 && y < b.H {
				b.cells[y*b.w+x].inverse = true
			}
		}
	}
}

// Canvas writes a line of the canvas.
func (p *Pen) Canvas(b *Canvas, y int) {
	for _, c := range b.cells[y*b.w : (y+1)*b.w] {
		p.Inverse = c.inverse
		p.Cell(c.role, c.r)
	}
	p.Inverse = false
}
