package draw

// Edge is how the frame of a panel is drawn: one of [Light], [Heavy] and [Square].
type Edge struct {
	Border
	Role Role
}

// Border is the outline of a panel: the characters of its sides and corners.
type Border struct{ H, V, TopLeft, TopRight, BottomLeft, BottomRight rune }

// Light is the usual edge, in the colour of labels.
func Light() Edge { return Edge{Border{'─', '│', '╭', '╮', '╰', '╯'}, Label} }

// Heavy is the edge of the chosen panel, or of the current state in a diagram.
func Heavy(r Role) Edge { return Edge{Border{'━', '┃', '┏', '┓', '┗', '┛'}, r} }

// Square is the edge of a box in a diagram.
func Square(r Role) Edge { return Edge{Border{'─', '│', '┌', '┐', '└', '┘'}, r} }

// Panel draws a frame with words at the left and at the right of its top edge. The caller
// puts the spaces around the words. Where there is no room for both, the right ones are
// left out. The returned pen writes inside the frame, after one space, up to the right
// side.
func (s *Surface) Panel(at Rect, left, right []Seg, edge Edge) *Pen {
	p := s.In(at)
	p.Frame(edge)
	p.Line(0)
	p.To(1)
	p.Limit = at.W - 1
	p.Segs(left)
	if n := SegsWidth(right); p.X+n < p.Limit {
		p.To(p.Limit - n)
		p.Segs(right)
	}
	return s.In(At(at.X+2, at.Y+1, at.W-3, at.H-2))
}

// Frame draws an edge around the pen's rectangle.
func (p *Pen) Frame(edge Edge) {
	inverse := p.Inverse
	for y := range p.at.H {
		p.Line(y)
		p.Inverse = inverse
		switch y {
		case 0:
			p.row(edge, edge.TopLeft, edge.H, edge.TopRight)
		case p.at.H - 1:
			p.row(edge, edge.BottomLeft, edge.H, edge.BottomRight)
		default:
			p.Cell(edge.Role, edge.V)
			p.To(p.at.W - 1)
			p.Cell(edge.Role, edge.V)
		}
	}
}

// row draws an edge from corner to corner.
func (p *Pen) row(edge Edge, first, middle, last rune) {
	p.Cell(edge.Role, first)
	for p.X < p.Limit-1 {
		p.Cell(edge.Role, middle)
	}
	p.Cell(edge.Role, last)
}

// Foot returns a pen that writes over the bottom edge of a panel, between its corners.
func (s *Surface) Foot(at Rect) *Pen {
	p := s.In(At(at.X+1, at.Y+at.H-1, at.W-2, 1))
	p.Next()
	return p
}

// Titled returns words for an edge, with a space at both ends.
func Titled(segs ...Seg) []Seg {
	out := append([]Seg{Words(Plain, " ")}, segs...)
	return append(out, Words(Plain, " "))
}

// Labelled returns text for an edge, in the colour of labels.
func Labelled(text string) []Seg { return []Seg{Words(Label, text)} }
