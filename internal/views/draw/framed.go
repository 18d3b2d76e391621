package draw

// Framed is a box in progress: a light frame with a title, and its lines.
type Framed struct {
	pen *Pen
	w   int
	Out []string
}

// NewFramed begins a box of w columns; left and right stand in its top edge. The
// right one goes first where there is no room.
func NewFramed(p *Pen, left, right []Seg, w int) *Framed {
	b := &Framed{pen: p, w: w}
	b.edge(p.Look.Light.TopLeft, p.Look.Light.TopRight, left, right)
	return b
}

func (b *Framed) edge(first, last string, left, right []Seg) {
	p := b.pen
	p.Start(b.w)
	p.Glyph(Label, first)
	p.Limit = b.w - 1
	if len(left) > 0 {
		p.Text(Plain, " ")
		p.Segs(left)
		p.Text(Plain, " ")
	}
	n := SegsWidth(right) + 2
	if len(right) == 0 || p.X+n+1 > p.Limit {
		right, n = nil, 0
	}
	p.Repeat(Label, b.pen.Look.Light.H, p.Limit-p.X-n)
	if right != nil {
		p.Text(Plain, " ")
		p.Segs(right)
		p.Text(Plain, " ")
	}
	p.Limit = b.w
	p.Glyph(Label, last)
	b.Out = append(b.Out, p.End(b.w))
}

// Line draws one line inside the frame. What it writes begins after a space, and
// may touch the right side.
func (b *Framed) Line(content func()) {
	p := b.pen
	p.Start(b.w)
	p.Glyph(Label, b.pen.Look.Light.V)
	p.To(2)
	p.Limit = b.w - 1
	content()
	p.Limit = b.w
	p.To(b.w - 1)
	p.Glyph(Label, b.pen.Look.Light.V)
	b.Out = append(b.Out, p.End(b.w))
}

// End closes the box at a height of h lines.
func (b *Framed) End(h int) []string {
	for len(b.Out) < h-1 {
		b.Line(func() {})
	}
	b.Out = b.Out[:min(len(b.Out), max(h-1, 0))]
	b.edge(b.pen.Look.Light.BottomLeft, b.pen.Look.Light.BottomRight, nil, nil)
	return b.Out
}

// Labelled is text in the labels' colour, for an edge.
func Labelled(text string) []Seg { return []Seg{{Label, text}} }
