package views

// framed is a box in progress: a light frame with a title, and its lines.
type framed struct {
	pen *pen
	w   int
	out []string
}

// newFramed begins a box of w columns; left and right stand in its top edge. The
// right one goes first where there is no room.
func newFramed(p *pen, left, right []seg, w int) *framed {
	b := &framed{pen: p, w: w}
	b.edge(p.look.light.topLeft, p.look.light.topRight, left, right)
	return b
}

func (b *framed) edge(first, last string, left, right []seg) {
	p := b.pen
	p.start(b.w)
	p.glyph(roleLabel, first)
	p.limit = b.w - 1
	if len(left) > 0 {
		p.text(rolePlain, " ")
		p.segs(left)
		p.text(rolePlain, " ")
	}
	n := segsWidth(right) + 2
	if len(right) == 0 || p.w+n+1 > p.limit {
		right, n = nil, 0
	}
	p.repeat(roleLabel, b.pen.look.light.h, p.limit-p.w-n)
	if right != nil {
		p.text(rolePlain, " ")
		p.segs(right)
		p.text(rolePlain, " ")
	}
	p.limit = b.w
	p.glyph(roleLabel, last)
	b.out = append(b.out, p.end(b.w))
}

// line draws one line inside the frame. What it writes begins after a space, and
// may touch the right side.
func (b *framed) line(content func()) {
	p := b.pen
	p.start(b.w)
	p.glyph(roleLabel, b.pen.look.light.v)
	p.to(2)
	p.limit = b.w - 1
	content()
	p.limit = b.w
	p.to(b.w - 1)
	p.glyph(roleLabel, b.pen.look.light.v)
	b.out = append(b.out, p.end(b.w))
}

// end closes the box at a height of h lines.
func (b *framed) end(h int) []string {
	for len(b.out) < h-1 {
		b.line(func() {})
	}
	b.out = b.out[:min(len(b.out), max(h-1, 0))]
	b.edge(b.pen.look.light.bottomLeft, b.pen.look.light.bottomRight, nil, nil)
	return b.out
}

// labelled is text in the labels' colour, for an edge.
func labelled(text string) []seg { return []seg{{roleLabel, text}} }
